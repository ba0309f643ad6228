-- Captured keys that become or stop being addresses of their own by what was judged, or whose captures become or stop
-- being another's: what is said of them as bulletins
-- comes or goes, so they are touched, too.
insert into touched
select r.bulletin_id, false as by_file
from bantin.read_url r
left join url was using (bulletin_id)
left join judged now using (bulletin_id)
where (r.source_id in (select source_id from moved_frontier) or r.bulletin_id in (select bulletin_id from asked))
    and r.bulletin_id not in (select bulletin_id from touched)
    and (r.bulletin_id in (select bulletin_id from passed_anew)
        or (was.bulletin_id is null) <> (now.bulletin_id is null)
        or (was.state is not distinct from 'duplicate') <> (now.state is not distinct from 'duplicate'));
