-- What one load works with; filled step by step.
create or replace temp table file_key (bulletin_id varchar);
create or replace temp table touched (bulletin_id varchar, by_file boolean);
create or replace temp table redelisted (bulletin_id varchar);
create or replace temp table moved_frontier (source_id varchar, here boolean);
create or replace temp table changed_segment (segment varchar);
create or replace temp table same_group (bulletin_id varchar, into_id varchar);
create or replace temp table same_anew (bulletin_id varchar);
create or replace temp table same_touched (bulletin_id varchar);
create or replace temp table aside (
    capture_id varchar, bulletin_id varchar, source_id varchar, url varchar, final_url varchar, fetched_at timestamptz,
    http_status integer, content_type varchar, payload_sha256 varchar, size bigint, kind varchar, kind_rule varchar,
    origin varchar, warc_file varchar, warc_offset bigint, reader_version varchar, failure varchar,
    content_digest varchar, view_count bigint, doubts struct(rule varchar, severity varchar, detail varchar)[],
    filename varchar, file_row_number bigint, own_id varchar, current_id varchar, text_digest ubigint);
