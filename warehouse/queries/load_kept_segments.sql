-- Unchanged segments that hold captures of the touched keys.
select distinct segment
from (
    select segment, unnest(bulletin_ids) as bulletin_id
    from bantin.loaded_result
    where segment not in (select segment from changed_segment)
)
where bulletin_id in (select bulletin_id from touched)
order by segment;
