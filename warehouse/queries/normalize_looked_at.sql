-- Which versions are to be normalized anew, and which are to be forgotten first. `touched`: bulletins that this load
-- computed again; `normalizer_now`: what each source is normalized with now.
create or replace temp table stale_source as
select w.source_id from normalizer_now w left join bantin.normalizer n using (source_id)
where n.key is distinct from w.key;
create or replace temp table looked_at as
select bulletin_id from touched
union
select bulletin_id from bulletin where source_id in (from stale_source)
union
select bulletin_id from bulletin where bulletin_id not in (select bulletin_id from bantin.normalized);
create or replace temp table input as
select v.bulletin_id, v.version, b.source_id,
    md5(concat_ws(chr(10), v.published_on, v.published_not_before, v.updated_at, v.agency_prefix, v.authors, v.photographers,
        string_agg(concat_ws(' ', l.line_no, l.role, l.text), chr(10) order by l.line_no))) as digest
from bulletin_version v
join bulletin b on b.bulletin_id = v.bulletin_id
left join bulletin_line l
    on l.bulletin_id = v.bulletin_id and l.version = v.version and l.role in ('title', 'lead', 'body', 'caption', 'byline')
where v.bulletin_id in (from looked_at)
group by v.bulletin_id, v.version, b.source_id, v.published_on, v.published_not_before, v.updated_at, v.agency_prefix,
    v.authors, v.photographers;
create or replace temp table forgotten as
select n.bulletin_id, n.version
from bantin.normalized n
left join input i on i.bulletin_id = n.bulletin_id and i.version = n.version and i.digest = n.digest
where n.bulletin_id in (from looked_at)
    and (i.bulletin_id is null or i.source_id in (from stale_source));
create or replace temp table to_normalize as
select bulletin_id, version, source_id, digest from input
where (bulletin_id, version) in (select (bulletin_id, version) from forgotten)
    or (bulletin_id, version) not in (select (bulletin_id, version) from bantin.normalized);
-- Whose people, organizations and documents may be others afterwards; what is found anew is added later.
create or replace temp table touched_name as
select distinct name_key from bantin.appearance
where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
create or replace temp table touched_person as
select distinct person_id from bantin.appearance where name_key in (from touched_name);
create or replace temp table touched_organization as
select distinct organization_id from bantin.found_organization
where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
create or replace temp table touched_document as
select distinct document_type, short_number, own_id from bantin.found_document
where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
-- What waits for the ids of people and documents.
create or replace temp table stage_person_mention as
select bulletin_id, version, ''::varchar as name_key, line_no, char_start, char_end, surface, zone, mention_kind, rank,
    title from person_mention limit 0;
create or replace temp table stage_person_position as
select bulletin_id, version, ''::varchar as name_key, position, organization_id, rank, as_of, status, line_no
from person_position limit 0;
create or replace temp table stage_event_participant as
select ''::varchar as bulletin_id, 0::integer as version, event_id, ''::varchar as name_key, organization_id, role,
    line_no from event_participant limit 0;
create or replace temp table stage_award as
select bulletin_id, version, award, giver_id, groups, persons, ''::varchar as name_key, organization_id, status, line_no
from award limit 0;
create or replace temp table stage_document_mention as
select bulletin_id, version, ''::varchar as own_id, line_no, char_start, char_end, surface, zone
from document_mention limit 0;
