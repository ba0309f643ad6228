-- Whether the days of a source's earlier bulletins varied: how many are dated, and on how many days.
select count(published_on), count(distinct published_on)
from bulletin
where source_id = $source_id and bulletin_id not in (select bulletin_id from moved where is_new);
