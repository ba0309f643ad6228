-- The frontier of one source: every URL ever seen and its state, the pages that list them, what each crawl did.
-- Instants are unix seconds. Written by whoever holds crawl/<source>.lock, read by anybody.
create table if not exists meta (version integer not null, schema integer not null);
insert into meta select 0, 1 where not exists (select * from meta);

create table if not exists url (
    key            text primary key,      -- URL key of the source's rules
    url            text not null,         -- as first listed, or its newer address
    month          text not null,         -- YYYY-MM, Asia/Ho_Chi_Minh
    month_rank     integer not null,      -- 0 date in the URL, 1 list item, 2 news sitemap, 3 month of discovery
    listed_date    text,                  -- day a list gave it, YYYY-MM-DD
    listed_on      text,                  -- URL of the page that listed it first
    discovered_via text not null,
    discovered_at  real not null,
    modified_at    real,                  -- newest lastmod a list gave: a hint to look again, never a date
    state          text not null,
    reason         text,
    tries          integer not null default 0,
    failures       integer not null default 0,
    last_fetch_at  real,
    next_fetch_at  real,
    etag           text,
    last_modified  text,
    payload_sha256 text
) without rowid;
create index if not exists url_waiting on url (month desc, next_fetch_at) where state = 'waiting';
create index if not exists url_revisit on url (next_fetch_at) where state <> 'waiting' and next_fetch_at is not null;

create table if not exists alias (        -- listed, but the key comes from another URL: see crawlers/aliases.py
    url    text primary key,
    key    text not null,
    reason text not null,                 -- twin, moved, same-page
    since  real not null                  -- when a list showed it first
) without rowid;

create table if not exists page (         -- a page that lists: sitemap, feed, list page, one page of a form, robots.txt
    page           text primary key,      -- its URL key; of a POST with a digest of the fields that choose the page
    key            text not null,         -- its URL key
    url            text not null,
    way            text not null,         -- which [[discover]] led to it: kind and URL; `robots`
    etag           text,
    last_modified  text,
    payload_sha256 text,
    fetched_at     real not null,
    changed_at     real not null,         -- when its bytes changed last
    next_pages     text not null,         -- JSON, for a 304
    problem        text,                  -- why nothing, or not all, could be read
    read_at        real not null          -- when its bytes were sent last, the same or others: not a 304
) without rowid;
create index if not exists page_way on page (way);

create table if not exists list_key (     -- every address ever asked for as a list or robots.txt; nothing leaves it
    key text primary key
) without rowid;

create table if not exists listed (page text not null, key text not null, primary key (page, key)) without rowid;
create index if not exists listed_key on listed (key);

create table if not exists walk (
    run_id      text not null,
    way         text not null,
    started_at  real not null,
    ended_at    real not null,
    complete    integer not null,         -- saw all the publisher lists there
    pages       integer not null,
    items       integer not null,
    unknown     integer not null,
    stop_reason text not null,
    primary key (way, started_at)
) without rowid;

create table if not exists way_difference (   -- what two ways of discovery, both walked to their end, do not both list
    way_a    text not null,                   -- feed, pages or sitemap: all ways of that kind
    way_b    text not null,
    name_a   text not null,                   -- the ways, for people
    name_b   text not null,
    count_a  integer not null,            -- bulletins that way_a lists
    count_b  integer not null,
    only_a   integer not null,            -- of these, those that way_b should list and does not
    only_b   integer not null,
    examples text not null,               -- JSON: [[URLs only way_a lists], [URLs only way_b lists]], a few
    since    real not null,               -- when they differed first, without agreeing since
    at       real not null,               -- when they were compared last
    primary key (way_a, way_b)
) without rowid;

create table if not exists delisting (
    key      text not null,
    listed   integer not null,
    at       real not null,
    evidence text not null,
    primary key (key, at)
) without rowid;

create table if not exists vanished (     -- left the lists; its page is looked at before anything is said
    key text primary key, at real not null, evidence text not null
) without rowid;

create table if not exists departed (     -- was on a page of this way and is no more; gone as soon as any list shows it
    key text not null, way text not null, primary key (key, way)
) without rowid;

create table if not exists suspect (      -- left the lists together with too many others to be believed at once
    key text primary key, at real not null
) without rowid;

create table if not exists segment (warc_file text primary key) without rowid;  -- whose records are all in here

create table if not exists run (
    run_id       text primary key,
    command      text not null,
    started_at   real not null,
    ended_at     real,                    -- null: under way, or killed
    outcome      text not null,
    listed       integer not null default 0,
    discovered   integer not null default 0,
    fetched      integer not null default 0,
    not_modified integer not null default 0,
    gone         integer not null default 0,
    failed       integer not null default 0
) without rowid;

create table if not exists answer_size (  -- of answers with 2xx and a body, ever, for plans; no page has its size here
    role    text primary key,             -- page, or list: list pages and robots.txt
    n       integer not null,
    total   integer not null,             -- bytes of their bodies as received, before any decoding
    squares real not null                 -- sum of the squares of these
) without rowid;

create table if not exists robots_txt (   -- latest 2xx answer of each that has validators: what a 304 stands for
    url           text primary key,
    etag          text,
    last_modified text,
    payload       blob not null,          -- freed of its codings
    read_at       real not null           -- when it was sent last: not a 304
) without rowid;
