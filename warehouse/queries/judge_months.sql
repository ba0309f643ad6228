-- A row for each source that has coverage and each complete month after its first, of which nobody knows whether its
-- lists show all ($month is the current one): how many bulletins are loaded. A month without an address has no row in
-- coverage and none loaded. A month of which something is known and not in hand has no row: what is missing may be all
-- that it lacks, as while a backfill is on its way.
with span as (
    select source_id, strptime(min(month), '%Y-%m')::date as first_on from coverage group by source_id
), every as (
    select source_id, strftime(unnest(generate_series(
        first_on + interval 1 month, strptime($month, '%Y-%m') - interval 1 month, interval 1 month)), '%Y-%m') as month
    from span
), whole as (
    select e.source_id, e.month, coalesce(c.loaded, 0) as loaded
    from every e left join coverage c on c.source_id = e.source_id and c.month = e.month
    where coalesce(c.missing, 0) = 0
)
select s.source_id, w.month, w.loaded
from span s left join whole w using (source_id)
order by s.source_id, w.month;
