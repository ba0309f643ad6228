-- Bulletins, their versions, lines and evidence.
create table bulletin (
    bulletin_id          varchar primary key,
    source_id            varchar not null,
    url                  varchar not null,
    title                varchar,
    lead                 varchar,
    body                 varchar,
    captions             varchar[] not null,
    byline               varchar,
    authors              varchar[] not null,
    photographers        varchar[] not null,
    section              varchar,
    tags                 varchar[] not null,
    agency_prefix        varchar,
    published_at         timestamptz,
    published_on         date,
    published_precision  varchar check (published_precision in ('second', 'minute', 'day', 'month', 'year')),
    published_basis      varchar check (published_basis in ('metadata', 'label', 'dateline', 'listing', 'url')),
    published_not_before date,
    updated_at           timestamptz,
    view_count           bigint,
    language             varchar,
    word_count           integer not null,
    version              integer not null,
    version_count        integer not null,
    first_seen_at        timestamptz not null,
    last_seen_at         timestamptz not null,
    status               varchar not null check (status in ('live', 'missing', 'gone')),
    duplicate_of         varchar,
    story_id             varchar,
    capture_id           varchar not null,
    reader_version       varchar not null
);
comment on table bulletin is 'One row a bulletin: its current version. Content from the first capture of that version.';
comment on column bulletin.bulletin_id is 'First 16 hex digits of sha256 of source_id, newline, URL key.';
comment on column bulletin.source_id is 'Source that published it.';
comment on column bulletin.url is 'First requested URL of its key.';
comment on column bulletin.title is 'Title as published; NULL: the page shows none, field_evidence says why.';
comment on column bulletin.lead is 'Lead printed as its own block; otherwise the first paragraph again.';
comment on column bulletin.body is 'Paragraphs joined by a blank line, without furniture, agency prefix and end marks; a lead block and captions are not in it.';
comment on column bulletin.captions is 'Captions of its pictures, in order.';
comment on column bulletin.byline is 'Credit line as printed.';
comment on column bulletin.authors is 'Names of who wrote it, from the byline.';
comment on column bulletin.photographers is 'Names of who took the pictures, from the byline.';
comment on column bulletin.section is 'Section of the site it stands in.';
comment on column bulletin.tags is 'Keywords the publisher gave it.';
comment on column bulletin.agency_prefix is 'Abbreviation before the first sentence, e.g. QK2.';
comment on column bulletin.published_at is 'Instant of publication where minute or second are known.';
comment on column bulletin.published_on is 'Calendar day of publication in Vietnam (UTC+7).';
comment on column bulletin.published_precision is 'How exact: second, minute, day, month, year.';
comment on column bulletin.published_basis is 'Where from: metadata, label, dateline, listing, url.';
comment on column bulletin.published_not_before is 'Where no date is known: latest calendar day the text speaks of as past; a lower bound.';
comment on column bulletin.updated_at is 'Instant of the publisher''s own last change, as the page says.';
comment on column bulletin.view_count is 'Readers'' counter on the page, at the latest capture that is a bulletin.';
comment on column bulletin.language is 'vi, en; NULL where not clear.';
comment on column bulletin.word_count is 'White-space-separated tokens of body.';
comment on column bulletin.version is 'Number of the current version, from 1.';
comment on column bulletin.version_count is 'Number of versions seen.';
comment on column bulletin.first_seen_at is 'Instant of the first capture that is a bulletin.';
comment on column bulletin.last_seen_at is 'Instant of the latest capture that is a bulletin.';
comment on column bulletin.status is 'live; missing: another page answers in its place; gone: 404 or 410.';
comment on column bulletin.duplicate_of is 'bulletin_id of the one it repeats; NULL: none known.';
comment on column bulletin.story_id is 'Story it belongs to; NULL: none known.';
comment on column bulletin.capture_id is 'First capture of the current version.';
comment on column bulletin.reader_version is 'Reader that read that capture.';

