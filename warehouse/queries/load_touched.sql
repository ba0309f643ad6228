-- Keys whose answer may change: those of the new files (result_files), and those the changed segments had before.
create or replace temp table touched as
select distinct bulletin_id
from read_parquet(getvariable('result_files'), hive_partitioning = false)
union
select unnest(bulletin_ids) from bantin.loaded_result where segment in (select segment from changed_segment);
