-- Fields of bulletins in which the rebuilt tables differ from those before; a field of a lost or new bulletin is NULL
-- on one side. List and date values as text.
with was as (
    unpivot (select bulletin_id, columns(* exclude (bulletin_id))::varchar from old.main.bulletin)
    on columns(* exclude (bulletin_id)) into name field value value
), now as (
    unpivot (select bulletin_id, columns(* exclude (bulletin_id))::varchar from bulletin)
    on columns(* exclude (bulletin_id)) into name field value value
)
select bulletin_id, field, was.value, now.value
from was full join now using (bulletin_id, field)
where was.value is distinct from now.value
order by bulletin_id, field
limit $sample;
