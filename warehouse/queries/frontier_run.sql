-- Runs are history: one that is there stays as it is.
insert into run
select r.run_id, r.source_id, r.command, r.started_at, r.ended_at, r.outcome, r.listed, r.discovered, r.fetched,
    r.not_modified, 0 as read, 0 as new, 0 as changed, 0 as unchanged, r.gone, r.failed
from staged_run r
where not exists (from run known where known.run_id = r.run_id and known.source_id = r.source_id)
qualify row_number() over (partition by r.run_id, r.source_id order by r.place) = 1;
