select bulletin_id from staged_url group by bulletin_id having count(*) > 1 order by bulletin_id limit 1;
