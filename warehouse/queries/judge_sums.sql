-- A row for each source that has coverage: months, addresses, months whose parts do not add up to what was discovered,
-- the first of them, and addresses that count as loaded and have no bulletin.
with summed as (
    select source_id, month, discovered,
        discovered <> loaded + duplicate + not_bulletin + excluded + gone + failed + waiting
            or missing <> failed + waiting as odd
    from coverage
), hollow as (
    select source_id, count(*) as urls
    from url
    where state = 'fetched' and bulletin_id not in (select bulletin_id from bulletin)
    group by source_id
)
select source_id, count(*) as months, sum(discovered)::bigint as discovered, count(*) filter (odd) as odd,
    min(month) filter (odd) as first_odd, coalesce(any_value(h.urls), 0) as hollow
from summed left join hollow h using (source_id)
group by source_id
order by source_id;
