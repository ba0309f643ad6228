-- A row for each source that has coverage and each complete month after its first, of which nobody knows whether its
-- lists show all ($month is the current one): how many bulletins are loaded. A month without an address has no row in coverage and none loaded.
with span as (
    select source_id, strptime(min(month), '%Y-%m')::date as first_on from coverage group by source_id
), every as (
    select source_id, strftime(unnest(generate_series(
        first_on + interval 1 month, strptime($month, '%Y-%m') - interval 1 month, interval 1 month)), '%Y-%m') as month
    from span
)
select s.source_id, e.month, coalesce(c.loaded, 0)
from span s left join every e using (source_id) left join coverage c on c.source_id = s.source_id and c.month = e.month
order by s.source_id, e.month;
