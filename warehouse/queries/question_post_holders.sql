-- Who held which post of which organization, and from when to when do bulletins show it?
-- One row a post and person; the days are those of publication, so the term may be longer on both sides.
select o.name as organization, h.position, p.full_name, min(h.as_of) as first_shown, max(h.as_of) as last_shown,
    count(distinct h.bulletin_id) as bulletins, list(distinct h.rank order by h.rank) filter (h.rank is not null) as ranks,
    bool_or(h.status = 'acting') as acting, o.organization_id, p.person_id
from person_position h
join bulletin b on b.bulletin_id = h.bulletin_id and b.version = h.version
join organization o on o.organization_id = h.organization_id
join person p on p.person_id = h.person_id
where h.status in ('current', 'acting', 'appointed')
group by o.organization_id, o.name, h.position, p.person_id, p.full_name
order by organization, o.organization_id, h.position, first_shown nulls last, p.full_name;
