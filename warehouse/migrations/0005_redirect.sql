-- Redirects between addresses of one source: who is read under its own address, and since when others end there.
-- A table that is altered cannot be written in the same transaction; so it is made again.
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
    led_since      timestamptz[] not null
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

insert into bantin.read_url
select *, ever_bulletin and len(leads_to) = 0, list_transform(leads_to, lambda target: first_fetch_at)
from read_url_before;
drop table read_url_before;

create table bantin.passed_on (bulletin_id varchar not null, target varchar not null);
comment on table bantin.passed_on is 'Captures of this key that ended there are no versions of it: the address is that of another bulletin.';
comment on column bantin.passed_on.bulletin_id is 'URL key that was led elsewhere.';
comment on column bantin.passed_on.target is 'URL that answered.';

insert into bantin.reread
select segment from bantin.loaded_result where segment not in (select segment from bantin.reread);
