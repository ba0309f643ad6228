-- Who, what, when, where, how much: what normalization finds in each version of each bulletin, and whom it takes for one.
create table organization (
    organization_id varchar primary key,
    name            varchar not null,
    abbreviation    varchar,
    unit_code       varchar,
    kind            varchar not null,
    sphere          varchar,
    military_region varchar,
    parent_id       varchar,
    valid_from      date,
    valid_to        date
);
comment on table organization is 'Organizations that bulletins name, and those they are known to belong to.';
comment on column organization.organization_id is '16 hex digits over its canonical name and, where several bear that name, its owner''s.';
comment on column organization.name is 'Canonical name in full; of several forms the one most bulletins use.';
comment on column organization.abbreviation is 'Abbreviation, as texts define it or known.';
comment on column organization.unit_code is 'Unit code, e.g. H06.';
comment on column organization.kind is 'Class of its head word, e.g. department, division, hospital, party.';
comment on column organization.sphere is 'army, police, health, state, party …; NULL: not known.';
comment on column organization.military_region is 'Number of the military region it is or belongs to.';
comment on column organization.parent_id is 'Organization it belongs to, by most bulletins that say so, the latest where these are as many.';
comment on column organization.valid_from is 'Day it came into being under this name, where that is known.';
comment on column organization.valid_to is 'Last day under this name; NULL: not known to have ended.';

create table organization_alias (
    alias           varchar not null,
    organization_id varchar not null,
    alias_kind      varchar not null check (alias_kind in ('name', 'abbreviation', 'unit_code', 'alias')),
    scope           varchar not null
);
comment on table organization_alias is 'Words that stood for an organization.';
comment on column organization_alias.alias is 'The words, as one bulletin has them.';
comment on column organization_alias.organization_id is 'What they stood for.';
comment on column organization_alias.alias_kind is 'name, abbreviation, unit_code; alias: a bare head word (Quân khu, bệnh viện), which means it only here.';
comment on column organization_alias.scope is 'Source in which they stood for it; empty: in all that use them.';

create table organization_mention (
    bulletin_id     varchar not null,
    version         integer not null,
    organization_id varchar not null,
    line_no         integer not null,
    char_start      integer not null,
    char_end        integer not null,
    surface         varchar not null,
    zone            varchar not null check (zone in ('title', 'lead', 'body', 'caption', 'byline'))
);
comment on table organization_mention is 'Places where bulletins name organizations; one may stand inside a longer one.';
comment on column organization_mention.bulletin_id is 'Bulletin.';
comment on column organization_mention.version is 'Its version.';
comment on column organization_mention.organization_id is 'Organization.';
comment on column organization_mention.line_no is 'Line of bulletin_line.';
comment on column organization_mention.char_start is 'First code point in the line''s text, from 0.';
comment on column organization_mention.char_end is 'End in the line''s text, exclusive.';
comment on column organization_mention.surface is 'The words of the line.';
comment on column organization_mention.zone is 'Role of the line: title, lead, body, caption.';

create table person (
    person_id     varchar primary key,
    full_name     varchar not null,
    folded_name   varchar not null,
    sphere        varchar,
    first_seen_on date,
    last_seen_on  date,
    merge_basis   varchar not null
);
comment on table person is 'Officials and named authors. One name may be several people: they are one only where organization, post, rank or byline goes on.';
comment on column person.person_id is '16 hex digits over the name and the earliest published bulletin that names this person.';
comment on column person.full_name is 'Full name; of several spellings the most frequent.';
comment on column person.folded_name is 'fold(full_name), to search by; never an identity.';
comment on column person.sphere is 'Sphere of most of the sources that name the person.';
comment on column person.first_seen_on is 'Earliest day of publication of the bulletins that name the person.';
comment on column person.last_seen_on is 'Latest such day.';
comment on column person.merge_basis is 'What made its mentions one person: single (one bulletin), organization, post, rank, byline, name; what keeps others of the name apart.';

