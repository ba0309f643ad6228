-- Ways of one source that do not list the same: an issue a pair, as long as they differ. The pair names it, not the
-- counts, so that it keeps its id while these move.
insert into issue
select sha256(concat_ws(chr(10), 'discovery', getvariable('source_id'), ways))[:16] as issue_id,
    getvariable('source_id') as source_id, null as bulletin_id, null as url, 'warning' as severity,
    'discovery-differs' as rule, detail, first_seen_at, last_seen_at, 'open' as state, null as acknowledged_until
from staged_way_doubt;
