-- New, fetched bulletins of these sources ($sources): how many, and how many of them may say what another bulletin of
-- the source says: another new one has their very body, or an older one their title and number of words. Old bodies are
-- not looked at here: those of a large source are gigabytes.
with fresh as (
    select b.source_id, b.bulletin_id, b.title, b.word_count, b.body is not null as has_body,
        count(*) over (partition by b.source_id, hash(b.body)) as equals
    from bulletin b join moved m using (bulletin_id)
    where m.is_new and m.is_fetched and list_contains($sources, b.source_id)
), older as (
    select source_id, title, word_count
    from bulletin
    where list_contains($sources, source_id) and bulletin_id not in (select bulletin_id from fresh)
        and word_count in (select word_count from fresh where has_body)
)
select source_id, count(*), count(*) filter (has_body and (
    equals > 1 or (source_id, title, word_count) in (select (source_id, title, word_count) from older)))
from fresh
group by source_id
order by source_id;
