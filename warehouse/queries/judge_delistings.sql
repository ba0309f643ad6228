-- What is known of the lists of these sources before the load ($sources): what it adds has its first instant.
create or replace temp table delisting_before as
select bulletin_id, listed, seen_at from bantin.delisting where list_contains($sources, source_id);
