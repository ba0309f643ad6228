-- Which generals chaired conferences of what topic, in which quarter?
-- One row a quarter, type of conference, topic and person; the rank is the one the bulletin gives. Reprints count once.
with ranked as (
    select bulletin_id, version, person_id, min(rank) as rank from person_mention
    where rank in ('Đại tướng', 'Thượng tướng', 'Trung tướng', 'Thiếu tướng', 'Đô đốc Hải quân', 'Phó Đô đốc Hải quân',
        'Chuẩn Đô đốc Hải quân')
    group by all
), chaired as (
    select e.event_type, e.topic, c.person_id, r.rank, coalesce(e.start_date, b.published_on) as day
    from event e
    join bulletin b on b.bulletin_id = e.bulletin_id and b.version = e.version and b.duplicate_of is null
    join event_participant c on c.event_id = e.event_id and c.role = 'chair'
    join ranked r on r.bulletin_id = e.bulletin_id and r.version = e.version and r.person_id = c.person_id
    where starts_with(e.event_type, 'hội nghị')
)
select format('{}-Q{}', year(day), quarter(day)) as quarter, c.event_type, c.topic, p.full_name, c.rank,
    count(*) as conferences, c.person_id
from chaired c join person p using (person_id)
where day is not null
group by all
order by quarter desc, conferences desc, p.full_name, c.topic;
