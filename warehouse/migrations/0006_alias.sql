-- Addresses that [url] rules, lists and moves of a publisher give one key; which keys of a source show one bulletin.
-- A table that is altered cannot be written in the same transaction; so they are made again.
create temp table url_alias_before as from url_alias;
drop table url_alias;

create table url_alias (
    url         varchar not null,
    bulletin_id varchar not null,
    reason      varchar not null check (reason in ('moved', 'same-page', 'twin', 'redirect')),
    since       timestamptz not null,
    primary key (url, bulletin_id)
);
comment on table url_alias is 'Other addresses of a bulletin: by [url] rules, on a later host, twins, ends of redirects.';
comment on column url_alias.url is 'The other address.';
comment on column url_alias.bulletin_id is 'Key it stands for; see url.bulletin_id.';
comment on column url_alias.reason is 'moved: a later address, by a [[url.key]] or a list; same-page: by a [[url.key]]; twin: by a [[url.twin]], or requested itself with the same key; redirect: answered for another.';
comment on column url_alias.since is 'Instant of the first list or capture that showed it.';

insert into url_alias from url_alias_before;
drop table url_alias_before;

create table bantin.frontier_alias (
    bulletin_id varchar not null,
    source_id   varchar not null,
    url         varchar not null,
    reason      varchar not null,
    since       timestamptz not null
);
comment on table bantin.frontier_alias is 'Aliases that lists showed, as the frontiers have them.';
comment on column bantin.frontier_alias.bulletin_id is 'URL key it stands for.';
comment on column bantin.frontier_alias.source_id is 'Source.';
comment on column bantin.frontier_alias.url is 'The other address.';
comment on column bantin.frontier_alias.reason is 'twin, moved, same-page.';
comment on column bantin.frontier_alias.since is 'Instant of the list that showed it first.';

create table bantin.same (bulletin_id varchar not null, into_id varchar not null, source_id varchar not null);
comment on table bantin.same is 'Keys whose captures are captures of another key: the one redirects to the other, and both showed one text.';
comment on column bantin.same.bulletin_id is 'URL key that is no bulletin of its own.';
comment on column bantin.same.into_id is 'URL key that was fetched first of them all: its id stays.';
comment on column bantin.same.source_id is 'Source.';

create temp table read_url_before as from bantin.read_url;
drop table bantin.read_url;

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
    leads_to       varchar[] not null,
    reads_itself   boolean not null,
    led_since      timestamptz[] not null,
    texts          ubigint[] not null,
    last_text      ubigint
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
comment on column bantin.read_url.reads_itself is 'Whether any capture that was not led elsewhere is a bulletin.';
comment on column bantin.read_url.led_since is 'Of each of leads_to: instant of the first such capture.';
comment on column bantin.read_url.texts is 'Digests of the titles and bodies that it showed under its own address.';
comment on column bantin.read_url.last_text is 'The latest of these; NULL: it showed none.';

insert into bantin.read_url select *, [], null from read_url_before;
drop table read_url_before;

insert into bantin.reread
select segment from bantin.loaded_result where segment not in (select segment from bantin.reread);
