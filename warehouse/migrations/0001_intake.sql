-- What was taken in: publishers, URLs, captures, runs, doubts. Values of read results, never of the loader's clock.
create table source (
    source_id      varchar primary key,
    name           varchar not null,
    publisher      varchar not null,
    sphere         varchar,
    home           varchar,
    hosts          varchar[] not null,
    family         varchar,
    enabled        boolean not null,
    since          date,
    rhythm         varchar check (rhythm in ('daily', 'weekdays', 'weekly', 'irregular')),
    state          varchar check (state in ('healthy', 'quiet', 'rotten', 'blocked', 'moved', 'unreachable')),
    state_since    timestamptz,
    state_evidence varchar
);
comment on table source is 'One row a source: a publisher''s series of bulletins, as its source file describes it.';
comment on column source.source_id is 'Name of the source file; local for ingested files.';
comment on column source.name is 'Name of the series; the publisher''s where the file gives none.';
comment on column source.publisher is 'Office or paper that answers for the bulletins; the source_id where no source file is known.';
comment on column source.sphere is 'Sphere of public life, e.g. army, police, province, ministry.';
comment on column source.home is 'Home page; NULL for local files.';
comment on column source.hosts is 'Hosts that are one and the same site, twins and old domains included.';
comment on column source.family is 'CMS family that reads its pages where no layout does; NULL: recognised page by page.';
comment on column source.enabled is 'Whether unattended runs may crawl it.';
comment on column source.since is 'Calendar day (Asia/Ho_Chi_Minh) from which its bulletins are wanted.';
comment on column source.rhythm is 'How often it publishes: daily, weekdays, weekly, irregular.';
comment on column source.state is 'Health: healthy, quiet, rotten, blocked, moved, unreachable; NULL: never judged.';
comment on column source.state_since is 'Instant since which it is in that state.';
comment on column source.state_evidence is 'What the state was judged by.';

create table url (
    source_id      varchar not null,
    url            varchar not null,
    bulletin_id    varchar primary key,
    month          varchar not null,
    discovered_at  timestamptz not null,
    discovered_via varchar not null,
    listed_on      varchar,
    state          varchar not null check (state in (
        'waiting', 'fetched', 'excluded', 'duplicate', 'not_bulletin', 'gone', 'failed')),
    state_reason   varchar,
    tries          integer not null,
    last_fetch_at  timestamptz,
    next_fetch_at  timestamptz
);
comment on table url is 'One row a URL key of a source: every address we know, and what became of it.';
comment on column url.source_id is 'Source it belongs to.';
comment on column url.url is 'First requested URL of this key; other spellings are in url_alias.';
comment on column url.bulletin_id is 'First 16 hex digits of sha256 of source_id, newline, URL key; has a row in bulletin if it is one.';
comment on column url.month is 'Month it is counted in, YYYY-MM; of ingested files the month of the first capture (Asia/Ho_Chi_Minh).';
comment on column url.discovered_at is 'Instant we first knew of it; of ingested files the first capture.';
comment on column url.discovered_via is 'How we came to know it: ingest, or the kind of listing.';
comment on column url.listed_on is 'Page that listed it; NULL for ingested files.';
comment on column url.state is 'waiting, fetched, excluded, duplicate, not_bulletin, gone, failed; fetched = its bulletin is in the warehouse.';
comment on column url.state_reason is 'Why it is in that state, in words; NULL where the state says all.';
comment on column url.tries is 'Number of captures.';
comment on column url.last_fetch_at is 'Instant of the latest capture.';
comment on column url.next_fetch_at is 'Instant from which it may be fetched again; NULL: not planned.';

create table url_alias (
    url         varchar not null,
    bulletin_id varchar not null,
    reason      varchar not null check (reason in ('twin', 'redirect')),
    since       timestamptz not null,
    primary key (url, bulletin_id)
);
comment on table url_alias is 'Other addresses of a URL key: twins that were requested, and targets of redirects.';
comment on column url_alias.url is 'The other address.';
comment on column url_alias.bulletin_id is 'Key it stands for; see url.bulletin_id.';
comment on column url_alias.reason is 'twin: requested itself, same key; redirect: only ever answered for another.';
comment on column url_alias.since is 'Instant of the first capture that showed it.';

