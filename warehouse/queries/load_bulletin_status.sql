-- A fold in time of what captures show of a bulletin that was read once, and of what its publisher's lists say. Server
-- errors, block pages, attachments and unreadable bytes say nothing; nor do lists before the first capture that is a bulletin. Of one
-- instant only its end counts: a page that is fetched because the lists dropped it gives one row, by what it shows.
-- Where only the reader tells that a page is another one, it counts if the same reader told the bulletin before it: an
-- upgrade of ours makes nothing `missing`. Statuses and redirects are the server's own words.
create or replace temp table status_turn as
with known as (
    select *, last_value(case when content_digest is not null then reader_version end ignore nulls) over (
        partition by bulletin_id order by nth rows between unbounded preceding and 1 preceding) as bulletin_reader
    from seen
), shot as (
    select *, coalesce(bantin.path(final_url) <> bantin.path(url), false) as moved, case
        when http_status in (404, 410) then 'gone'
        when content_digest is not null then 'live'
        when passed_on then 'missing'
        when failure is not null or coalesce(http_status, 200) >= 400 or http_status = 304 then null
        when kind = 'redirect' then 'missing'
        when kind in ('error', 'home', 'list', 'login') and (moved or reader_version = bulletin_reader) then 'missing'
        -- A changed layout makes these of articles, too: only if we were led elsewhere or nothing is there.
        when kind in ('static', 'form', 'other') and (moved or size = 0) then 'missing'
        end as page,
        min(nth) filter (content_digest is not null) over (partition by bulletin_id) as since_nth
    from known
    where bulletin_id in (select bulletin_id from url where state <> 'duplicate')
), happening as (
    select bulletin_id, fetched_at as since, true as is_capture, nth, capture_id, page, null::boolean as listed,
        case page
            when 'gone' then 'HTTP ' || http_status
            when 'live' then 'read as a bulletin' || coalesce(' (' || nullif(kind_rule, '') || ')', '')
            else case
                when passed_on then 'redirects to ' || final_url
                when moved then concat_ws(': ', 'redirects to ' || final_url, kind)
                else 'its address shows another page, ' || concat_ws(': ', kind, nullif(kind_rule, ''))
            end
        end as page_evidence, null as list_evidence
    from shot
    where page is not null and nth >= since_nth
    union all
    select s.bulletin_id, d.seen_at, false, d.nth, max_by(s.capture_id, s.nth), null, any_value(d.listed), null,
        any_value(d.evidence)
    from bantin.delisting d join shot s on s.current_id = d.bulletin_id
    where s.fetched_at <= d.seen_at
    group by s.bulletin_id, d.seen_at, d.nth
    having bool_or(s.nth = s.since_nth)
), told as (
    select *,
        last_value(page ignore nulls) over so_far as page_now,
        last_value(page_evidence ignore nulls) over so_far as page_evidence_now,
        coalesce(last_value(listed ignore nulls) over so_far, true) as listed_now,
        last_value(list_evidence ignore nulls) over so_far as list_evidence_now
    from happening
    window so_far as (
        partition by bulletin_id order by since, not is_capture, nth rows between unbounded preceding and current row)
    qualify row_number() over (partition by bulletin_id, since order by is_capture, nth desc) = 1
), standing as (
    select *, case when page_now = 'live' and not listed_now then 'missing' else page_now end as status from told
), turn as (
    select *, lag(status) over (partition by bulletin_id order by since) as status_before
    from standing
)
select bulletin_id, row_number() over (partition by bulletin_id order by since) as turn_no, status, since,
    case
        when page_now <> 'live' then page_evidence_now
        when not listed_now then 'not listed any more: ' || list_evidence_now || '; its page is still there'
        when is_capture then page_evidence_now
        else 'listed again: ' || list_evidence
    end as evidence, capture_id
from turn
where status is not null and status is distinct from status_before;

insert into bulletin_status
select bulletin_id, status, since, evidence, capture_id from status_turn order by bulletin_id, turn_no;
