-- Which two people were at the same events, and how often?
-- Pairs that met twice or more, by the events that bulletins report; reprints count no second time.
with present as (
    select distinct p.event_id, p.person_id, coalesce(e.start_date, b.published_on) as day
    from event_participant p
    join event e using (event_id)
    join bulletin b on b.bulletin_id = e.bulletin_id and b.version = e.version
    where p.person_id is not null and b.duplicate_of is null
), pair as (
    select x.person_id as one_id, y.person_id as other_id, count(*) as events, min(x.day) as first_on, max(x.day) as last_on
    from present x join present y on y.event_id = x.event_id and x.person_id < y.person_id
    group by all
    having count(*) >= 2
)
select a.full_name as one, b.full_name as other, p.events, p.first_on, p.last_on, p.one_id, p.other_id
from pair p
join person a on a.person_id = p.one_id
join person b on b.person_id = p.other_id
order by events desc, one, other, one_id, other_id;
