-- Everything the touched keys and changed segments said before. Runs before any insert, in the same transaction.
delete from issue where (source_id, url) in (
    select source_id, url from url where bulletin_id in (select bulletin_id from touched));
delete from issue where issue_id in (
    select sha256(concat_ws(chr(10), 'intake', source_id, coalesce(url, ''), rule, detail))[:16] from bantin.intake_doubt);
delete from bantin.intake_doubt where segment in (select segment from changed_segment);
delete from capture where capture_id in (select capture_id from seen union all select capture_id from aside);
delete from capture where warc_file in (
    select unnest(warc_files) from bantin.loaded_result where segment in (select segment from changed_segment));
delete from view_count where bulletin_id in (select bulletin_id from touched);
delete from url_alias where bulletin_id in (select bulletin_id from touched);
delete from bulletin where bulletin_id in (select bulletin_id from touched);
delete from bulletin_version where bulletin_id in (select bulletin_id from touched);
delete from bulletin_status where bulletin_id in (select bulletin_id from touched);
delete from bulletin_line where bulletin_id in (select bulletin_id from touched);
delete from field_evidence where bulletin_id in (select bulletin_id from touched);
delete from image where bulletin_id in (select bulletin_id from touched);
delete from attachment where bulletin_id in (select bulletin_id from touched);
delete from bantin.loaded_result where segment in (select segment from changed_segment);
