-- What was published, and the bookkeeping of load and publish (schema bantin: ours alone, may change at any time).
create table snapshot (
    snapshot_id    varchar primary key,
    published_at   timestamptz not null,
    reader_version varchar not null,
    rows           bigint not null,
    full_digest    varchar not null,
    content_digest varchar not null
);
comment on table snapshot is 'One row a publish that changed something; its last one is the snapshot you are reading.';
comment on column snapshot.snapshot_id is 'Instant of publishing in UTC and the first 12 hex digits of full_digest.';
comment on column snapshot.published_at is 'Instant of publishing.';
comment on column snapshot.reader_version is 'Reader version the publishing program had.';
comment on column snapshot.rows is 'Rows of all tables that full_digest covers, added up.';
comment on column snapshot.full_digest is '64 hex digits over all tables but run, snapshot, bulletin_change, reader_change.';
comment on column snapshot.content_digest is '64 hex digits over what publishers said, without when and how we saw it; docs/contracts.md, Digests.';

create table bulletin_change (
    snapshot_id varchar not null,
    bulletin_id varchar not null,
    kind        varchar not null check (kind in ('added', 'changed', 'removed'))
);
comment on table bulletin_change is 'What each snapshot changed against the one before it.';
comment on column bulletin_change.snapshot_id is 'Snapshot that brought the change.';
comment on column bulletin_change.bulletin_id is 'Bulletin.';
comment on column bulletin_change.kind is 'added; changed: its row, lines or evidence differ, last_seen_at and view_count apart; removed.';

create table bantin.loaded_result (
    segment        varchar primary key,
    digest         varchar not null,
    reader_version varchar not null,
    rows           bigint not null,
    bulletin_ids   varchar[] not null,
    source_ids     varchar[] not null,
    warc_files     varchar[] not null
);
comment on table bantin.loaded_result is 'Read results that the tables were made of.';
comment on column bantin.loaded_result.segment is 'Stem of the WARC segment and of its results file.';
comment on column bantin.loaded_result.digest is 'Digest in the footer of the results file.';
comment on column bantin.loaded_result.reader_version is 'Reader that wrote the file.';
comment on column bantin.loaded_result.rows is 'Captures in the file.';
comment on column bantin.loaded_result.bulletin_ids is 'URL keys its captures belong to: what to compute again if the file changes.';
comment on column bantin.loaded_result.source_ids is 'Sources of its captures.';
comment on column bantin.loaded_result.warc_files is 'WARC files its captures lie in.';

create table bantin.intake_doubt (
    segment   varchar not null,
    source_id varchar not null,
    url       varchar,
    rule      varchar not null,
    severity  varchar not null,
    detail    varchar not null,
    seen_at   timestamptz not null
);
comment on table bantin.intake_doubt is 'Doubts at intake of the loaded segments; table issue is made of them.';
comment on column bantin.intake_doubt.segment is 'Segment that carries it.';
comment on column bantin.intake_doubt.source_id is 'Source.';
comment on column bantin.intake_doubt.url is 'URL it is about.';
comment on column bantin.intake_doubt.rule is 'Stable short name.';
comment on column bantin.intake_doubt.severity is 'info, warning, error.';
comment on column bantin.intake_doubt.detail is 'What was found.';
comment on column bantin.intake_doubt.seen_at is 'Instant it was noticed.';

create table bantin.published_bulletin (bulletin_id varchar primary key, digest varchar not null);
comment on table bantin.published_bulletin is 'What the last snapshot said of each bulletin, as a digest: table bulletin_change is made of it.';
comment on column bantin.published_bulletin.bulletin_id is 'Bulletin.';
comment on column bantin.published_bulletin.digest is 'Digest of its row, lines and evidence.';

create table bantin.current_snapshot (snapshot_id varchar not null);
comment on table bantin.current_snapshot is 'One row: the snapshot published last, which is the one a published file is.';
comment on column bantin.current_snapshot.snapshot_id is 'See snapshot.';
