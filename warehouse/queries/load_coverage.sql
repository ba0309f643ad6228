-- `discovered` counts keys of frontiers and captures and never looks at a state; the parts count states in `url`. That
-- they add up is therefore a check.
delete from coverage where source_id in (select source_id from counted_source);

insert into coverage
with known as (
    select source_id, month from bantin.frontier_url where source_id in (select source_id from counted_source)
    union all
    select source_id, month from bantin.read_url
    where source_id in (select source_id from counted_source)
        and bulletin_id not in (select bulletin_id from bantin.frontier_url)
        and bulletin_id not in (select bulletin_id from bantin.frontier_listing)
), found as (
    select source_id, month, count(*) as discovered from known group by source_id, month
), part as (
    select source_id, month, count(*) filter (state = 'fetched') as loaded,
        count(*) filter (state = 'duplicate') as duplicate, count(*) filter (state = 'not_bulletin') as not_bulletin,
        count(*) filter (state = 'excluded') as excluded, count(*) filter (state = 'gone') as gone,
        count(*) filter (state = 'failed') as failed, count(*) filter (state = 'waiting') as waiting
    from url
    where source_id in (select source_id from counted_source)
    group by source_id, month
)
select source_id, month, coalesce(discovered, 0), coalesce(loaded, 0), coalesce(duplicate, 0),
    coalesce(not_bulletin, 0), coalesce(excluded, 0), coalesce(gone, 0), coalesce(failed, 0), coalesce(waiting, 0),
    coalesce(failed, 0) + coalesce(waiting, 0) as missing
from found full join part using (source_id, month);
