-- What accepted upgrades of the reader made of what was stored. Filled by load, carried over by rebuild, in no digest.
create table reader_change (
    bulletin_id varchar not null,
    field       varchar not null,
    old         varchar,
    new         varchar,
    from_reader varchar not null,
    to_reader   varchar not null,
    accepted_at timestamptz
);
comment on table reader_change is 'One row a bulletin and field that another reader version read otherwise of the capture its current version came from. No change of the publisher.';
comment on column reader_change.bulletin_id is 'Bulletin, by the id it had before; of a page that was none before, the id it got.';
comment on column reader_change.field is 'Column of bulletin; kind: whether the page is a bulletin; bulletin_id: its key is another one now.';
comment on column reader_change.old is 'Value before, whole: lists as JSON, instants in UTC (ISO 8601); NULL: there was none, or an empty list.';
comment on column reader_change.new is 'Value after, as old; all are NULL where the page is no bulletin any more.';
comment on column reader_change.from_reader is 'Reader version that read the value before.';
comment on column reader_change.to_reader is 'Reader version that read the value after.';
comment on column reader_change.accepted_at is 'Instant of the yes in decisions.jsonl; NULL: nobody was asked, as the read results had been lost.';

-- Since this version a page that only another reader calls no bulletin is not `missing`; it matters only where two
-- readers read one source.
insert into bantin.reread
with reader as (
    select unnest(source_ids) as source_id, reader_version from bantin.loaded_result
), mixed as (
    select source_id from reader group by source_id having count(distinct reader_version) > 1
)
select segment from bantin.loaded_result
where segment not in (select segment from bantin.reread)
    and list_has_any(source_ids, (select coalesce(list(source_id), []) from mixed));
