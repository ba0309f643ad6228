-- Frontiers that are no longer there.
insert into redelisted
select distinct bulletin_id from bantin.delisting
where source_id in (select source_id from moved_frontier where not here);
delete from bantin.frontier_url where source_id in (select source_id from moved_frontier where not here);
delete from bantin.frontier_listing where source_id in (select source_id from moved_frontier where not here);
delete from bantin.delisting where source_id in (select source_id from moved_frontier where not here);
delete from bantin.frontier where source_id in (select source_id from moved_frontier);