create table person_mention (
    bulletin_id  varchar not null,
    version      integer not null,
    person_id    varchar not null,
    line_no      integer not null,
    char_start   integer not null,
    char_end     integer not null,
    surface      varchar not null,
    zone         varchar not null check (zone in ('title', 'lead', 'body', 'caption', 'byline')),
    mention_kind varchar not null check (mention_kind in ('full', 'short', 'title_only', 'author', 'photographer')),
    rank         varchar,
    title        varchar
);
comment on table person_mention is 'Places where bulletins name people.';
comment on column person_mention.bulletin_id is 'Bulletin.';
comment on column person_mention.version is 'Its version.';
comment on column person_mention.person_id is 'Person.';
comment on column person_mention.line_no is 'Line of bulletin_line.';
comment on column person_mention.char_start is 'First code point in the line''s text, from 0.';
comment on column person_mention.char_end is 'End in the line''s text, exclusive.';
comment on column person_mention.surface is 'The words of the line, with rank and titles.';
comment on column person_mention.zone is 'Role of the line: title, lead, body, caption, byline.';
comment on column person_mention.mention_kind is 'full; short: given name after a rank; title_only: by the post; author, photographer: in the byline.';
comment on column person_mention.rank is 'Rank given here, canonical.';
comment on column person_mention.title is 'Academic, medical and honorary titles given here, in full, comma between.';

create table person_position (
    bulletin_id     varchar not null,
    version         integer not null,
    person_id       varchar not null,
    position        varchar not null,
    organization_id varchar,
    rank            varchar,
    as_of           date,
    status          varchar not null check (status in ('current', 'acting', 'former', 'appointed')),
    line_no         integer not null
);
comment on table person_position is 'Posts that bulletins give people, once for each bulletin, post and organization.';
comment on column person_position.bulletin_id is 'Bulletin.';
comment on column person_position.version is 'Its version.';
comment on column person_position.person_id is 'Person.';
comment on column person_position.position is 'Post without its organization, canonical.';
comment on column person_position.organization_id is 'Where; NULL: the text does not say.';
comment on column person_position.rank is 'Rank the bulletin gives the person.';
comment on column person_position.as_of is 'Day the statement is of: publication, else the bulletin''s lower bound.';
comment on column person_position.status is 'current; acting: quyền, phụ trách; former: nguyên; appointed: is being given it.';
comment on column person_position.line_no is 'First line that says it.';

create table document (
    document_id   varchar primary key,
    document_type varchar not null,
    number        varchar,
    issuer_id     varchar,
    issued_on     date,
    subject       varchar
);
comment on table document is 'Official documents that bulletins name.';
comment on column document.document_id is '16 hex digits over type, number and issuer, or type and title.';
comment on column document.document_type is 'Canonical type, e.g. Nghị quyết.';
comment on column document.number is 'Number, the fullest form any bulletin gives; NULL: named by its title.';
comment on column document.issuer_id is 'Organization that issued it, where bulletins or the letters of the number say so.';
comment on column document.issued_on is 'Day of issue, where a bulletin tells it.';
comment on column document.subject is 'What it is about, the most frequent wording.';

create table document_mention (
    bulletin_id varchar not null,
    version     integer not null,
    document_id varchar not null,
    line_no     integer not null,
    char_start  integer not null,
    char_end    integer not null,
    surface     varchar not null,
    zone        varchar not null check (zone in ('title', 'lead', 'body', 'caption', 'byline'))
);
comment on table document_mention is 'Places where bulletins name documents.';
comment on column document_mention.bulletin_id is 'Bulletin.';
comment on column document_mention.version is 'Its version.';
comment on column document_mention.document_id is 'Document.';
comment on column document_mention.line_no is 'Line of bulletin_line.';
comment on column document_mention.char_start is 'First code point in the line''s text, from 0.';
comment on column document_mention.char_end is 'End in the line''s text, exclusive.';
comment on column document_mention.surface is 'The words of the line.';
comment on column document_mention.zone is 'Role of the line: title, lead, body, caption.';

create table event (
    event_id     varchar primary key,
    bulletin_id  varchar not null,
    version      integer not null,
    event_type   varchar not null,
    subtype      varchar,
    topic        varchar,
    start_date   date,
    end_date     date,
    precision    varchar,
    part_of_day  varchar,
    place        varchar,
    mode         varchar check (mode in ('in_person', 'online', 'hybrid')),
    organizer_id varchar,
    date_basis   varchar check (date_basis in ('text', 'published')),
    line_no      integer not null
);
comment on table event is 'Events that bulletins report, one to three each.';
comment on column event.event_id is '16 hex digits over bulletin, version and number of the event in it.';
comment on column event.bulletin_id is 'Bulletin.';
comment on column event.version is 'Its version.';
comment on column event.event_type is 'Canonical type, e.g. hội nghị tổng kết.';
comment on column event.subtype is 'A second type told in one breath.';
comment on column event.topic is 'What it was about, as written.';
comment on column event.start_date is 'First day; NULL: the text tells none.';
comment on column event.end_date is 'Last day.';
comment on column event.precision is 'How exact: minute, day, month …';
comment on column event.part_of_day is 'rạng sáng, sáng, trưa, chiều, tối, đêm.';
comment on column event.place is 'Where, as written.';
comment on column event.mode is 'in_person, online, hybrid; NULL: not told.';
comment on column event.organizer_id is 'Organization that held it.';
comment on column event.date_basis is 'text: the year is written; published: counted from the day of publication.';
comment on column event.line_no is 'Line of bulletin_line that announces it.';

