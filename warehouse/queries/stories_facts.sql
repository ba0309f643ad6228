-- What tells the original among the bulletins of a story.
select b.bulletin_id, b.published_on, b.published_at, coalesce(s.publisher, '') as publisher, b.agency_prefix,
    coalesce(b.title, '') as title, coalesce(b.lead, '') as lead, coalesce(b.body, '') as body, b.byline, b.word_count
from bulletin b left join source s using (source_id)
where b.bulletin_id in (select one from bantin.story_pair union select other from bantin.story_pair);
