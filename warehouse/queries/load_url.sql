-- State by the latest capture, but a bulletin once read stays `fetched`: it is in the warehouse. 404 and 410 are `gone`.
-- An answer that is not the page (another HTTP error, a block page) is a hole, `failed`, never `not_bulletin`.
insert into url
with latest as (select * from seen where nth_back = 1),
earliest as (select * from seen where nth = 1),
counted as (
    select bulletin_id, count(*) as tries, count(content_digest) > 0 as ever_bulletin from seen group by bulletin_id
), judged as (
    select *, case
        when http_status in (404, 410) then 'gone'
        when ever_bulletin then 'fetched'
        when failure is not null or http_status >= 400 or kind = 'block' then 'failed'
        else 'not_bulletin' end as state
    from latest join counted using (bulletin_id)
)
select e.source_id, e.url, bulletin_id,
    strftime(e.fetched_at at time zone 'Asia/Ho_Chi_Minh', '%Y-%m') as month,
    e.fetched_at as discovered_at, 'ingest' as discovered_via, null as listed_on, j.state,
    case
        when j.state = 'gone' then 'HTTP ' || j.http_status
        when j.state = 'fetched' and j.content_digest is not null then null
        else concat_ws(': ', case when j.http_status >= 400 then 'HTTP ' || j.http_status end,
            coalesce(j.failure, concat_ws(': ', j.kind, nullif(j.kind_rule, ''))))
    end as state_reason,
    j.tries, j.fetched_at as last_fetch_at, null as next_fetch_at
from earliest e join judged j using (bulletin_id);
