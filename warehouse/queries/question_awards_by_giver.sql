-- Which organization gave how many awards of which kind, per half-year?
-- Awards given, not proposed; groups and persons add up what bulletins tell, NULL where none tells a number.
-- A reprint (bulletin.duplicate_of) counts no second time.
select g.name as giver, a.award, year(day) as year, if(month(day) <= 6, 1, 2) as half, count(*) as times,
    sum(a.groups)::bigint as groups, sum(a.persons)::bigint as persons, g.organization_id as giver_id
from (select award.*, coalesce(b.published_on, b.published_not_before) as day, b.duplicate_of
    from award join bulletin b on b.bulletin_id = award.bulletin_id and b.version = award.version) a
join organization g on g.organization_id = a.giver_id
where a.status = 'given' and day is not null and a.duplicate_of is null
group by all
order by year desc, half desc, times desc, giver, a.award;