create table event_participant (
    event_id        varchar not null,
    person_id       varchar,
    organization_id varchar,
    role            varchar not null check (role in (
        'chair', 'attend', 'report', 'speak', 'direct', 'conclude', 'receive', 'award', 'sign', 'inspect')),
    line_no         integer not null
);
comment on table event_participant is 'Who did what at an event: a person or an organization.';
comment on column event_participant.event_id is 'Event.';
comment on column event_participant.person_id is 'Person; NULL: an organization.';
comment on column event_participant.organization_id is 'Organization; NULL: a person.';
comment on column event_participant.role is 'chair (chủ trì), attend (dự), report (báo cáo), speak (phát biểu), direct (chỉ đạo), conclude (kết luận), receive, award, sign, inspect.';
comment on column event_participant.line_no is 'First line that says it.';

create table programme_mention (
    bulletin_id varchar not null,
    version     integer not null,
    name        varchar not null,
    kind        varchar not null check (kind in ('programme', 'campaign', 'slogan')),
    line_no     integer not null,
    char_start  integer not null,
    char_end    integer not null
);
comment on table programme_mention is 'Programmes, campaigns and slogans that bulletins name.';
comment on column programme_mention.bulletin_id is 'Bulletin.';
comment on column programme_mention.version is 'Its version.';
comment on column programme_mention.name is 'Its name, without quotes.';
comment on column programme_mention.kind is 'programme, campaign, slogan.';
comment on column programme_mention.line_no is 'Line of bulletin_line.';
comment on column programme_mention.char_start is 'First code point in the line''s text, from 0.';
comment on column programme_mention.char_end is 'End in the line''s text, exclusive.';

create table quantity (
    bulletin_id varchar not null,
    version     integer not null,
    line_no     integer not null,
    char_start  integer not null,
    char_end    integer not null,
    surface     varchar not null,
    value       double not null,
    value_max   double,
    unit        varchar,
    counts      varchar,
    qualifier   varchar not null check (qualifier in (
        'eq', 'gt', 'lt', 'approx', 'range', 'of', 'change_up', 'change_down', 'multiplier', 'vague'))
);
comment on table quantity is 'Numbers with what they count or measure; dates, document numbers and names are none.';
comment on column quantity.bulletin_id is 'Bulletin.';
comment on column quantity.version is 'Its version.';
comment on column quantity.line_no is 'Line of bulletin_line.';
comment on column quantity.char_start is 'First code point in the line''s text, from 0.';
comment on column quantity.char_end is 'End in the line''s text, exclusive.';
comment on column quantity.surface is 'The words of the line.';
comment on column quantity.value is 'In `unit`; negative for a decrease; of a range its lower end.';
comment on column quantity.value_max is 'Upper end of a range; of 9/10 the 10.';
comment on column quantity.unit is 'percent, VND, USD, kg, m2, m3, ha, km, times, ordinal … or the counted noun; NULL: none.';
comment on column quantity.counts is 'What is counted, as written; NULL: nothing.';
comment on column quantity.qualifier is 'eq, gt (over), lt (nearly), approx, range, of (x out of y), change_up, change_down, multiplier, vague.';

create table award (
    bulletin_id     varchar not null,
    version         integer not null,
    award           varchar not null,
    giver_id        varchar,
    groups          bigint,
    persons         bigint,
    person_id       varchar,
    organization_id varchar,
    status          varchar not null check (status in ('given', 'proposed', 'held')),
    line_no         integer not null
);
comment on table award is 'Awards that bulletins report.';
comment on column award.bulletin_id is 'Bulletin.';
comment on column award.version is 'Its version.';
comment on column award.award is 'Name of the award, canonical.';
comment on column award.giver_id is 'Organization that gives it.';
comment on column award.groups is 'Number of groups it goes to; NULL: not told.';
comment on column award.persons is 'Number of people it goes to; NULL: not told.';
comment on column award.person_id is 'Person it goes to, where one is named.';
comment on column award.organization_id is 'Organization it goes to, where one is named.';
comment on column award.status is 'given; proposed (đề nghị … khen thưởng); held: was given before.';
comment on column award.line_no is 'Line of bulletin_line.';

