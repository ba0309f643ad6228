-- Bulletins that the tables held before the batch, with the fields they had. A version has no view count: it is none
-- that lacks one.
create or replace temp view told as
select source_id, title, lead, body, captions, byline, authors, photographers, section, tags, agency_prefix,
    published_at, published_on, updated_at, view_count, language
from bulletin where bulletin_id not in (select bulletin_id from moved where came)
union all
select b.source_id, v.title, v.lead, v.body, v.captions, v.byline, v.authors, v.photographers, v.section, v.tags,
    v.agency_prefix, v.published_at, v.published_on, v.updated_at, 0 as view_count, v.language
from bulletin_version v join before b using (bulletin_id, capture_id)
where bulletin_id in (select bulletin_id from moved where came);
