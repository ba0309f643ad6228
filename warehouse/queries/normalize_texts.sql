-- What normalization asks of the versions of one batch (`batch`), in a fixed order.
select t.bulletin_id, t.version, t.source_id, coalesce(v.published_on, v.published_not_before) as as_of, v.published_on,
    v.agency_prefix, v.authors, v.photographers, s.publisher, s.sphere,
    epoch_ms(v.updated_at) as updated_ms,
    list((l.line_no, l.role, l.text) order by l.line_no) filter (l.line_no is not null) as lines
from batch t
join bulletin_version v on v.bulletin_id = t.bulletin_id and v.version = t.version
left join source s on s.source_id = t.source_id
left join bulletin_line l
    on l.bulletin_id = t.bulletin_id and l.version = t.version and l.role in ('title', 'lead', 'body', 'caption', 'byline')
group by all
order by t.bulletin_id, t.version;
