-- Whose rank changed, from what to what, and between which days of publication?
-- A rank is what bulletins say of a person; the change took place after `last_as` and not after `first_as`.
with told as (
    select m.person_id, m.rank, b.published_on as day
    from person_mention m join bulletin b on b.bulletin_id = m.bulletin_id and b.version = m.version
    where m.rank is not null and b.published_on is not null
), run as (
    select person_id, rank, day, lag(rank) over w as rank_before, lag(day) over w as day_before
    from (select distinct person_id, rank, day from told)
    window w as (partition by person_id order by day, rank)
)
select p.full_name, r.rank_before, r.rank, r.day_before as last_as, r.day as first_as, p.person_id
from run r join person p using (person_id)
where r.rank_before <> r.rank and r.day_before < r.day
order by first_as desc, p.full_name;
