-- As load_touched, where nothing is new.
create or replace temp table touched as
select distinct unnest(bulletin_ids) as bulletin_id
from bantin.loaded_result
where segment in (select segment from changed_segment);
