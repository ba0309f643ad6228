-- The rows of one source's frontier take the place of those known, of which only what differs is written: a daily crawl
-- changes a few of a million. Rows of one key are told apart by 64 bits: a quarter of the memory of comparing values.
create or replace temp table stale_url as
with known as (
    select bulletin_id, hash(url, month, discovered_at, discovered_via, listed_on, state,
        state_reason, tries, last_fetch_at, next_fetch_at) as digest
    from bantin.frontier_url where source_id = getvariable('source_id')
), told as (
    select bulletin_id, hash(url, month, discovered_at, discovered_via, listed_on, state,
        state_reason, tries, last_fetch_at, next_fetch_at) as digest
    from staged_url
)
select bulletin_id, known.digest is not null as is_known, told.digest is not null as is_told
from known full join told using (bulletin_id)
where known.digest is distinct from told.digest;

delete from bantin.frontier_url where bulletin_id in (select bulletin_id from stale_url where is_known);

insert into bantin.frontier_url
select bulletin_id, getvariable('source_id'), * exclude (bulletin_id)
from staged_url
where bulletin_id in (select bulletin_id from stale_url where is_told);

drop table stale_url;
