-- Two keys of one source where the one was answered, with a bulletin, by the other's address. A function of all captures:
-- redirected  the other is a duplicate: it was first fetched after that, and the one was never read under its own
--             address (so what both say is kept there). A page that only lists is no bulletin's address.
-- elsewhere   (load_elsewhere.sql) the other is a bulletin under its own address and no duplicate: such captures are no versions of the one.
create or replace temp table ending as
select source_id, bulletin_id, url, reads_itself, unnest(leads_to) as target, unnest(led_since) as since
from bantin.read_url
where len(leads_to) > 0 and bulletin_id not in (select bulletin_id from bantin.frontier_listing);

create or replace temp table met as
with address as (
    select source_id, bulletin_id, first_fetch_at, reads_itself,
        unnest(list_distinct(list_transform(requested, lambda one: bantin.address(one)))) as address
    from bantin.read_url
    where source_id in (select source_id from ending)
)
select e.bulletin_id, e.url, e.reads_itself, e.target, e.since, a.bulletin_id as other_id, a.first_fetch_at,
    a.reads_itself as other_reads_itself
from ending e
join address a on a.source_id = e.source_id and a.address = bantin.address(e.target)
where a.bulletin_id <> e.bulletin_id;

create or replace temp table redirected as
select other_id as bulletin_id, arg_min(url, (since, bulletin_id)) as first_url
from met
where not reads_itself and since < first_fetch_at
group by other_id;
