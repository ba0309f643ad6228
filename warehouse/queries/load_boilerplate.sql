-- Every line of a bulletin's current capture is either in bulletin_line or counted here, once a page; a learned line
-- (rule `learned:<id> <layout>`) is in both. Texts that may not be kept are looked for among the distinct lines, not on
-- every page; so their count is of lines.
create or replace temp table counted as
with line as (
    select source_id, capture_id, fetched_at, unnest(lines) as line
    from read_parquet(getvariable('source_files'), hive_partitioning = false)
    where capture_id in (select capture_id from to_count)
), same as (
    select source_id, line.text, line.role, line.rule, count(distinct capture_id) as pages,
        min(fetched_at) as first_seen_at, max(fetched_at) as last_seen_at
    from line
    where not line.inside or line.role = 'furniture' or starts_with(line.rule, 'comment')
        or starts_with(line.rule, 'learned:')
    group by source_id, line.text, line.role, line.rule
)
select source_id, case when starts_with(rule, 'learned:') then split_part(rule, ' ', 2) else '' end as layout,
    case when starts_with(rule, 'comment') or bantin.is_private(text) then '' else text end as kept_text,
    role, case when starts_with(rule, 'learned:') then split_part(rule, ' ', 1) else rule end as kept_rule,
    sum(pages)::bigint as pages, min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at
from same
group by source_id, layout, kept_text, role, kept_rule;

-- Added to what is counted already (nothing, for sources counted again).
create or replace temp table known_count as
select b.* from boilerplate b join counted c
    on (b.source_id, b.layout, b.text, b.role, b.rule) = (c.source_id, c.layout, c.kept_text, c.role, c.kept_rule);

delete from boilerplate b using counted c
where (b.source_id, b.layout, b.text, b.role, b.rule) = (c.source_id, c.layout, c.kept_text, c.role, c.kept_rule);

insert into boilerplate
select source_id, layout, kept_text, role, kept_rule, sum(pages)::bigint, min(first_seen_at), max(last_seen_at)
from (from counted union all from known_count)
group by source_id, layout, kept_text, role, kept_rule;
