-- What a bulletin says, as a digest: its row without last_seen_at and view_count, its lines, evidence, pictures and files.
create or replace temp table told as
select bulletin_id, md5(string_agg(hash, '' order by hash)) as digest
from (
    select bulletin_id, {bulletin} as hash from bulletin
    union all
    select bulletin_id, {bulletin_line} from bulletin_line
    union all
    select bulletin_id, {field_evidence} from field_evidence
    union all
    select bulletin_id, {image} from image
    union all
    select bulletin_id, {attachment} from attachment
)
group by bulletin_id;
