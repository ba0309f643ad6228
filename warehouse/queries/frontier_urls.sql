-- The rows of one source's frontier take the place of those known, of which only what differs is written: a daily crawl
-- changes a few of a million.
delete from bantin.frontier_url f
where source_id = getvariable('source_id') and not exists (
    from staged_url s
    where s.bulletin_id = f.bulletin_id and s.url = f.url and s.month = f.month and s.discovered_at = f.discovered_at
        and s.discovered_via = f.discovered_via and s.listed_on is not distinct from f.listed_on and s.state = f.state
        and s.state_reason is not distinct from f.state_reason and s.tries = f.tries
        and s.last_fetch_at is not distinct from f.last_fetch_at
        and s.next_fetch_at is not distinct from f.next_fetch_at);

insert into bantin.frontier_url
select s.bulletin_id, getvariable('source_id'), s.* exclude (bulletin_id)
from staged_url s
where s.bulletin_id not in (select bulletin_id from bantin.frontier_url where source_id = getvariable('source_id'));
