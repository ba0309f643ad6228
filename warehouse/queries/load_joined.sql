-- The captures of a group become those of the key that stays (own_id: whose they are by their address). current_id: the
-- key that was read last under its own address; what lists say of the bulletin, they say of that one.
-- A capture that is no bulletin says something of it only if it was asked for, or ended, where the bulletin was read
-- last: an old address that is 404 one day is no deletion. Such captures go aside.
create or replace temp table joined as
with spoken as (
    select s.* replace (coalesce(m.into_id, s.bulletin_id) as bulletin_id), m.into_id is not null or s.bulletin_id in
        (select into_id from bantin.same) as in_group
    from seen s left join bantin.same m using (bulletin_id)
), placed as (
    select * replace (case when in_group then coalesce(arg_max(own_id, (fetched_at, capture_id)) filter (
            content_digest is not null and bantin.address(coalesce(final_url, url)) = bantin.address(url)
        ) over (partition by bulletin_id), bulletin_id) else bulletin_id end as current_id),
        last_value(case when content_digest is not null then bantin.address(coalesce(final_url, url)) end ignore nulls)
            over (partition by bulletin_id order by fetched_at, capture_id
                rows between unbounded preceding and current row) as read_at
    from spoken
)
select * exclude (in_group, read_at), in_group and content_digest is null and read_at is not null
    and read_at not in (bantin.address(url), bantin.address(coalesce(final_url, url))) as is_silent
from placed;

insert into aside by name select * exclude (is_silent, passed_on, nth, nth_back) from joined where is_silent;

create or replace temp table seen as
select * exclude (is_silent) replace (
    row_number() over (partition by bulletin_id order by fetched_at, capture_id) as nth,
    row_number() over (partition by bulletin_id order by fetched_at desc, capture_id desc) as nth_back)
from joined where not is_silent;

drop table joined;
