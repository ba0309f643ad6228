insert into capture
select capture_id, source_id, url, final_url, fetched_at, http_status, content_type, payload_sha256, size as bytes, kind,
    origin, warc_file, warc_offset
from (select * from seen union all by name select * from aside);
