-- All captures of the touched URL keys, once each, without their texts. own_id: whose capture it is by its address;
-- current_id: see load_joined.sql.
create or replace temp table seen as
select *,
    row_number() over (partition by bulletin_id order by fetched_at, capture_id) as nth,
    row_number() over (partition by bulletin_id order by fetched_at desc, capture_id desc) as nth_back
from (
    select capture_id, bulletin_id, source_id, url, final_url, fetched_at, http_status, content_type, payload_sha256,
        size, kind, kind_rule, origin, warc_file, warc_offset, reader_version, failure, content_digest, view_count,
        doubts, filename, file_row_number, bulletin_id as own_id, bulletin_id as current_id,
        case when title is not null and body is not null
            then md5_number_lower(concat_ws(chr(10), title, body)) end as text_digest
    from read_parquet(getvariable('result_files'), filename = true, file_row_number = true, hive_partitioning = false)
    where bulletin_id in (select bulletin_id from touched)
    qualify row_number() over (partition by capture_id order by warc_file, warc_offset) = 1
);

delete from aside;
