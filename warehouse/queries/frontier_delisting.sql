-- The history of one source's lists takes the place of what was known; bulletins whose history differs are touched.
create or replace temp table told_delisting as
select bulletin_id, getvariable('source_id') as source_id, row_number() over (partition by bulletin_id order by seen_at, place) as nth,
    listed, seen_at, evidence
from staged_delisting;

create or replace temp table known_delisting as select * from bantin.delisting where source_id = getvariable('source_id');

insert into redelisted
select bulletin_id from (from told_delisting except from known_delisting)
union
select bulletin_id from (from known_delisting except from told_delisting);

delete from bantin.delisting where source_id = getvariable('source_id');
insert into bantin.delisting from told_delisting;
drop table told_delisting;
drop table known_delisting;
