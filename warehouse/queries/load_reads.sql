-- What the captures of the touched keys say, without the frontier. State by the latest capture, but a bulletin once read
-- stays `fetched`: it is in the warehouse. 404 and 410 are `gone`. An answer that is not the page (another HTTP error, a
-- block page) is a hole, `failed`, never `not_bulletin`.
insert into bantin.read_url
with latest as (select * from seen where nth_back = 1),
earliest as (select * from seen where nth = 1),
own as (
    -- Scheme and host of an address of the same source are no part of its key.
    select bulletin_id, list(distinct bantin.address(url)) as addresses from seen group by bulletin_id
), shot as (
    select s.*, content_digest is not null and final_url is not null
        and not list_contains(o.addresses, bantin.address(final_url)) as led
    from seen s join own o using (bulletin_id)
), counted as (
    select bulletin_id, count(*) as tries, count(content_digest) > 0 as ever_bulletin,
        coalesce(list_sort(list(distinct text_digest) filter (not led)), []) as texts,
        arg_max(text_digest, nth) filter (not led) as last_text,
        list_sort(list(distinct url)) as requested,
        coalesce(bool_or(content_digest is not null and not led), false) as reads_itself
    from shot group by bulletin_id
), led as (
    select bulletin_id, list(final_url order by final_url) as leads_to, list(since order by final_url) as led_since
    from (select bulletin_id, final_url, min(fetched_at) as since from shot where led group by bulletin_id, final_url)
    group by bulletin_id
), judged as (
    select *, case
        when http_status in (404, 410) then 'gone'
        when ever_bulletin then 'fetched'
        when failure is not null or http_status >= 400 or kind = 'block' then 'failed'
        else 'not_bulletin' end as state
    from latest join counted using (bulletin_id)
)
select bulletin_id, e.source_id, e.url, strftime(e.fetched_at at time zone 'Asia/Ho_Chi_Minh', '%Y-%m') as month,
    e.fetched_at as first_fetch_at, j.fetched_at as last_fetch_at, j.tries, j.state,
    case
        when j.state = 'gone' then 'HTTP ' || j.http_status
        when j.state = 'fetched' and j.content_digest is not null then null
        else concat_ws(': ', case when j.http_status >= 400 then 'HTTP ' || j.http_status end,
            coalesce(j.failure, concat_ws(': ', j.kind, nullif(j.kind_rule, ''))))
    end as state_reason,
    j.ever_bulletin, j.kind in ('error', 'block') or coalesce(j.http_status, 0) >= 400 as no_page, j.requested,
    coalesce(l.leads_to, []) as leads_to, j.reads_itself, coalesce(l.led_since, []) as led_since,
    j.texts, j.last_text
from earliest e join judged j using (bulletin_id) left join led l using (bulletin_id);