create table bulletin_version (
    bulletin_id          varchar not null,
    version              integer not null,
    valid_from           timestamptz not null,
    valid_to             timestamptz,
    change_kind          varchar not null check (change_kind in ('first', 'edit')),
    changed_fields       varchar[] not null,
    capture_id           varchar not null,
    title                varchar,
    lead                 varchar,
    body                 varchar,
    captions             varchar[] not null,
    byline               varchar,
    authors              varchar[] not null,
    photographers        varchar[] not null,
    section              varchar,
    tags                 varchar[] not null,
    agency_prefix        varchar,
    published_at         timestamptz,
    published_on         date,
    published_precision  varchar check (published_precision in ('second', 'minute', 'day', 'month', 'year')),
    published_basis      varchar check (published_basis in ('metadata', 'label', 'dateline', 'listing', 'url')),
    published_not_before date,
    updated_at           timestamptz,
    language             varchar,
    word_count           integer not null,
    primary key (bulletin_id, version)
);
comment on table bulletin_version is 'Every version a bulletin had. Its content columns are title to word_count of bulletin without view_count, whose change is no edit.';
comment on column bulletin_version.bulletin_id is 'Bulletin it is a version of.';
comment on column bulletin_version.version is 'From 1, in the order of capture.';
comment on column bulletin_version.valid_from is 'Instant of its first capture.';
comment on column bulletin_version.valid_to is 'Instant of the next version''s first capture; NULL: current.';
comment on column bulletin_version.change_kind is 'first; edit: differs from the capture before it, both read by the same reader version.';
comment on column bulletin_version.changed_fields is 'Content columns that differ from the capture before it; empty for first.';
comment on column bulletin_version.capture_id is 'Its first capture, which the content is of.';
comment on column bulletin_version.title is 'As in bulletin, at that version.';
comment on column bulletin_version.lead is 'As in bulletin, at that version.';
comment on column bulletin_version.body is 'As in bulletin, at that version.';
comment on column bulletin_version.captions is 'As in bulletin, at that version.';
comment on column bulletin_version.byline is 'As in bulletin, at that version.';
comment on column bulletin_version.authors is 'As in bulletin, at that version.';
comment on column bulletin_version.photographers is 'As in bulletin, at that version.';
comment on column bulletin_version.section is 'As in bulletin, at that version.';
comment on column bulletin_version.tags is 'As in bulletin, at that version.';
comment on column bulletin_version.agency_prefix is 'As in bulletin, at that version.';
comment on column bulletin_version.published_at is 'As in bulletin, at that version.';
comment on column bulletin_version.published_on is 'As in bulletin, at that version; calendar day in Vietnam (UTC+7).';
comment on column bulletin_version.published_precision is 'As in bulletin, at that version.';
comment on column bulletin_version.published_basis is 'As in bulletin, at that version.';
comment on column bulletin_version.published_not_before is 'As in bulletin, at that version; a lower bound.';
comment on column bulletin_version.updated_at is 'As in bulletin, at that version.';
comment on column bulletin_version.language is 'As in bulletin, at that version.';
comment on column bulletin_version.word_count is 'As in bulletin, at that version.';

create table bulletin_status (
    bulletin_id varchar not null,
    status      varchar not null check (status in ('live', 'missing', 'gone')),
    since       timestamptz not null,
    evidence    varchar not null,
    capture_id  varchar not null
);
comment on table bulletin_status is 'One row each time a bulletin''s status changed, the first live included.';
comment on column bulletin_status.bulletin_id is 'Bulletin it is about.';
comment on column bulletin_status.status is 'live, missing, gone.';
comment on column bulletin_status.since is 'Instant of the capture that showed it.';
comment on column bulletin_status.evidence is 'What that capture showed, in words.';
comment on column bulletin_status.capture_id is 'That capture.';

create table bulletin_line (
    bulletin_id varchar not null,
    version     integer not null,
    line_no     integer not null,
    role        varchar not null check (role in (
        'title', 'lead', 'body', 'caption', 'byline', 'section', 'published', 'view_count', 'junk')),
    rule        varchar not null,
    text        varchar not null
);
comment on table bulletin_line is 'Lines of the article (of plain text: all lines) of the first capture of each version. Page furniture is counted in boilerplate.';
comment on column bulletin_line.bulletin_id is 'Bulletin.';
comment on column bulletin_line.version is 'Its version.';
comment on column bulletin_line.line_no is 'From 1, in page order; furniture is counted too, so numbers may have gaps.';
comment on column bulletin_line.role is 'title, lead, body, caption, byline, section, published, view_count, junk.';
comment on column bulletin_line.rule is 'Rule that gave the role.';
comment on column bulletin_line.text is 'Line as published: NFC, trimmed, white-space runs made one.';

create table boilerplate (
    source_id     varchar not null,
    layout        varchar not null,
    text          varchar not null,
    role          varchar not null check (role in (
        'title', 'lead', 'body', 'caption', 'byline', 'section', 'published', 'view_count', 'junk', 'furniture')),
    rule          varchar not null,
    pages         bigint not null,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null
);
comment on table boilerplate is 'Lines outside the article, counted over the captures that the current versions of a source''s bulletins come from.';
comment on column boilerplate.source_id is 'Source.';
comment on column boilerplate.layout is 'Layout they belong to; empty: none.';
comment on column boilerplate.text is 'Line as published; empty for readers'' comments and lines with a phone number or an e-mail address, which are only counted.';
comment on column boilerplate.role is 'Role the line got, usually furniture.';
comment on column boilerplate.rule is 'Rule that gave the role.';
comment on column boilerplate.pages is 'Number of bulletins that show it; where text is empty, number of such lines.';
comment on column boilerplate.first_seen_at is 'Instant of the earliest of those captures.';
comment on column boilerplate.last_seen_at is 'Instant of the latest of those captures.';

create table field_evidence (
    bulletin_id  varchar not null,
    version      integer not null,
    field        varchar not null,
    candidate_no integer not null,
    value        varchar,
    method       varchar not null,
    evidence     varchar not null,
    chosen       boolean not null,
    reason       varchar not null
);
comment on table field_evidence is 'Candidates of each field of each version and why one won, or why the field is NULL.';
comment on column field_evidence.bulletin_id is 'Bulletin.';
comment on column field_evidence.version is 'Its version.';
comment on column field_evidence.field is 'Column of bulletin.';
comment on column field_evidence.candidate_no is 'From 1, best first; 0: the field stayed NULL, reason says why.';
comment on column field_evidence.value is 'Value as text: ISO 8601 for dates, decimal digits for counts.';
comment on column field_evidence.method is 'Kind of place it was found in, e.g. json-ld, h1, line.';
comment on column field_evidence.evidence is 'Text it was read from.';
comment on column field_evidence.chosen is 'Whether it is the value in bulletin.';
comment on column field_evidence.reason is 'Why it won, lost, or is missing.';
