-- Captures that show another bulletin, see load_redirected.sql. Keys of one bulletin (load_same.sql) are not such.
create or replace temp table elsewhere as
select distinct m.bulletin_id, target, since
from met m
left join same_group one on one.bulletin_id = m.bulletin_id
left join same_group other on other.bulletin_id = other_id
where other_reads_itself and (one.into_id is null or one.into_id is distinct from other.into_id)
    and other_id not in (select bulletin_id from redirected)
    and (other_id not in (select bulletin_id from bantin.frontier_listing)
        or other_id in (select bulletin_id from bantin.frontier_url));

create or replace temp table passed_anew as
(from (select bulletin_id, target from elsewhere) except from bantin.passed_on)
union
(from bantin.passed_on except from (select bulletin_id, target from elsewhere));
