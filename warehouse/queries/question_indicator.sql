-- How did one indicator go over the years, here the share of healthy troops (quân số khỏe)?
-- Percentages told within 80 characters behind the words. For another indicator put its words into both `contains`.
-- (Written out twice because a constant is looked for while the table is read: half the time of a joined one.)
with told as (
    select bulletin_id, version, line_no, replace(lower(text), 'khoẻ', 'khỏe') as low
    from bulletin_line
    where contains(text, 'uân số kh') and role in ('title', 'lead', 'body', 'caption')
)
select b.source_id, year(coalesce(b.published_on, b.published_not_before)) as year,
    count(distinct q.bulletin_id) as bulletins, min(q.value) as lowest, median(q.value) as median, max(q.value) as highest
from told t
join quantity q on q.bulletin_id = t.bulletin_id and q.version = t.version and q.line_no = t.line_no
    and q.unit = 'percent' and q.qualifier in ('eq', 'gt', 'lt', 'approx')
    and contains(substr(t.low, greatest(1, q.char_start - 79), least(80, q.char_start) + 1), 'quân số khỏe')
join bulletin b on b.bulletin_id = q.bulletin_id and b.version = q.version
group by all
order by b.source_id, year nulls last;
