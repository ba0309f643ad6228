-- Which source published a shared story first, and who took it over, after how many days?
-- One row a copy; original_* is the likely original (table story says why).
select o.story_id, ob.source_id as first_source, ob.published_on as first_on, ob.title as first_title,
    cb.source_id, cb.published_on, c.kind, c.similarity, date_diff('day', ob.published_on, cb.published_on) as days_after,
    cb.title, o.bulletin_id as original_id, c.bulletin_id
from story o
join story c on c.story_id = o.story_id and c.kind <> 'original'
join bulletin ob on ob.bulletin_id = o.bulletin_id
join bulletin cb on cb.bulletin_id = c.bulletin_id
where o.kind = 'original'
order by first_on desc nulls last, o.story_id, days_after nulls last, c.bulletin_id;
