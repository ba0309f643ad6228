-- How often is each document named, per military region and year?
-- The region is that of organizations the bulletin names; a bulletin that names two counts for both. One bulletin counts once.
with named as (
    select distinct m.document_id, m.bulletin_id, year(coalesce(b.published_on, b.published_not_before)) as year
    from document_mention m join bulletin b on b.bulletin_id = m.bulletin_id and b.version = m.version
), region as (
    select distinct m.bulletin_id, o.military_region
    from organization_mention m
    join bulletin b on b.bulletin_id = m.bulletin_id and b.version = m.version
    join organization o on o.organization_id = m.organization_id
    where o.military_region is not null and m.bulletin_id in (select bulletin_id from named)
)
select d.document_type, d.number, d.subject, r.military_region, n.year, count(*) as bulletins
from named n
join region r on r.bulletin_id = n.bulletin_id
join document d on d.document_id = n.document_id
group by all
order by d.document_type, d.number nulls last, d.subject, r.military_region, n.year nulls last;
