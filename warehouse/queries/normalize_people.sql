-- Give the people of the touched names their ids (`told_apart`: name_key, bulletin_id, person_id) and keep all in step.
create or replace temp table moved_person as
select distinct a.bulletin_id, a.person_id as old_id, t.person_id as new_id
from bantin.appearance a join told_apart t using (name_key, bulletin_id)
where a.person_id is not null and a.person_id <> t.person_id;
delete from person where person_id in (from touched_person)
    or person_id in (select person_id from bantin.appearance where name_key in (from touched_name));
update bantin.appearance a set person_id = t.person_id
from told_apart t
where t.name_key = a.name_key and t.bulletin_id = a.bulletin_id and a.person_id is distinct from t.person_id;
update person_mention p set person_id = m.new_id
from moved_person m where m.bulletin_id = p.bulletin_id and m.old_id = p.person_id;
update person_position p set person_id = m.new_id
from moved_person m where m.bulletin_id = p.bulletin_id and m.old_id = p.person_id;
update award p set person_id = m.new_id
from moved_person m where m.bulletin_id = p.bulletin_id and m.old_id = p.person_id;
update event_participant p set person_id = m.new_id
from moved_person m join event e on e.bulletin_id = m.bulletin_id
where e.event_id = p.event_id and m.old_id = p.person_id;
insert into person_mention
select s.bulletin_id, s.version, a.person_id, s.line_no, s.char_start, s.char_end, s.surface, s.zone, s.mention_kind,
    s.rank, s.title
from stage_person_mention s join bantin.appearance a using (bulletin_id, version, name_key);
insert into person_position
select s.bulletin_id, s.version, a.person_id, s.position, s.organization_id, s.rank, s.as_of, s.status, s.line_no
from stage_person_position s join bantin.appearance a using (bulletin_id, version, name_key);
insert into award
select s.bulletin_id, s.version, s.award, s.giver_id, s.groups, s.persons, a.person_id, s.organization_id, s.status,
    s.line_no
from stage_award s left join bantin.appearance a using (bulletin_id, version, name_key);
insert into event_participant
select s.event_id, a.person_id, s.organization_id, s.role, s.line_no
from stage_event_participant s left join bantin.appearance a using (bulletin_id, version, name_key);
