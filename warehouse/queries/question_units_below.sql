-- Which units belong to which organization, on all levels?
-- One row a pair: `above` is one to nine levels over `below`; path names what lies between. Circles end where they close.
with recursive chain as (
    select organization_id as below_id, parent_id as above_id, 1 as level, [organization_id, parent_id] as ids
    from organization where parent_id is not null
    union all
    select c.below_id, o.parent_id, c.level + 1, list_append(c.ids, o.parent_id)
    from chain c join organization o on o.organization_id = c.above_id
    where o.parent_id is not null and not list_contains(c.ids, o.parent_id) and c.level < 9
)
select a.name as above, b.name as below, c.level, b.kind, a.organization_id as above_id, b.organization_id as below_id
from chain c
join organization a on a.organization_id = c.above_id
join organization b on b.organization_id = c.below_id
order by above, above_id, c.level, below, below_id;
