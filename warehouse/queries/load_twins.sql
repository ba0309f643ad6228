-- Captures of a twin (print page, AMP) of a page that was read itself go aside: kept in `capture`, no version of it.
insert into aside by name
select * exclude (nth, nth_back)
from seen
where list_contains(list_transform(doubts, lambda doubt: doubt.rule), 'url-twin') and bulletin_id in (
    select bulletin_id from seen
    where content_digest is not null and not list_contains(list_transform(doubts, lambda doubt: doubt.rule), 'url-twin'));

create or replace temp table seen as
select * exclude (nth, nth_back),
    row_number() over (partition by bulletin_id order by fetched_at, capture_id) as nth,
    row_number() over (partition by bulletin_id order by fetched_at desc, capture_id desc) as nth_back
from seen
where capture_id not in (select capture_id from aside);
