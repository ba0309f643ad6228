-- Every line of a bulletin's current capture is either in bulletin_line or counted here, once a page.
insert into boilerplate
with place as (
    select capture_id, min({'filename': filename, 'row': file_row_number}) as at
    from read_parquet(getvariable('source_files'), filename = true, file_row_number = true, hive_partitioning = false)
    where capture_id in (select capture_id from bulletin where source_id in (select source_id from moved_source))
    group by capture_id
), page as (
    select source_id, fetched_at, unnest(list_distinct(list_transform(
        list_filter(lines, lambda line:
            not line.inside or line.role = 'furniture' or starts_with(line.rule, 'comment')),
        lambda line: {
            'text': case when starts_with(line.rule, 'comment') or bantin.is_private(line.text) then '' else line.text end,
            'role': line.role, 'rule': line.rule}))) as line
    from read_parquet(getvariable('source_files'), filename = true, file_row_number = true, hive_partitioning = false) p
    join place on p.filename = place.at.filename and p.file_row_number = place.at.row
)
select source_id, '' as layout, line.text, line.role, line.rule, count(*) as pages, min(fetched_at) as first_seen_at,
    max(fetched_at) as last_seen_at
from page
group by source_id, line.text, line.role, line.rule;
