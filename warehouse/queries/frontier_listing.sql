-- Pages that list and nothing else: an address in the frontier's own rows is one of ours, whatever lists it shows.
delete from bantin.frontier_listing where source_id = getvariable('source_id');
insert into bantin.frontier_listing
select distinct bulletin_id, getvariable('source_id')
from staged_listing
where bulletin_id not in (select bulletin_id from staged_url);
