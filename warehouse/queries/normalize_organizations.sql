-- Organizations of which anything was found anew or forgotten: of each field the value most bulletins give.
insert into touched_organization
select distinct organization_id from bantin.found_organization
where (bulletin_id, version) in (select (bulletin_id, version) from to_normalize);
delete from organization where organization_id in (from touched_organization);
delete from organization_alias where organization_id in (from touched_organization);
insert into organization
with found as (
    select * from bantin.found_organization where organization_id in (from touched_organization)
), told as (
    unpivot found on name, abbreviation, unit_code, kind, sphere, military_region, parent_id into name field value told_as
), counted as (
    select organization_id, field, told_as, count(distinct bulletin_id) as bulletins from told group by all
), best as (
    select organization_id, field, told_as from counted
    qualify row_number() over (partition by organization_id, field order by bulletins desc, told_as) = 1
), days as (
    select organization_id, min(valid_from) as valid_from, min(valid_to) as valid_to from found group by all
)
select organization_id,
    any_value(told_as) filter (field = 'name'),
    any_value(told_as) filter (field = 'abbreviation'),
    any_value(told_as) filter (field = 'unit_code'),
    any_value(told_as) filter (field = 'kind'),
    any_value(told_as) filter (field = 'sphere'),
    any_value(told_as) filter (field = 'military_region'),
    any_value(told_as) filter (field = 'parent_id'),
    any_value(valid_from), any_value(valid_to)
from best join days using (organization_id)
group by organization_id;
insert into organization_alias
select distinct a.alias, a.organization_id, a.alias_kind, case a.alias_kind when 'alias' then b.source_id else '' end
from bantin.found_alias a join bulletin b using (bulletin_id)
where a.organization_id in (from touched_organization);
