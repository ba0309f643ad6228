insert into issue
select sha256(concat_ws(chr(10), 'intake', d.source_id, coalesce(d.url, ''), d.rule, d.detail))[:16] as issue_id,
    d.source_id, any_value(b.bulletin_id) as bulletin_id, d.url,
    case when bool_or(d.severity = 'error') then 'error' else 'warning' end as severity,
    d.rule, d.detail, min(d.seen_at) as first_seen_at, max(d.seen_at) as last_seen_at, 'open' as state,
    null as acknowledged_until
from bantin.intake_doubt d
left join bulletin b on b.source_id = d.source_id and b.url = d.url
where d.severity in ('warning', 'error')
group by d.source_id, d.url, d.rule, d.detail;
