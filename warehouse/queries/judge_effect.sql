-- A row for each source that this load brought something of: what it did to its bulletins, how many of these were live
-- before, and the first instant of what it brought ($files: the new files of read results).
with said as (
    select source_id, fetched_at as instant from seen where list_contains($files, filename)
    union all
    select source_id, seen_at from bantin.delisting
    where source_id in (select source_id from moved_frontier)
        and (bulletin_id, listed, seen_at) not in (select (bulletin_id, listed, seen_at) from delisting_before)
), began as (
    select source_id, min(instant) as since from said group by source_id
), did as (
    select source_id, count(*) filter (is_new) as new, count(*) filter (is_changed and not lost) as changed,
        count(*) filter (lost) as lost, count(*) filter (came) as came
    from moved group by source_id
), lived as (
    select source_id, count(*) as live
    from (
        select source_id from before where status = 'live'
        union all
        select source_id from bulletin
        where status = 'live' and bulletin_id not in (select bulletin_id from touched)
            and source_id in (select source_id from did where lost > 0)
    )
    group by source_id
)
select source_id, since, coalesce(new, 0), coalesce(changed, 0), coalesce(lost, 0), coalesce(came, 0),
    coalesce(live, 0)
from began full join did using (source_id) left join lived using (source_id)
order by source_id;
