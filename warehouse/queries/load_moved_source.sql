-- Sources whose furniture must be counted again: another capture stands for one of their bulletins.
create or replace temp table moved_source as
select distinct source_id
from (
    (select source_id, bulletin_id, capture_id from before except
        select source_id, bulletin_id, capture_id from bulletin where bulletin_id in (select bulletin_id from touched))
    union all
    (select source_id, bulletin_id, capture_id from bulletin where bulletin_id in (select bulletin_id from touched)
        except select source_id, bulletin_id, capture_id from before)
);
