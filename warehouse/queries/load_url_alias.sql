insert into url_alias
with shot as (
    select url, final_url, bulletin_id, own_id, fetched_at, doubts from seen
    union all
    select url, final_url, coalesce(m.into_id, a.bulletin_id), own_id, fetched_at, doubts
    from aside a left join bantin.same m on m.bulletin_id = a.own_id
), other as (
    select url, bulletin_id, fetched_at as since, coalesce(
        list_filter(list_transform(doubts, lambda doubt: doubt.rule), lambda rule: starts_with(rule, 'url-'))[1][5:],
        case when own_id <> bulletin_id then 'redirect' else 'twin' end) as reason
    from shot
    union all
    select final_url, bulletin_id, fetched_at, 'redirect' from shot where final_url is not null
    union all
    select f.url, s.bulletin_id, f.since, f.reason
    from bantin.frontier_alias f
    join (select distinct own_id, bulletin_id from shot) s on s.own_id = f.bulletin_id
)
select o.url, bulletin_id, arg_min(o.reason, list_position(['moved', 'same-page', 'twin', 'redirect'], o.reason)) as reason,
    min(o.since) as since
from other o join seen first using (bulletin_id)
where first.nth = 1 and o.url <> first.url and bulletin_id in (select bulletin_id from url)
group by o.url, bulletin_id;
