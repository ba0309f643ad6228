-- What this load did to each bulletin it changed. came: it shows a capture that the tables did not show before. lost:
-- it was live, and is not any more, or has no title or body left; not where it is found to be another address of one that stays. is_fetched: a server answered with it; of files that a
-- person took in, it is for the person to know what they are.
create or replace temp table moved as
select coalesce(a.source_id, b.source_id) as source_id, bulletin_id, b.bulletin_id is null as is_new,
    a.bulletin_id is not null and b.bulletin_id is not null as is_changed,
    a.bulletin_id is not null and a.capture_id is distinct from b.capture_id as came,
    coalesce(b.status = 'live', false) and bulletin_id not in (select bulletin_id from bantin.same) and (a.bulletin_id is null or a.status <> 'live'
        or (a.no_title and not b.no_title) or (a.no_body and not b.no_body)) as lost,
    coalesce(c.origin <> 'file', false) as is_fetched
from after a full join before b using (bulletin_id) left join capture c on c.capture_id = a.capture_id
where a.digest is distinct from b.digest;
