-- new, changed, unchanged, removed among the touched bulletins; URLs that are gone.
select
    count(*) filter (b.digest is null) as new,
    count(*) filter (a.digest <> b.digest) as changed,
    count(*) filter (a.digest = b.digest) as unchanged,
    count(*) filter (a.digest is null) as removed,
    (select count(*) from url where state = 'gone' and bulletin_id in (select bulletin_id from touched)) as gone
from after a full join before b using (bulletin_id);
