-- Bulletins that differ from the snapshot before.
insert into bulletin_change
select $snapshot_id, bulletin_id,
    case when p.digest is null then 'added' when t.digest is null then 'removed' else 'changed' end as kind
from told t full join bantin.published_bulletin p using (bulletin_id)
where t.digest is distinct from p.digest;
