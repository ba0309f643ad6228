-- What a crawl knows besides captures: addresses it did not read yet, what it left out, what left the publisher's lists.
create table coverage (
    source_id    varchar not null,
    month        varchar not null,
    discovered   bigint not null,
    loaded       bigint not null,
    duplicate    bigint not null,
    not_bulletin bigint not null,
    excluded     bigint not null,
    gone         bigint not null,
    failed       bigint not null,
    waiting      bigint not null,
    missing      bigint not null,
    primary key (source_id, month)
);
comment on table coverage is 'What became of every address of a source and month: discovered = loaded + duplicate + not_bulletin + excluded + gone + failed + waiting.';
comment on column coverage.source_id is 'Source.';
comment on column coverage.month is 'Month, YYYY-MM; see url.month.';
comment on column coverage.discovered is 'Addresses known, counted before their states are judged: the other numbers must add up to it.';
comment on column coverage.loaded is 'URLs in state fetched: their bulletins are in the warehouse.';
comment on column coverage.duplicate is 'URLs in state duplicate.';
comment on column coverage.not_bulletin is 'URLs in state not_bulletin.';
comment on column coverage.excluded is 'URLs in state excluded.';
comment on column coverage.gone is 'URLs in state gone.';
comment on column coverage.failed is 'URLs in state failed.';
comment on column coverage.waiting is 'URLs in state waiting.';
comment on column coverage.missing is 'failed + waiting: the holes.';

create table view_count (
    bulletin_id varchar not null,
    observed_at timestamptz not null,
    views       bigint not null
);
comment on table view_count is 'Readers'' counters: one row a capture that is a bulletin and shows one.';
comment on column view_count.bulletin_id is 'Bulletin.';
comment on column view_count.observed_at is 'Instant of the capture.';
comment on column view_count.views is 'Count the page showed.';

comment on column url.discovered_via is 'How we came to know it: ingest, or the kind of listing that first named it.';
comment on column url.tries is 'Requests made for it; of ingested files the number of captures.';
comment on column url.last_fetch_at is 'Instant of the latest request; of ingested files of the latest capture.';
comment on column bulletin.status is 'live; missing: another page answers in its place, or the publisher''s lists dropped it; gone: 404 or 410.';
comment on column bulletin_status.since is 'Instant of the capture that showed it; of a change of the publisher''s lists when that was seen.';
comment on column bulletin_status.evidence is 'What that capture or list showed, in words.';
comment on column bulletin_status.capture_id is 'That capture; where a list tells, the latest one before.';

-- No keys here: load makes each of these rows once and looks for doubles itself; an index of a million keys is not free.
create table bantin.read_url (
    bulletin_id    varchar not null,
    source_id      varchar not null,
    url            varchar not null,
    month          varchar not null,
    first_fetch_at timestamptz not null,
    last_fetch_at  timestamptz not null,
    tries          integer not null,
    state          varchar not null check (state in ('fetched', 'not_bulletin', 'gone', 'failed')),
    state_reason   varchar,
    ever_bulletin  boolean not null,
    no_page        boolean not null,
    requested      varchar[] not null,
    leads_to       varchar[] not null
);
comment on table bantin.read_url is 'What read results alone say of each URL key; url is made of this and bantin.frontier_url.';
comment on column bantin.read_url.bulletin_id is 'URL key, see url.bulletin_id.';
comment on column bantin.read_url.source_id is 'Source.';
comment on column bantin.read_url.url is 'Requested URL of the earliest capture.';
comment on column bantin.read_url.month is 'Month of the earliest capture (Asia/Ho_Chi_Minh), YYYY-MM.';
comment on column bantin.read_url.first_fetch_at is 'Instant of the earliest capture.';
comment on column bantin.read_url.last_fetch_at is 'Instant of the latest capture.';
comment on column bantin.read_url.tries is 'Number of captures.';
comment on column bantin.read_url.state is 'State by the captures: fetched, not_bulletin, gone, failed.';
comment on column bantin.read_url.state_reason is 'Why, in words.';
comment on column bantin.read_url.ever_bulletin is 'Whether any capture is a bulletin.';
comment on column bantin.read_url.no_page is 'Whether the latest capture is only an HTTP error or a block page.';
comment on column bantin.read_url.requested is 'All URLs requested for it.';
comment on column bantin.read_url.leads_to is 'Other URLs that answered for it with a bulletin, after a redirect.';

