-- What this snapshot says of each bulletin is what the next one is compared with.
delete from bantin.published_bulletin p
where not exists (from told t where t.bulletin_id = p.bulletin_id and t.digest = p.digest);
insert into bantin.published_bulletin
select bulletin_id, digest from told where bulletin_id not in (select bulletin_id from bantin.published_bulletin);
drop table told;
