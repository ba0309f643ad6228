-- Frontiers that are no longer there.
insert into redelisted
select bulletin_id from bantin.delisting where source_id in (select source_id from moved_frontier where not here)
union
select bulletin_id from bantin.frontier_alias where source_id in (select source_id from moved_frontier where not here);
delete from bantin.frontier_url where source_id in (select source_id from moved_frontier where not here);
delete from bantin.frontier_listing where source_id in (select source_id from moved_frontier where not here);
delete from bantin.frontier_alias where source_id in (select source_id from moved_frontier where not here);
delete from bantin.delisting where source_id in (select source_id from moved_frontier where not here);
delete from bantin.frontier where source_id in (select source_id from moved_frontier);
-- Of changed ones too: told anew, or the ways list the same again.
delete from issue where rule = 'discovery-differs' and source_id in (select source_id from moved_frontier);
