-- new, changed, removed among the touched bulletins; unchanged, and URLs that are gone, among those that were captured.
select
    count(*) filter (b.digest is null) as new,
    count(*) filter (a.digest <> b.digest) as changed,
    count(*) filter (a.digest = b.digest and a.bulletin_id in (select bulletin_id from touched where by_file)) as unchanged,
    count(*) filter (a.digest is null) as removed,
    (select count(*) from bantin.read_url
        where state = 'gone' and bulletin_id in (select bulletin_id from touched where by_file)) as gone
from after a full join before b using (bulletin_id);
