-- As load_image.sql. A label that is no part of the article and holds a phone number or e-mail address is not kept.
insert into attachment
select bulletin_id, version, nth::integer, attachments[nth].url,
    case when attachments[nth].line_no is not null or not bantin.is_private(attachments[nth].label)
        then attachments[nth].label end as label,
    attachments[nth].media_type, attachments[nth].line_no
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
