-- As load_image.sql.
insert into attachment
select bulletin_id, version, nth::integer, attachments[nth].url, attachments[nth].label, attachments[nth].media_type,
    attachments[nth].line_no
from (
    select v.bulletin_id, v.version, page.attachments, unnest(range(1, len(page.attachments) + 1)) as nth
    from (
        from read_parquet(getvariable('result_files'),
            filename = true, file_row_number = true, hive_partitioning = false, union_by_name = true)
        union all by name
        select null::struct(url varchar, label varchar, media_type varchar, line_no integer)[] as attachments where false
    ) page
    join version v on page.filename = v.filename and page.file_row_number = v.file_row_number
);
