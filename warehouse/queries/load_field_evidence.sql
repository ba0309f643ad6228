-- Evidence with a phone number or e-mail address stays only where it is part of a line of the article. Runs after
-- bulletin_line.
insert into field_evidence
with item as (
    select bulletin_id, version, item.*, bantin.is_private(item.evidence) as private
    from (
        select v.bulletin_id, v.version, unnest(page.evidence) as item
        from read_parquet(
            getvariable('result_files'), filename = true, file_row_number = true, hive_partitioning = false) page
        join version v on page.filename = v.filename and page.file_row_number = v.file_row_number
    )
), of_article as (
    select distinct i.bulletin_id, i.version, i.evidence
    from item i join bulletin_line l using (bulletin_id, version)
    where i.private and contains(l.text, i.evidence)
)
select bulletin_id, version, i.field, i.candidate_no, i.value, i.method,
    case when i.private and a.evidence is null
        then '(not kept: a phone number or e-mail address outside the article)' else i.evidence end as evidence,
    i.chosen, i.reason
from item i
left join of_article a using (bulletin_id, version, evidence);
