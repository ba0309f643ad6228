-- Bulletins of the batches ($sources) with the fields they came with.
create or replace temp view told as
select b.* from bulletin b join moved m using (bulletin_id) where m.came;
