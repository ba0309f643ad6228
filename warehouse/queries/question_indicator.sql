-- How did one indicator go over the years, here the share of healthy troops (quân số khỏe)?
-- Percentages told within 80 characters behind the words. For another indicator put its words into `indicator`.
with indicator as (select 'quân số khỏe' as words), percent as (
    select q.*, b.source_id, year(coalesce(b.published_on, b.published_not_before)) as year
    from quantity q join bulletin b on b.bulletin_id = q.bulletin_id and b.version = q.version
    where q.unit = 'percent' and q.qualifier in ('eq', 'gt', 'lt', 'approx')
)
select p.source_id, p.year, count(distinct p.bulletin_id) as bulletins, min(p.value) as lowest, median(p.value) as median,
    max(p.value) as highest
from percent p
join bulletin_line l on l.bulletin_id = p.bulletin_id and l.version = p.version and l.line_no = p.line_no
join indicator i on contains(
    replace(lower(substr(l.text, greatest(1, p.char_start - 79), least(80, p.char_start) + 1)), 'khoẻ', 'khỏe'), i.words)
group by all
order by p.source_id, p.year nulls last;