create table period (
    bulletin_id varchar not null,
    version     integer not null,
    surface     varchar not null,
    kind        varchar not null,
    start_date  date,
    end_date    date,
    line_no     integer not null
);
comment on table period is 'Stretches of time that bulletins report on.';
comment on column period.bulletin_id is 'Bulletin.';
comment on column period.version is 'Its version.';
comment on column period.surface is 'The words of the line.';
comment on column period.kind is 'half, quarter, months, year, years, term, school_year, decade …';
comment on column period.start_date is 'First day; NULL: open or not known.';
comment on column period.end_date is 'Last day; NULL: open or not known.';
comment on column period.line_no is 'Line of bulletin_line.';

create table story (
    story_id    varchar not null,
    bulletin_id varchar primary key,
    kind        varchar not null check (kind in ('original', 'reprint', 'edited', 'teaser')),
    similarity  double not null,
    reason      varchar not null
);
comment on table story is 'Bulletins that tell one and the same text, across sources: one row a bulletin; bulletin.story_id is the same.';
comment on column story.story_id is 'Story: 16 hex digits over its original''s bulletin_id.';
comment on column story.bulletin_id is 'Bulletin that belongs to it.';
comment on column story.kind is 'original (the likely one), reprint, edited, teaser.';
comment on column story.similarity is 'Jaccard of 3-syllable runs, 0 to 1, of the weakest pair on the best way to the original; of a teaser the share of its own.';
comment on column story.reason is 'Why it is taken for the original, or for a copy, in words.';

-- What the tables above are made of, and what is asked when more comes.
create table bantin.normalized (
    bulletin_id varchar not null,
    version     integer not null,
    digest      varchar not null,
    primary key (bulletin_id, version)
);
comment on table bantin.normalized is 'Versions whose mentions are in the tables.';
comment on column bantin.normalized.bulletin_id is 'Bulletin.';
comment on column bantin.normalized.version is 'Its version.';
comment on column bantin.normalized.digest is 'Of all that normalization asked of it.';

create table bantin.normalizer (
    source_id varchar primary key,
    key       varchar not null
);
comment on table bantin.normalizer is 'With what a source''s bulletins were normalized: another key, and they are again.';
comment on column bantin.normalizer.source_id is 'Source.';
comment on column bantin.normalizer.key is 'Version of normalization, publisher and sphere of the source.';

create table bantin.appearance (
    bulletin_id   varchar not null,
    version       integer not null,
    name_key      varchar not null,
    name          varchar not null,
    ranks         integer[] not null,
    posts         varchar[] not null,
    organizations varchar[] not null,
    authored      boolean not null,
    person_id     varchar
);
comment on table bantin.appearance is 'People as single versions of bulletins name them, before those of one name are told apart.';
comment on column bantin.appearance.bulletin_id is 'Bulletin.';
comment on column bantin.appearance.version is 'Its version.';
comment on column bantin.appearance.name_key is 'Name in one spelling; marks stay.';
comment on column bantin.appearance.name is 'Name as written.';
comment on column bantin.appearance.ranks is 'Orders of the ranks given, 1 to 17.';
comment on column bantin.appearance.posts is 'Posts given.';
comment on column bantin.appearance.organizations is 'Organizations of these posts and those above them that are not too wide to tell people apart.';
comment on column bantin.appearance.authored is 'Named in the byline only.';
comment on column bantin.appearance.person_id is 'Whom it was taken for.';

create table bantin.found_organization (
    bulletin_id     varchar not null,
    version         integer not null,
    organization_id varchar not null,
    name            varchar not null,
    abbreviation    varchar,
    unit_code       varchar,
    kind            varchar not null,
    sphere          varchar,
    military_region varchar,
    parent_id       varchar,
    valid_from      date,
    valid_to        date
);
comment on table bantin.found_organization is 'Organizations as single versions of bulletins know them.';
comment on column bantin.found_organization.bulletin_id is 'Bulletin.';
comment on column bantin.found_organization.version is 'Its version.';
comment on column bantin.found_organization.organization_id is 'As in organization.';
comment on column bantin.found_organization.name is 'Name there.';
comment on column bantin.found_organization.abbreviation is 'As in organization.';
comment on column bantin.found_organization.unit_code is 'As in organization.';
comment on column bantin.found_organization.kind is 'As in organization.';
comment on column bantin.found_organization.sphere is 'As in organization.';
comment on column bantin.found_organization.military_region is 'As in organization.';
comment on column bantin.found_organization.parent_id is 'As in organization.';
comment on column bantin.found_organization.valid_from is 'As in organization.';
comment on column bantin.found_organization.valid_to is 'As in organization.';

