-- Captures that show another bulletin are none of this key, whatever is counted or shown from here on.
alter table seen add column passed_on boolean default false;

update seen set passed_on = true, content_digest = null, view_count = null
where content_digest is not null and final_url is not null
    and (bulletin_id, final_url) in (select (bulletin_id, target) from bantin.passed_on);