create table bantin.frontier (source_id varchar not null, version varchar not null);
comment on table bantin.frontier is 'Frontiers that the tables were made of.';
comment on column bantin.frontier.source_id is 'Source.';
comment on column bantin.frontier.version is 'Version it said it had.';

create table bantin.frontier_url (
    bulletin_id    varchar not null,
    source_id      varchar not null,
    url            varchar not null,
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
comment on table bantin.frontier_url is 'Rows of the frontiers as the crawls left them; columns as in url.';
comment on column bantin.frontier_url.bulletin_id is 'URL key.';
comment on column bantin.frontier_url.source_id is 'Source.';
comment on column bantin.frontier_url.url is 'As first listed.';
comment on column bantin.frontier_url.month is 'Month, YYYY-MM.';
comment on column bantin.frontier_url.discovered_at is 'Instant it was first listed.';
comment on column bantin.frontier_url.discovered_via is 'Kind of listing.';
comment on column bantin.frontier_url.listed_on is 'Page that listed it.';
comment on column bantin.frontier_url.state is 'State as the crawl left it, before it is read.';
comment on column bantin.frontier_url.state_reason is 'Why, in words.';
comment on column bantin.frontier_url.tries is 'Requests made.';
comment on column bantin.frontier_url.last_fetch_at is 'Instant of the latest request.';
comment on column bantin.frontier_url.next_fetch_at is 'Instant from which it may be fetched again.';

create table bantin.frontier_listing (bulletin_id varchar not null, source_id varchar not null);
comment on table bantin.frontier_listing is 'URL keys of pages that only list: sitemaps, feeds, list pages, robots.txt.';
comment on column bantin.frontier_listing.bulletin_id is 'URL key.';
comment on column bantin.frontier_listing.source_id is 'Source.';

create table bantin.delisting (
    bulletin_id varchar not null,
    source_id   varchar not null,
    nth         bigint not null,
    listed      boolean not null,
    seen_at     timestamptz not null,
    evidence    varchar not null
);
comment on table bantin.delisting is 'Bulletins that left the lists of their publisher or are listed again; bulletin_status is made of it.';
comment on column bantin.delisting.bulletin_id is 'Bulletin.';
comment on column bantin.delisting.source_id is 'Source.';
comment on column bantin.delisting.nth is 'From 1, in the order of the bulletin''s own history.';
comment on column bantin.delisting.listed is 'false: left; true: is back.';
comment on column bantin.delisting.seen_at is 'Instant it was seen.';
comment on column bantin.delisting.evidence is 'Which list, what was expected of it.';

create table bantin.reread (segment varchar not null);
comment on table bantin.reread is 'Segments whose keys the next load computes again: a migration added what only their read results tell.';
comment on column bantin.reread.segment is 'Stem of the WARC segment.';

-- A home of before. What its tables know is carried over; earlier view counts are only in the read results.
insert into coverage
select source_id, month, count(*), count(*) filter (state = 'fetched'), count(*) filter (state = 'duplicate'),
    count(*) filter (state = 'not_bulletin'), count(*) filter (state = 'excluded'), count(*) filter (state = 'gone'),
    count(*) filter (state = 'failed'), count(*) filter (state = 'waiting'),
    count(*) filter (state in ('failed', 'waiting'))
from url
group by source_id, month;

insert into view_count
select bulletin_id, last_seen_at, view_count from bulletin where view_count is not null;

insert into bantin.read_url
with address as (
    select source_id, url, bulletin_id from url
    union
    select u.source_id, a.url, bulletin_id from url_alias a join url u using (bulletin_id) where a.reason = 'twin'
), shot as (
    select a.bulletin_id, c.*,
        row_number() over (partition by a.bulletin_id order by c.fetched_at desc, c.capture_id desc) as nth_back
    from capture c join address a using (source_id, url)
), told as (
    select bulletin_id,
        bool_or(nth_back = 1 and (kind in ('error', 'block') or coalesce(http_status, 0) >= 400)) as no_page,
        list_sort(list(distinct url)) as requested,
        list_sort(list(distinct final_url) filter (kind = 'bulletin' and final_url is not null)) as leads_to
    from shot group by bulletin_id
)
select u.bulletin_id, u.source_id, u.url, u.month, u.discovered_at, u.last_fetch_at, u.tries, u.state, u.state_reason,
    u.bulletin_id in (select bulletin_id from bulletin), t.no_page, t.requested,
    list_filter(coalesce(t.leads_to, []), lambda target: not list_contains(t.requested, target))
from url u join told t using (bulletin_id);

insert into bantin.reread select segment from bantin.loaded_result;
