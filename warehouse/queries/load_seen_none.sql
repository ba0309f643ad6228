-- As load_seen, where no results file is left for the touched keys.
create or replace temp table seen (
    capture_id varchar, source_id varchar, fetched_at timestamptz, failure varchar, filename varchar);
delete from aside;
