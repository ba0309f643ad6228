-- Keys of one source that show one bulletin: the one was answered by the other's address, and the text it showed last
-- under its own address, title and body letter for letter, the other showed under its own, too. The key that was fetched
-- first keeps its id. A function of all captures: of pairs, wherever they come from, the groups that they join.
create or replace temp table same_group as
with recursive pair as (
    select distinct m.bulletin_id as one, m.other_id as other
    from met m
    join bantin.read_url a using (bulletin_id)
    join bantin.read_url b on b.bulletin_id = m.other_id
    where a.last_text is not null and list_contains(b.texts, a.last_text)
        and m.other_id not in (select bulletin_id from redirected)
        and m.bulletin_id not in (select bulletin_id from redirected)
        and m.other_id not in (select bulletin_id from bantin.frontier_listing)
), edge as (
    select one, other from pair union select other, one from pair
), reached as (
    select one as bulletin_id, one as reached_id from edge
    union
    select r.bulletin_id, e.other from reached r join edge e on e.one = r.reached_id
)
select reached.bulletin_id, arg_min(reached_id, (r.first_fetch_at, reached_id)) as into_id
from reached join bantin.read_url r on r.bulletin_id = reached_id
group by reached.bulletin_id;

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
