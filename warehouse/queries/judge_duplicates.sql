-- New bulletins of these sources ($sources) whose body is, byte for byte, that of another bulletin of the source.
-- Equal bodies have as many words: only those are compared, by 64 bits each.
with fresh as (
    select b.source_id, b.bulletin_id, b.word_count
    from bulletin b join moved m using (bulletin_id)
    where m.is_new and b.body is not null and list_contains($sources, b.source_id)
), said as (
    select b.source_id, b.bulletin_id, hash(b.body) as digest
    from bulletin b
    where b.body is not null and (b.source_id, b.word_count) in (select (source_id, word_count) from fresh)
), often as (
    select source_id, digest from said group by source_id, digest having count(*) > 1
)
select s.source_id, count(*)
from said s join often o using (source_id, digest)
where s.bulletin_id in (select bulletin_id from fresh)
group by s.source_id
order by s.source_id;
