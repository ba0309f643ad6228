-- Doubts that the latest capture of a key still shows; how long they have been there, by all its captures.
insert into issue
with doubt as (
    select source_id, bulletin_id, fetched_at, nth, nth_back, unnest(doubts) as doubt from seen
    union all
    select source_id, bulletin_id, fetched_at, nth, nth_back,
        {'rule': 'unreadable', 'severity': 'error', 'detail': failure}
    from seen where failure is not null
)
select sha256(concat_ws(chr(10), 'reading', d.source_id, d.bulletin_id, d.doubt.rule, d.doubt.detail))[:16] as issue_id,
    d.source_id, any_value(b.bulletin_id) as bulletin_id, any_value(u.url) as url,
    last(d.doubt.severity order by d.nth) as severity, d.doubt.rule, d.doubt.detail,
    min(d.fetched_at) as first_seen_at, max(d.fetched_at) as last_seen_at, 'open' as state, null as acknowledged_until
from doubt d
join url u on u.bulletin_id = d.bulletin_id
left join bulletin b on b.bulletin_id = d.bulletin_id
where d.doubt.severity in ('warning', 'error')
group by d.source_id, d.bulletin_id, d.doubt.rule, d.doubt.detail
having min(d.nth_back) = 1;
