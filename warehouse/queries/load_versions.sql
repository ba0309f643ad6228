-- The fold over captures: a version starts at the first bulletin of a key, and where the content differs from the
-- bulletin before it while both were read by one reader version. An upgrade of ours is no edit of theirs.
create or replace temp table version as
with told as (
    select *, lag(content_digest) over captures as digest_before, lag(reader_version) over captures as reader_before,
        lag(filename) over captures as filename_before, lag(file_row_number) over captures as row_before
    from seen
    where content_digest is not null and bulletin_id in (select bulletin_id from url where state <> 'duplicate')
    window captures as (partition by bulletin_id order by fetched_at, capture_id)
), firsts as (
    select * from told
    where digest_before is null or (content_digest <> digest_before and reader_version = reader_before)
)
select bulletin_id, source_id, capture_id, reader_version, fetched_at, filename, file_row_number, filename_before,
    row_before,
    row_number() over versions as version,
    lead(fetched_at) over versions as valid_to,
    count(*) over (partition by bulletin_id) as version_count
from firsts
window versions as (partition by bulletin_id order by fetched_at, capture_id);
