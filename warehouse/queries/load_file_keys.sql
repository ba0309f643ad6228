-- Keys of the new files (result_files).
insert into file_key
select distinct bulletin_id from read_parquet(getvariable('result_files'), hive_partitioning = false);
