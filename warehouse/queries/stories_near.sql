-- The bulletins whose pairs must be told anew (`sketch_member`: all of a content that came or went), and the sketches of
-- all that share a key with one of them, whole contents.
create or replace temp table sketch_member as
select bulletin_id from bantin.sketch
where content in (
    select content from sketch_gone where content is not null
    union
    select s.content from bantin.sketch s join to_sketch using (bulletin_id) where s.content is not null);
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
