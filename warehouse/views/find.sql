-- Bulletins whose title, lead and body hold all the words, with or without marks, unranked: from find('tap huan').
-- A word matches inside a longer one; % and _ are letters like any other; no words, no rows.
create or replace macro find(words) as table
    with sought as (select list_filter(string_split_regex(fold(words), '\s+'), lambda word: word <> '') as list),
    folded as (select bulletin_id, fold(concat_ws(chr(10), title, lead, body)) as text from bulletin)
    select b.*
    from bulletin b
    join (
        select bulletin_id from folded, sought
        where len(sought.list) > 0
          and len(list_filter(sought.list, lambda word: not contains(folded.text, word))) = 0
    ) using (bulletin_id);
