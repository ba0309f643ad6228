-- What follows from same_group: which keys of one source show one bulletin (load_same_pairs.sql, warehouse/groups.py).
-- The key that was fetched first keeps its id.
create or replace temp table same_group as
select g.bulletin_id, arg_min(g.bulletin_id, (r.first_fetch_at, g.bulletin_id)) over (partition by g.into_id) as into_id
from same_group g join bantin.read_url r using (bulletin_id);

create or replace temp table same_anew as
with now as (
    select g.bulletin_id, g.into_id, r.source_id from same_group g join bantin.read_url r using (bulletin_id)
    where g.bulletin_id <> g.into_id
), changed as (
    (from now except from bantin.same) union (from bantin.same except from now)
)
select bulletin_id from changed union select into_id from changed;

-- What is said of one of a group hangs on the captures of all.
create or replace temp table same_touched as
with member as (
    select bulletin_id, into_id from same_group
    union
    select bulletin_id, into_id from bantin.same
    union
    select into_id, into_id from bantin.same
)
select distinct bulletin_id
from member
where into_id in (
        select into_id from member
        where bulletin_id in (select bulletin_id from touched) or bulletin_id in (select bulletin_id from same_anew))
    and bulletin_id not in (select bulletin_id from touched);

delete from bantin.same;
insert into bantin.same
select g.bulletin_id, g.into_id, r.source_id
from same_group g join bantin.read_url r using (bulletin_id)
where g.bulletin_id <> g.into_id;
