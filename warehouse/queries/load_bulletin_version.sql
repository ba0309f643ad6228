-- `before` is the bulletin captured just before the version began: an edit is what differs between these two.
insert into bulletin_version
with page as (
    select * from read_parquet(
        getvariable('result_files'), filename = true, file_row_number = true, hive_partitioning = false)
), before as (
    select v.bulletin_id, v.version, page.*
    exclude (bulletin_id)
    from page join version v on page.filename = v.filename_before and page.file_row_number = v.row_before
)
select v.bulletin_id, v.version, v.fetched_at as valid_from, v.valid_to,
    case when v.version = 1 then 'first' else 'edit' end as change_kind,
    case when v.version = 1 then [] else list_filter([
        case when now.title is distinct from was.title then 'title' end,
        case when now.lead is distinct from was.lead then 'lead' end,
        case when now.body is distinct from was.body then 'body' end,
        case when now.captions is distinct from was.captions then 'captions' end,
        case when now.byline is distinct from was.byline then 'byline' end,
        case when now.authors is distinct from was.authors then 'authors' end,
        case when now.photographers is distinct from was.photographers then 'photographers' end,
        case when now.section is distinct from was.section then 'section' end,
        case when now.tags is distinct from was.tags then 'tags' end,
        case when now.agency_prefix is distinct from was.agency_prefix then 'agency_prefix' end,
        case when now.published_at is distinct from was.published_at then 'published_at' end,
        case when now.published_on is distinct from was.published_on then 'published_on' end,
        case when now.published_precision is distinct from was.published_precision then 'published_precision' end,
        case when now.published_basis is distinct from was.published_basis then 'published_basis' end,
        case when now.published_not_before is distinct from was.published_not_before then 'published_not_before' end,
        case when now.updated_at is distinct from was.updated_at then 'updated_at' end,
        case when now.language is distinct from was.language then 'language' end,
        case when now.word_count is distinct from was.word_count then 'word_count' end
    ], lambda field: field is not null) end as changed_fields,
    v.capture_id, now.title, now.lead, now.body, now.captions, now.byline, now.authors, now.photographers, now.section,
    now.tags, now.agency_prefix, now.published_at, now.published_on, now.published_precision, now.published_basis,
    now.published_not_before, now.updated_at, now.language, now.word_count
from page now
join version v on now.filename = v.filename and now.file_row_number = v.file_row_number
left join before was on was.bulletin_id = v.bulletin_id and was.version = v.version;
