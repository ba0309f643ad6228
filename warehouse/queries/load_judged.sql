-- Rows of `url` from what read results and frontiers say, for the touched keys, for sources whose frontier changed, and
-- for duplicates of now and before: who leads to whom may have changed anywhere.
create or replace temp table asked as
select bulletin_id from touched
union
select bulletin_id from redirected
union
select bulletin_id from passed_anew
union
select bulletin_id from elsewhere
union
select bulletin_id from same_group
union
select bulletin_id from same_anew
union
select bulletin_id from url where state = 'duplicate';

create or replace temp table judged as
with f as (
    select * from bantin.frontier_url
    where source_id in (select source_id from moved_frontier) or bulletin_id in (select bulletin_id from asked)
), passed as (
    select bulletin_id, arg_max(target, (since, target)) as last_target, list(target) as targets
    from elsewhere group by bulletin_id
), root as (
    -- Keys that stay of several, one of which is there today.
    select distinct g.into_id
    from same_group g join bantin.read_url m using (bulletin_id) left join bantin.frontier_url u using (bulletin_id)
    where m.state <> 'gone' and u.state is distinct from 'gone' and m.reads_itself
), r as (
    select r.*, d.first_url, p.last_target, same.url as same_url, r.bulletin_id in (select into_id from root) as is_root,
        -- Every bulletin that its captures show is another's.
        p.last_target is not null and not r.reads_itself and len(list_distinct(p.targets)) = len(r.leads_to)
            as only_passed,
        r.bulletin_id in (select bulletin_id from bantin.frontier_listing) as lists
    from bantin.read_url r left join redirected d using (bulletin_id) left join passed p using (bulletin_id)
        left join bantin.same s using (bulletin_id) left join bantin.read_url same on same.bulletin_id = s.into_id
    where r.source_id in (select source_id from moved_frontier) or r.bulletin_id in (select bulletin_id from asked)
), known as (
    select bulletin_id, f, r, case
        when r.first_url is not null then 'redirected'
        when r.same_url is not null then 'same'
        when r.bulletin_id is null then case when f.state = 'fetched' then 'unread' else 'frontier' end
        when r.only_passed and r.state <> 'gone' and f.state is distinct from 'gone' then 'passed'
        when f.bulletin_id is null then 'read'
        when r.is_root and (f.state = 'gone' or r.state = 'gone') then 'elsewhere'
        when f.state = 'gone' then 'frontier'
        when r.state = 'gone' then 'read'
        when r.ever_bulletin then 'bulletin'
        when r.no_page and f.state in ('waiting', 'failed', 'excluded') then 'frontier'
        else 'read' end as verdict
    from f full join r using (bulletin_id)
    where f.bulletin_id is not null or not r.lists
)
select coalesce(f.source_id, r.source_id) as source_id, coalesce(r.url, f.url) as url, bulletin_id,
    coalesce(f.month, r.month) as month, coalesce(f.discovered_at, r.first_fetch_at) as discovered_at,
    coalesce(f.discovered_via, 'ingest') as discovered_via, f.listed_on,
    case verdict
        when 'redirected' then 'duplicate' when 'passed' then 'duplicate' when 'same' then 'duplicate'
        when 'elsewhere' then 'fetched' when 'unread' then 'waiting' when 'bulletin' then 'fetched'
        when 'frontier' then f.state else r.state end as state,
    case verdict
        when 'redirected' then 'redirect target of ' || r.first_url
        when 'passed' then 'redirects to ' || r.last_target
        when 'same' then 'same bulletin as ' || r.same_url
        when 'elsewhere' then 'gone here; there under another address (url_alias)'
        when 'unread' then 'fetched, not read yet'
        -- `not_bulletin` and `duplicate` in a frontier are an earlier load of ours, and no longer true.
        when 'bulletin' then coalesce(case when f.state not in ('not_bulletin', 'duplicate') then f.state_reason end, r.state_reason)
        when 'frontier' then f.state_reason else r.state_reason end as state_reason,
    coalesce(f.tries, r.tries) as tries,
    case when f.bulletin_id is null then r.last_fetch_at else f.last_fetch_at end as last_fetch_at, f.next_fetch_at
from known;
