-- Days of the new, fetched bulletins of these sources ($sources): how many, dated after the day they were first seen, dated
-- before the earliest day to expect ($since, a day for each source), and whether all are of one day though their
-- addresses are of several months. Days in Vietnam.
with fresh as (
    select b.source_id, b.published_on, u.month,
        b.published_on > (b.first_seen_at at time zone 'Asia/Ho_Chi_Minh')::date as too_late,
        b.published_on < $since[list_position($sources, b.source_id)] as too_early
    from bulletin b join moved m using (bulletin_id) join url u using (bulletin_id)
    where m.is_new and m.is_fetched and list_contains($sources, b.source_id)
)
select source_id, count(*) as new, count(*) filter (too_late) as too_late, count(*) filter (too_early) as too_early,
    min(published_on) as first_on, max(published_on) as last_on, count(published_on) as dated,
    count(distinct month) as months, count(*) filter (month <> strftime(published_on, '%Y-%m')) as of_other_months
from fresh
group by source_id
order by source_id;
