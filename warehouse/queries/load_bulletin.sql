insert into bulletin
with current as (select * from version where valid_to is null),
shown as (
    select bulletin_id, min(fetched_at) as first_seen_at, max(fetched_at) as last_seen_at,
        last(view_count order by nth) as view_count
    from seen
    where content_digest is not null
    group by bulletin_id
), standing as (
    select bulletin_id, max_by(status, turn_no) as status from status_turn group by bulletin_id
)
select bulletin_id, c.source_id, u.url, v.title, v.lead, v.body, v.captions, v.byline, v.authors, v.photographers,
    v.section, v.tags, v.agency_prefix, v.published_at, v.published_on, v.published_precision, v.published_basis,
    v.published_not_before, v.updated_at, shown.view_count, v.language, v.word_count, c.version, c.version_count,
    shown.first_seen_at, shown.last_seen_at, standing.status, null as duplicate_of, null as story_id, c.capture_id,
    c.reader_version
from current c
join bulletin_version v using (bulletin_id, version)
join url u using (bulletin_id)
join shown using (bulletin_id)
join standing using (bulletin_id);
