-- Sources whose furniture counts change: another capture stands for one of their bulletins, or another reader read it.
-- grown: bulletins were only added, so counts are added to; otherwise they are counted again from nothing (first and last
-- instants cannot shrink).
create or replace temp table moved_source as
with shown as (
    select source_id, bulletin_id, capture_id, reader_version from bulletin where bulletin_id in (select bulletin_id from touched)
), known as (select source_id, bulletin_id, capture_id, reader_version from before)
select source_id, bool_and(came) as grown
from (
    select source_id, true as came from (from shown except from known)
    union all
    select source_id, false from (from known except from shown)
)
group by source_id;

create or replace temp table to_count as
select b.capture_id
from bulletin b join moved_source m using (source_id)
where not m.grown
    or (b.bulletin_id in (select bulletin_id from touched)
        and b.bulletin_id not in (select bulletin_id from before));

delete from boilerplate where source_id in (select source_id from moved_source where not grown);
