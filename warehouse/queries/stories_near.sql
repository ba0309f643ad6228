-- The bulletins whose pairs must be told anew, and the sketches of all that share a key with one of them, whole contents.
-- sketch_member: all of a content that came or went, and all of a key that by this load is shared by more than a crowd,
-- or no longer is: story_candidates.CROWD and BLOCK_DAYS, of all days together or of two neighbouring blocks of days.
create or replace temp table sketch_sharing as
select k.key, s.bulletin_id, s.content, s.day, s.bulletin_id in (select bulletin_id from to_sketch) as came, false as went
from bantin.sketch_key k join bantin.sketch s using (bulletin_id)
where k.key in (
    select key from bantin.sketch_key where bulletin_id in (select bulletin_id from to_sketch)
    union all
    select key from sketch_gone_key)
union all
select k.key, g.bulletin_id, g.content, g.day, false, true
from sketch_gone_key k join sketch_gone g using (bulletin_id);
create or replace temp table sketch_crossing as
with placed as (
    select *, unnest([null, (day - date '0001-01-01' + 1) // getvariable('story_block_days'), (day - date '0001-01-01' + 1) // getvariable('story_block_days') - 1]) as block
    from sketch_sharing
)
select key, block from placed
group by key, block
having (count(distinct (content, day)) filter (where not went) > getvariable('story_crowd')) <> (count(distinct (content, day)) filter (where not came) > getvariable('story_crowd'))
    or (count(distinct content) filter (where not went) > getvariable('story_crowd')) <> (count(distinct content) filter (where not came) > getvariable('story_crowd'));
create or replace temp table sketch_member as
select bulletin_id from bantin.sketch
where content in (
    select content from sketch_gone where content is not null
    union
    select s.content from bantin.sketch s join to_sketch using (bulletin_id) where s.content is not null
    union
    select s.content
    from sketch_sharing s join sketch_crossing c on c.key = s.key
        and (c.block is null or (s.day - date '0001-01-01' + 1) // getvariable('story_block_days') in (c.block, c.block + 1))
    where not s.went);
delete from bantin.story_pair
where one in (from sketch_member) or other in (from sketch_member)
    or one in (select bulletin_id from sketch_gone) or other in (select bulletin_id from sketch_gone);
create or replace temp table sketch_near as
select bulletin_id, content, signature, marks, day from bantin.sketch
where content in (
    select content from bantin.sketch
    where bulletin_id in (
        select bulletin_id from bantin.sketch_key
        where key in (select key from bantin.sketch_key where bulletin_id in (from sketch_member))));
