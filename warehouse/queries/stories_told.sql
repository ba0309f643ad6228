-- bulletin says to which story it belongs, and a reprint of what.
update bulletin set story_id = null, duplicate_of = null
where (story_id is not null or duplicate_of is not null) and bulletin_id not in (select bulletin_id from story);
update bulletin b
set story_id = t.story_id, duplicate_of = t.duplicate_of
from (
    select s.bulletin_id, s.story_id, case when s.kind = 'reprint' then o.bulletin_id end as duplicate_of
    from story s join story o on o.story_id = s.story_id and o.kind = 'original'
) t
where t.bulletin_id = b.bulletin_id
    and (b.story_id is distinct from t.story_id or b.duplicate_of is distinct from t.duplicate_of);
