-- Pairs of keys of one source that show one bulletin: the one was answered by the other's address, and the text it showed
-- last under its own address, title and body letter for letter, the other showed under its own, too. A function of all
-- captures, in an order that is theirs.
select distinct m.bulletin_id as one, m.other_id as other
from met m
join bantin.read_url a using (bulletin_id)
join bantin.read_url b on b.bulletin_id = m.other_id
where a.last_text is not null and list_contains(b.texts, a.last_text)
    and m.other_id not in (select bulletin_id from redirected)
    and m.bulletin_id not in (select bulletin_id from redirected)
    and m.other_id not in (select bulletin_id from bantin.frontier_listing)
order by one, other
