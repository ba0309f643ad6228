insert into url_alias
with other as (
    select url, bulletin_id, fetched_at, true as requested from seen
    union all
    select final_url, bulletin_id, fetched_at, false from seen where final_url is not null
)
select o.url, bulletin_id, case when bool_or(o.requested) then 'twin' else 'redirect' end as reason,
    min(o.fetched_at) as since
from other o join seen first using (bulletin_id)
where first.nth = 1 and o.url <> first.url and bulletin_id in (select bulletin_id from url)
group by o.url, bulletin_id;
