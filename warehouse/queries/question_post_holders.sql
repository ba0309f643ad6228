-- Who held which post of which organization, and from when to when do bulletins show it?
-- One row a post and person; the days are those of publication, so the term may be longer on both sides. rank: the latest.
with held as (
    select h.organization_id, h.position, h.person_id, min(h.as_of) as first_shown, max(h.as_of) as last_shown,
        count(*) as bulletins, max_by(h.rank, coalesce(h.as_of, date '0001-01-01')) as rank,
        bool_or(h.status = 'acting') as acting
    from person_position h
    join bulletin b on b.bulletin_id = h.bulletin_id and b.version = h.version
    where h.status in ('current', 'acting', 'appointed') and h.organization_id is not null
    group by all
)
select o.name as organization, h.position, p.full_name, h.first_shown, h.last_shown, h.bulletins, h.rank, h.acting,
    h.organization_id, h.person_id
from held h
join organization o using (organization_id)
join person p using (person_id)
order by organization, h.organization_id, h.position, h.first_shown nulls last, p.full_name;
