-- Keys that are the other address of a key fetched before them: it was once answered by their URL, with a bulletin (so
-- what they say is kept there). The first key by fetched_at keeps the id. A page that only lists is no bulletin's address.
create or replace temp table redirected as
with target as (
    select source_id, bulletin_id, url, first_fetch_at, unnest(leads_to) as target
    from bantin.read_url
    where len(leads_to) > 0 and bulletin_id not in (select bulletin_id from bantin.frontier_listing)
), address as (
    select source_id, bulletin_id, first_fetch_at, unnest(requested) as url
    from bantin.read_url
    where source_id in (select source_id from target)
)
select a.bulletin_id, arg_min(t.url, (t.first_fetch_at, t.bulletin_id)) as first_url
from address a
join target t on a.source_id = t.source_id and a.url = t.target
where (t.first_fetch_at, t.bulletin_id) < (a.first_fetch_at, a.bulletin_id)
group by a.bulletin_id;
