-- Keys whose answer may change: those of the new files (result_files), those the changed segments had before, and those
-- that must be read again for another reason: the history of their lists changed, or a migration wants it. by_file: new
-- or vanished captures touch them.
insert into touched
select bulletin_id, bool_or(by_file)
from (
    select bulletin_id, true as by_file from file_key
    union all
    select unnest(bulletin_ids), true from bantin.loaded_result where segment in (select segment from changed_segment)
    union all
    select unnest(bulletin_ids), false from bantin.loaded_result where segment in (select segment from bantin.reread)
    union all
    select bulletin_id, false from bantin.read_url where bulletin_id in (select bulletin_id from redelisted)
)
group by bulletin_id;
delete from bantin.reread;
