-- Aliases of one source's frontier take the place of those known; bulletins of which one differs are touched.
create or replace temp table told_alias as
select bulletin_id, getvariable('source_id') as source_id, url, reason, since from staged_alias;

create or replace temp table known_alias as
select * from bantin.frontier_alias where source_id = getvariable('source_id');

insert into redelisted
select bulletin_id from (from told_alias except from known_alias)
union
select bulletin_id from (from known_alias except from told_alias);

delete from bantin.frontier_alias where source_id = getvariable('source_id');
insert into bantin.frontier_alias from told_alias;
drop table told_alias;
drop table known_alias;
