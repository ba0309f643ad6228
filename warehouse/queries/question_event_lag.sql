-- How many days pass from an event to the bulletin about it, per source?
-- Over the first event of each current bulletin with both days known; events that the bulletin announces count as `ahead`.
with first_event as (
    select e.bulletin_id, e.version, min_by(e.start_date, e.line_no) as start_date
    from event e where e.start_date is not null group by all
)
select b.source_id, count(*) as bulletins, count(*) filter (lag < 0) as ahead,
    median(lag) filter (lag >= 0) as median_days, quantile_disc(lag, 0.9) filter (lag >= 0) as days_90_percent,
    max(lag) as longest
from (select bulletin.*, date_diff('day', start_date, published_on) as lag
    from first_event join bulletin using (bulletin_id, version) where published_on is not null) b
group by b.source_id
order by b.source_id;
