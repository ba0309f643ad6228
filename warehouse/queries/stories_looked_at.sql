-- Which bulletins' texts are new, changed or gone since their sketches were made.
create or replace temp table story_input as
select bulletin_id, md5(concat_ws(chr(10), title, chr(1), lead, chr(1), body, chr(1), published_on)) as digest
from bulletin where bulletin_id in (from looked_at);
create or replace temp table sketch_gone as
select s.bulletin_id, s.content, s.day
from bantin.sketch s left join story_input i on i.bulletin_id = s.bulletin_id and i.digest = s.digest
where s.bulletin_id in (from looked_at) and i.bulletin_id is null;
create or replace temp table sketch_gone_key as
from bantin.sketch_key where bulletin_id in (select bulletin_id from sketch_gone);
delete from bantin.sketch where bulletin_id in (select bulletin_id from sketch_gone);
delete from bantin.sketch_key where bulletin_id in (select bulletin_id from sketch_gone);
create or replace temp table to_sketch as
select i.bulletin_id, i.digest from story_input i
where i.bulletin_id not in (select bulletin_id from bantin.sketch);
