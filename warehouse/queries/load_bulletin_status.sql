-- What captures say of a bulletin that was read once. Server errors, block pages and unreadable bytes say nothing.
insert into bulletin_status
with verdict as (
    select *, case
        when http_status in (404, 410) then 'gone'
        when content_digest is not null then 'live'
        when kind in ('error', 'home', 'redirect') and failure is null and coalesce(http_status, 200) < 400 then 'missing'
        end as status,
        min(nth) filter (content_digest is not null) over (partition by bulletin_id) as since_nth
    from seen
), turn as (
    select *, lag(status) over (partition by bulletin_id order by nth) as status_before
    from verdict
    where status is not null and nth >= since_nth
)
select bulletin_id, status, fetched_at as since,
    case status
        when 'gone' then 'HTTP ' || http_status
        when 'live' then 'read as a bulletin' || coalesce(' (' || nullif(kind_rule, '') || ')', '')
        else 'its address shows another page, ' || concat_ws(': ', kind, nullif(kind_rule, ''))
    end as evidence, capture_id
from turn
where status is distinct from status_before;
