-- New, fetched bulletins of these sources ($sources): how many, and how many of them have a body that is, byte for byte,
-- that of another bulletin of the source. Equal bodies have as many words: only those are compared, by 64 bits each.
with fresh as (
    select b.source_id, b.bulletin_id, b.word_count, b.body is not null as has_body
    from bulletin b join moved m using (bulletin_id)
    where m.is_new and m.is_fetched and list_contains($sources, b.source_id)
), said as (
    select b.source_id, b.bulletin_id, hash(b.body) as digest
    from bulletin b
    where b.body is not null and (b.source_id, b.word_count) in (
        select (source_id, word_count) from fresh where has_body)
), often as (
    select source_id, digest from said group by source_id, digest having count(*) > 1
), same as (
    select s.bulletin_id from said s join often o using (source_id, digest)
)
select source_id, count(*), count(*) filter (bulletin_id in (select bulletin_id from same))
from fresh
group by source_id
order by source_id;
