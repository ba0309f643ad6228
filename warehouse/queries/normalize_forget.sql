-- Everything the forgotten versions said.
delete from event_participant where event_id in (
    select event_id from event where (bulletin_id, version) in (select (bulletin_id, version) from forgotten));
delete from event where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from organization_mention where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from person_mention where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from person_position where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from document_mention where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from programme_mention where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from quantity where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from award where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from period where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from bantin.appearance where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from bantin.found_organization where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from bantin.found_alias where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from bantin.found_document where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from bantin.found_doubt where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
delete from bantin.normalized where (bulletin_id, version) in (select (bulletin_id, version) from forgotten);
