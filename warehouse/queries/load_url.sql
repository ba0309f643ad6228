-- What was judged takes the place of what is there; only rows that differ are written.
create or replace temp table counted_source as
select source_id from moved_frontier
union
select source_id from judged where bulletin_id in (select bulletin_id from asked)
union
select source_id from url where bulletin_id in (select bulletin_id from asked);

delete from url u
where (source_id in (select source_id from moved_frontier) or bulletin_id in (select bulletin_id from asked))
    and not exists (
        from judged j
        where j.bulletin_id = u.bulletin_id and j.source_id = u.source_id and j.url = u.url and j.month = u.month
            and j.discovered_at = u.discovered_at and j.discovered_via = u.discovered_via
            and j.listed_on is not distinct from u.listed_on and j.state = u.state
            and j.state_reason is not distinct from u.state_reason and j.tries = u.tries
            and j.last_fetch_at is not distinct from u.last_fetch_at
            and j.next_fetch_at is not distinct from u.next_fetch_at);

insert into url from judged where bulletin_id not in (select bulletin_id from url);
