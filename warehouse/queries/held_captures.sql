-- Addresses that the captures of these results files (result_files) are of, each once.
select distinct bulletin_id, url
from read_parquet(getvariable('result_files'), hive_partitioning = false)
order by bulletin_id, url;
