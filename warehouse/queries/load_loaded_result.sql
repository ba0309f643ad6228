-- These files of read results are in the tables.
insert into bantin.loaded_result
with file as (
    select unnest($segments) as segment, unnest($files) as filename, unnest($digests) as digest,
        unnest($readers) as reader_version
), page as (
    select filename, bulletin_id, source_id, warc_file
    from read_parquet(getvariable('result_files'), filename = true, hive_partitioning = false)
)
select f.segment, any_value(f.digest), any_value(f.reader_version), count(p.bulletin_id),
    coalesce(list_sort(list(distinct p.bulletin_id) filter (p.bulletin_id is not null)), []),
    coalesce(list_sort(list(distinct p.source_id) filter (p.source_id is not null)), []),
    coalesce(list_sort(list(distinct p.warc_file) filter (p.warc_file is not null)), [])
from file f left join page p using (filename)
group by f.segment;
