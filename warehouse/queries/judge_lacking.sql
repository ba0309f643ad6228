-- Of the bulletins in `told`: a row for each source ($sources) and field, how many there are and how many lack it.
select source_id, field.name, count(*) as bulletins, count(*) filter (field.lacks) as lacking
from (
    select source_id, unnest([
        {'name': 'title', 'lacks': title is null},
        {'name': 'lead', 'lacks': lead is null},
        {'name': 'body', 'lacks': body is null},
        {'name': 'captions', 'lacks': len(captions) = 0},
        {'name': 'byline', 'lacks': byline is null},
        {'name': 'authors', 'lacks': len(authors) = 0},
        {'name': 'photographers', 'lacks': len(photographers) = 0},
        {'name': 'section', 'lacks': section is null},
        {'name': 'tags', 'lacks': len(tags) = 0},
        {'name': 'agency_prefix', 'lacks': agency_prefix is null},
        {'name': 'published_at', 'lacks': published_at is null},
        {'name': 'published_on', 'lacks': published_on is null},
        {'name': 'updated_at', 'lacks': updated_at is null},
        {'name': 'view_count', 'lacks': view_count is null},
        {'name': 'language', 'lacks': language is null}
    ]) as field
    from told
    where list_contains($sources, source_id)
)
group by source_id, field.name
order by source_id, field.name;
