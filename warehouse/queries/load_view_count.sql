insert into view_count
select bulletin_id, fetched_at as observed_at, view_count as views
from seen
where content_digest is not null and view_count is not null
    and bulletin_id in (select bulletin_id from url where state <> 'duplicate');
