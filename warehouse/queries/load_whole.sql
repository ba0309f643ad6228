-- Reads every value of a results file: a damaged one fails here.
select count(distinct hash(columns(*)))
from read_parquet(getvariable('result_files'), hive_partitioning = false);
