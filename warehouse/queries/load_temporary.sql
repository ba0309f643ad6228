-- What one load works with; filled step by step.
create or replace temp table file_key (bulletin_id varchar);
create or replace temp table touched (bulletin_id varchar, by_file boolean);
create or replace temp table redelisted (bulletin_id varchar);
create or replace temp table moved_frontier (source_id varchar, here boolean);
create or replace temp table changed_segment (segment varchar);
