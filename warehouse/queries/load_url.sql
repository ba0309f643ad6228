-- What was judged takes the place of what is there; only rows that differ are written (see frontier_urls.sql).
create or replace temp table counted_source as
select source_id from moved_frontier
union
select source_id from judged where bulletin_id in (select bulletin_id from asked)
union
select source_id from url where bulletin_id in (select bulletin_id from asked);

create or replace temp table stale_url as
with known as (
    select bulletin_id, hash(source_id, url, month, discovered_at, discovered_via, listed_on, state,
        state_reason, tries, last_fetch_at, next_fetch_at) as digest
    from url
    where source_id in (select source_id from moved_frontier) or bulletin_id in (select bulletin_id from asked)
), told as (
    select bulletin_id, hash(source_id, url, month, discovered_at, discovered_via, listed_on, state,
        state_reason, tries, last_fetch_at, next_fetch_at) as digest
    from judged
)
select bulletin_id, known.digest is not null as is_known, told.digest is not null as is_told
from known full join told using (bulletin_id)
where known.digest is distinct from told.digest;

delete from url where bulletin_id in (select bulletin_id from stale_url where is_known);

insert into url from judged where bulletin_id in (select bulletin_id from stale_url where is_told);

drop table stale_url;