create table capture (
    capture_id     varchar primary key,
    source_id      varchar not null,
    url            varchar not null,
    final_url      varchar,
    fetched_at     timestamptz not null,
    http_status    integer,
    content_type   varchar,
    payload_sha256 varchar not null,
    bytes          bigint not null,
    kind           varchar not null check (kind in (
        'bulletin', 'list', 'home', 'static', 'form', 'login', 'error', 'block', 'redirect', 'attachment', 'feed',
        'sitemap', 'robots', 'other')),
    origin         varchar not null check (origin in ('live', 'file', 'archive')),
    warc_file      varchar not null,
    warc_offset    bigint not null
);
comment on table capture is 'One row a response or ingested file, bytes unchanged in raw/.';
comment on column capture.capture_id is '16 hex digits of sha256 of source_id, url, fetched_at, payload_sha256, joined by newlines.';
comment on column capture.source_id is 'Source it belongs to.';
comment on column capture.url is 'URL as requested; file:<folder>/<name> for local files.';
comment on column capture.final_url is 'URL that answered after redirects; NULL: the same, or unknown.';
comment on column capture.fetched_at is 'Instant of the answer; of a local file the moment of ingest, of a WARC record its WARC-Date.';
comment on column capture.http_status is 'HTTP status; NULL for local files.';
comment on column capture.content_type is 'Content-Type header as sent; NULL: none.';
comment on column capture.payload_sha256 is '64 hex digits of the payload.';
comment on column capture.bytes is 'Size of the payload in bytes.';
comment on column capture.kind is 'Kind of page: bulletin, list, home, static, form, login, error, block, redirect, attachment, feed, sitemap, robots, other.';
comment on column capture.origin is 'live: fetched by us; file: ingested; archive: from a WARC of others.';
comment on column capture.warc_file is 'WARC file, path below raw/ of the home.';
comment on column capture.warc_offset is 'Byte offset of the record''s gzip member in that file.';

create table run (
    run_id       varchar not null,
    source_id    varchar,
    command      varchar not null,
    started_at   timestamptz not null,
    ended_at     timestamptz,
    outcome      varchar not null,
    listed       bigint not null,
    discovered   bigint not null,
    fetched      bigint not null,
    not_modified bigint not null,
    read         bigint not null,
    new          bigint not null,
    changed      bigint not null,
    unchanged    bigint not null,
    gone         bigint not null,
    failed       bigint not null
);
comment on table run is 'One row a run and source: what a command did. Appears with the next publish; in no digest.';
comment on column run.run_id is 'Name of the run; rows of one run share it.';
comment on column run.source_id is 'Source the counts are of; NULL: the run as a whole.';
comment on column run.command is 'Command as given, e.g. ingest.';
comment on column run.started_at is 'Instant it began.';
comment on column run.ended_at is 'Instant it ended.';
comment on column run.outcome is 'How it ended, e.g. done, failed, holes.';
comment on column run.listed is 'Items seen on listings.';
comment on column run.discovered is 'URLs not known before.';
comment on column run.fetched is 'Captures stored.';
comment on column run.not_modified is 'Answers 304: unchanged at the publisher.';
comment on column run.read is 'Captures read.';
comment on column run.new is 'Bulletins not known before.';
comment on column run.changed is 'Bulletins whose row changed.';
comment on column run.unchanged is 'Bulletins captured again without a change.';
comment on column run.gone is 'URLs that answered 404 or 410.';
comment on column run.failed is 'Captures that could not be read, and fetches that failed.';

create table issue (
    issue_id           varchar primary key,
    source_id          varchar not null,
    bulletin_id        varchar,
    url                varchar,
    severity           varchar not null check (severity in ('warning', 'error')),
    rule               varchar not null,
    detail             varchar not null,
    first_seen_at      timestamptz not null,
    last_seen_at       timestamptz not null,
    state              varchar not null check (state in ('open', 'acknowledged')),
    acknowledged_until timestamptz
);
comment on table issue is 'What a person may want to look at: doubts of the latest capture of a URL, failures, and doubts at intake.';
comment on column issue.issue_id is '16 hex digits of source, URL or key, rule and detail: the same doubt keeps its id.';
comment on column issue.source_id is 'Source it belongs to.';
comment on column issue.bulletin_id is 'Bulletin it is about; NULL where the page is none.';
comment on column issue.url is 'URL it is about; NULL: the source as a whole.';
comment on column issue.severity is 'warning or error; doubts of severity info stay in the read results.';
comment on column issue.rule is 'Stable short name of what was noticed; unreadable: the bytes could not be read.';
comment on column issue.detail is 'What was expected and what was found.';
comment on column issue.first_seen_at is 'Instant of the first capture that showed it.';
comment on column issue.last_seen_at is 'Instant of the latest capture that showed it.';
comment on column issue.state is 'open or acknowledged.';
comment on column issue.acknowledged_until is 'Instant until which a person put it off; NULL: not put off.';
