-- Fetched, says the frontier; no bulletin of its own, say the read results.
select u.source_id, f.url, u.state, u.state_reason
from url u join bantin.frontier_url f using (bulletin_id)
where f.state = 'fetched' and u.state in ('not_bulletin', 'duplicate')
    -- Another address of a bulletin is looked at as often as the bulletin: it may be the one that lives.
    and bulletin_id not in (select bulletin_id from bantin.same)
order by u.source_id, f.url;
