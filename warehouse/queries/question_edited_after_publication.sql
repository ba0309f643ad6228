-- Which bulletins were edited after they were published, when, and what was changed?
-- days_after counts from the day of publication to the capture that showed the edit: it was made on that day or before.
select b.source_id, b.published_on, v.valid_from as seen_at,
    date_diff('day', b.published_on, (v.valid_from at time zone 'Asia/Ho_Chi_Minh')::date) as days_after,
    v.changed_fields, b.title, b.bulletin_id, v.version
from bulletin_version v join bulletin b using (bulletin_id)
where v.change_kind = 'edit'
order by v.valid_from desc, b.bulletin_id, v.version;