create table bantin.found_alias (
    bulletin_id     varchar not null,
    version         integer not null,
    alias           varchar not null,
    organization_id varchar not null,
    alias_kind      varchar not null
);
comment on table bantin.found_alias is 'Words by which single versions of bulletins name organizations.';
comment on column bantin.found_alias.bulletin_id is 'Bulletin.';
comment on column bantin.found_alias.version is 'Its version.';
comment on column bantin.found_alias.alias is 'The words.';
comment on column bantin.found_alias.organization_id is 'What they stood for.';
comment on column bantin.found_alias.alias_kind is 'name, abbreviation, unit_code, alias.';

create table bantin.found_document (
    bulletin_id   varchar not null,
    version       integer not null,
    line_no       integer not null,
    char_start    integer not null,
    document_type varchar not null,
    number        varchar,
    short_number  varchar,
    issuer_id     varchar,
    issued_on     date,
    subject       varchar,
    own_id        varchar not null,
    document_id   varchar
);
comment on table bantin.found_document is 'Documents as single mentions name them, before short numbers are resolved.';
comment on column bantin.found_document.bulletin_id is 'Bulletin.';
comment on column bantin.found_document.version is 'Its version.';
comment on column bantin.found_document.line_no is 'Line.';
comment on column bantin.found_document.char_start is 'First code point.';
comment on column bantin.found_document.document_type is 'Type.';
comment on column bantin.found_document.number is 'Number as printed.';
comment on column bantin.found_document.short_number is 'Its digits before the letters.';
comment on column bantin.found_document.issuer_id is 'Issuer.';
comment on column bantin.found_document.issued_on is 'Day of issue.';
comment on column bantin.found_document.subject is 'Subject.';
comment on column bantin.found_document.own_id is 'The document by these words alone.';
comment on column bantin.found_document.document_id is 'The document it was taken for.';

create table bantin.found_doubt (
    bulletin_id varchar not null,
    version     integer not null,
    rule        varchar not null,
    severity    varchar not null,
    detail      varchar not null
);
comment on table bantin.found_doubt is 'Failed checks of single versions; those of current ones are in issue.';
comment on column bantin.found_doubt.bulletin_id is 'Bulletin.';
comment on column bantin.found_doubt.version is 'Its version.';
comment on column bantin.found_doubt.rule is 'parts-and-total, list-and-count, event-after-publication, weekday-mismatch, not-normalized.';
comment on column bantin.found_doubt.severity is 'warning, error.';
comment on column bantin.found_doubt.detail is 'In words.';

create table bantin.sketch (
    bulletin_id varchar not null,
    digest      varchar not null,
    content     blob,
    signature   blob,
    marks       blob,
    day         date
);
comment on table bantin.sketch is 'Sketches of current versions (pipelines.normalize.sketches), to find bulletins that tell one story.';
comment on column bantin.sketch.bulletin_id is 'Bulletin.';
comment on column bantin.sketch.digest is 'Of title, lead, body and day of publication.';
comment on column bantin.sketch.content is 'Equal where title, lead and body are; NULL: too little text to know a story by.';
comment on column bantin.sketch.signature is 'MinHash.';
comment on column bantin.sketch.marks is 'Rare shingles of title and head.';
comment on column bantin.sketch.day is 'Day of publication.';

create table bantin.sketch_key (
    bulletin_id varchar not null,
    key         bigint not null
);
comment on table bantin.sketch_key is 'Two bulletins that share a key may tell one story.';
comment on column bantin.sketch_key.bulletin_id is 'Bulletin.';
comment on column bantin.sketch_key.key is 'Of its sketch.';

create table bantin.story_pair (
    one        varchar not null,
    other      varchar not null,
    kind       varchar not null,
    similarity double not null,
    days       integer,
    why        varchar not null
);
comment on table bantin.story_pair is 'Two bulletins that tell one story.';
comment on column bantin.story_pair.one is 'One; of a teaser the teaser.';
comment on column bantin.story_pair.other is 'The other.';
comment on column bantin.story_pair.kind is 'reprint, edited, teaser.';
comment on column bantin.story_pair.similarity is '0 to 1.';
comment on column bantin.story_pair.days is 'Days between their publications.';
comment on column bantin.story_pair.why is 'In words.';
