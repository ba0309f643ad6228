-- A short number without issuer (`Nghị quyết 623`) means the one issuer's document that bulletins know by it, if it is
-- one; else it is a document of its own.
insert into touched_document
select distinct document_type, short_number, own_id from bantin.found_document
where (bulletin_id, version) in (select (bulletin_id, version) from to_normalize);
create or replace temp table found_again as
with again as (
    select * from bantin.found_document
    where (document_type, short_number) in (select (document_type, short_number) from touched_document)
        or own_id in (select own_id from touched_document)
), only_one as (
    select document_type, short_number, any_value(own_id) as own_id from again
    where issuer_id is not null and short_number is not null
    group by all having count(distinct own_id) = 1
)
select a.* exclude (document_id), a.document_id as old_id,
    case when a.issuer_id is null then coalesce(o.own_id, a.own_id) else a.own_id end as document_id
from again a left join only_one o using (document_type, short_number);
delete from document where document_id in (select own_id from touched_document)
    or document_id in (select old_id from found_again) or document_id in (select document_id from found_again);
update bantin.found_document f set document_id = g.document_id
from found_again g
where g.bulletin_id = f.bulletin_id and g.version = f.version and g.line_no = f.line_no and g.char_start = f.char_start
    and f.document_id is distinct from g.document_id;
update document_mention m set document_id = g.document_id
from found_again g
where g.bulletin_id = m.bulletin_id and g.version = m.version and g.line_no = m.line_no and g.char_start = m.char_start
    and m.document_id <> g.document_id;
insert into document_mention
select s.bulletin_id, s.version, f.document_id, s.line_no, s.char_start, s.char_end, s.surface, s.zone
from stage_document_mention s join bantin.found_document f using (bulletin_id, version, line_no, char_start);
insert into document
with told as (
    unpivot (
        select document_id, bulletin_id, number, issuer_id, issued_on::varchar as issued_on, subject from found_again)
    on number, issuer_id, issued_on, subject into name field value told_as
), counted as (
    select document_id, field, told_as, count(distinct bulletin_id) as bulletins from told group by all
), best as (
    select document_id, field, told_as from counted
    qualify row_number() over (
        partition by document_id, field
        order by case field when 'number' then length(told_as) end desc, bulletins desc, told_as) = 1
)
select g.document_id, min(g.document_type),
    any_value(b.told_as) filter (b.field = 'number'),
    any_value(b.told_as) filter (b.field = 'issuer_id'),
    any_value(b.told_as) filter (b.field = 'issued_on')::date,
    any_value(b.told_as) filter (b.field = 'subject')
from found_again g left join best b using (document_id)
group by g.document_id;
