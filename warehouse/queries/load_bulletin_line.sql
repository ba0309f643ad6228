insert into bulletin_line
select bulletin_id, version, line.line_no, line.role, line.rule, line.text
from (
    select v.bulletin_id, v.version, unnest(page.lines) as line
    from read_parquet(
        getvariable('result_files'), filename = true, file_row_number = true, hive_partitioning = false) page
    join version v on page.filename = v.filename and page.file_row_number = v.file_row_number
)
where line.inside and line.role <> 'furniture' and not starts_with(line.rule, 'comment');
