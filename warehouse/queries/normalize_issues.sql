-- Failed checks of current versions, and ranks that fall from one bulletin about a person to the next.
delete from issue where rule = 'rank-falls' or (
    bulletin_id in (from looked_at)
    and rule in ('parts-and-total', 'list-and-count', 'event-after-publication', 'weekday-mismatch',
        'not-normalized'));
insert into issue
with ranked as (
    select a.person_id, a.name, a.bulletin_id, b.version, b.published_on, list_max(a.ranks) as rank_order
    from bantin.appearance a join bulletin b using (bulletin_id, version)
    where len(a.ranks) > 0 and b.published_on is not null
), before as (
    select *, max(rank_order) over (
        partition by person_id order by published_on range between unbounded preceding and interval 1 day preceding
    ) as highest
    from ranked
), failed as (
    select bulletin_id, rule, severity, detail from bantin.found_doubt join bulletin using (bulletin_id, version)
    where bulletin_id in (from looked_at)
    union all
    select bulletin_id, 'rank-falls', 'warning',
        format('{}: rank of order {} on {}, but of order {} before', name, rank_order, published_on, highest)
    from before where rank_order < highest
)
select sha256(concat_ws(chr(10), 'normalizing', b.source_id, b.bulletin_id, f.rule, f.detail))[:16], b.source_id,
    b.bulletin_id, b.url, any_value(f.severity), f.rule, f.detail, v.valid_from, b.last_seen_at, 'open', null
from failed f
join bulletin b using (bulletin_id)
join bulletin_version v using (bulletin_id, version)
group by all;
