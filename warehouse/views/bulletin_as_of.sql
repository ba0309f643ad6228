-- The version of every bulletin that was the latest known at an instant: from bulletin_as_of('2026-11-22 08:00:00+07').
create or replace macro bulletin_as_of(ts) as table
    select b.source_id, b.url, v.*
    from bulletin_version v join bulletin b using (bulletin_id)
    where v.valid_from <= ts::timestamptz and (v.valid_to is null or ts::timestamptz < v.valid_to);
