-- Results of readers before 2 have no such column. Files are read by name, and the empty part names the column where no
-- file has it.
insert into image
select bulletin_id, version, nth::integer, images[nth].url, images[nth].caption, images[nth].media_type,
    images[nth].line_no
from (
    select v.bulletin_id, v.version, page.images, unnest(range(1, len(page.images) + 1)) as nth
    from (
        from read_parquet(getvariable('result_files'),
            filename = true, file_row_number = true, hive_partitioning = false, union_by_name = true)
        union all by name
        select null::struct(url varchar, caption varchar, media_type varchar, line_no integer)[] as images where false
    ) page
    join version v on page.filename = v.filename and page.file_row_number = v.file_row_number
);
