-- Evidence with a phone number or e-mail address stays only where it is a part of the article's own lines.
insert into field_evidence
select bulletin_id, version, item.field, item.candidate_no, item.value, item.method,
    case when bantin.is_private(item.evidence)
            and not list_bool_or(list_transform(article, lambda line: contains(line.text, item.evidence)))
        then '(not kept: a phone number or e-mail address outside the article)' else item.evidence end as evidence,
    item.chosen, item.reason
from (
    select v.bulletin_id, v.version, list_filter(page.lines, lambda line: line.inside) as article,
        unnest(page.evidence) as item
    from read_parquet(
        getvariable('result_files'), filename = true, file_row_number = true, hive_partitioning = false) page
    join version v on page.filename = v.filename and page.file_row_number = v.file_row_number
);
