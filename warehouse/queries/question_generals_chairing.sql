-- Which generals chaired conferences of what topic, in which quarter?
-- One row a quarter, type of conference, topic and person; the rank is the one the bulletin gives. Reprints count no second time.
with ranked as (
    select bulletin_id, version, person_id, min(rank) as rank from person_mention
    where rank in ('Đại tướng', 'Thượng tướng', 'Trung tướng', 'Thiếu tướng', 'Đô đốc Hải quân', 'Phó Đô đốc Hải quân',
        'Chuẩn Đô đốc Hải quân')
    group by all
)
select format('{}-Q{}', year(day), quarter(day)) as quarter, e.event_type, e.topic, p.full_name, r.rank,
    count(distinct e.event_id) as conferences, list(distinct e.bulletin_id order by e.bulletin_id) as bulletins
from (select *, coalesce(start_date, (select published_on from bulletin b where b.bulletin_id = event.bulletin_id)) as day
    from event where starts_with(event_type, 'hội nghị')) e
join bulletin b on b.bulletin_id = e.bulletin_id and b.version = e.version
join event_participant c on c.event_id = e.event_id and c.role = 'chair'
join ranked r on r.bulletin_id = e.bulletin_id and r.version = e.version and r.person_id = c.person_id
join person p on p.person_id = c.person_id
where day is not null and b.duplicate_of is null
group by all
order by quarter desc, conferences desc, p.full_name, e.topic;
