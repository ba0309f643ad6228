-- How good is what was read, per source and reader version?
-- Shares of current bulletins that have each field, doubts a bulletin, and mentions a bulletin.
with doubt as (
    select bulletin_id, count(*) as doubts from issue where bulletin_id is not null group by all
), named as (
    select bulletin_id, version, count(*) as people from person_mention group by all
), happened as (
    select bulletin_id, version, count(*) as events from event group by all
)
select b.source_id, b.reader_version, count(*) as bulletins,
    round(avg((b.title is not null)::int), 3) as title,
    round(avg((b.published_on is not null)::int), 3) as published_on,
    round(avg((b.body is not null)::int), 3) as body,
    round(avg((b.byline is not null)::int), 3) as byline,
    round(median(b.word_count)) as median_words,
    round(avg(coalesce(n.people, 0)), 2) as people_mentions,
    round(avg((h.events is not null)::int), 3) as with_event,
    round(avg(coalesce(d.doubts, 0)), 3) as doubts
from bulletin b
left join doubt d on d.bulletin_id = b.bulletin_id
left join named n on n.bulletin_id = b.bulletin_id and n.version = b.version
left join happened h on h.bulletin_id = b.bulletin_id and h.version = b.version
group by b.source_id, b.reader_version
order by b.source_id, b.reader_version;
