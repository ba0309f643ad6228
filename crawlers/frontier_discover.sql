-- What a page lists, told to the frontier. Unfetched: no list had a say before the first fetch, which is so, too, where
-- the page of the list was lost with the power and its item is known from the archive alone (crawlers/adoption.py).
insert into url (key, url, month, month_rank, listed_date, listed_on, discovered_via, discovered_at, modified_at, state,
                 reason, next_fetch_at)
values (:key, :url, :month, :month_rank, :listed_date, :listed_on, :via, :at, :modified_at, :state, :reason,
        case when :state = 'waiting' then :at end)
on conflict (key) do update set
    month = case
        when (url.last_fetch_at is null or (url.discovered_via = 'adopted' and url.listed_on is null))
             and excluded.month_rank < url.month_rank
        then excluded.month else url.month end,
    month_rank = case
        when url.last_fetch_at is null or (url.discovered_via = 'adopted' and url.listed_on is null)
        then min(url.month_rank, excluded.month_rank) else url.month_rank end,
    listed_date = coalesce(url.listed_date, excluded.listed_date),
    listed_on = coalesce(url.listed_on, excluded.listed_on),
    modified_at = nullif(max(coalesce(url.modified_at, 0), coalesce(excluded.modified_at, 0)), 0),
    -- What robots.txt disallows stays out: whether it still does, the crawl asks robots.txt itself, a list has no say.
    next_fetch_at = case
        when url.state = 'excluded' and url.reason = 'robots.txt' and excluded.state = 'waiting' then null
        when url.state = 'excluded' or (url.state = 'waiting' and excluded.state = 'excluded')
        then excluded.next_fetch_at
        when url.state = 'waiting' then url.next_fetch_at
        when excluded.modified_at > coalesce(url.modified_at, 0) and excluded.modified_at > url.last_fetch_at
        then min(coalesce(url.next_fetch_at, :at), :at)
        else url.next_fetch_at end,
    reason = case
        when url.state = 'excluded' and url.reason = 'robots.txt' and excluded.state = 'waiting' then url.reason
        when url.state = 'excluded' or (url.state = 'waiting' and excluded.state = 'excluded')
             or (url.state = 'waiting' and url.last_fetch_at is null)
        then excluded.reason else url.reason end,
    state = case
        when url.state = 'excluded' and url.reason = 'robots.txt' and excluded.state = 'waiting' then url.state
        when url.state in ('waiting', 'excluded') then excluded.state else url.state end
