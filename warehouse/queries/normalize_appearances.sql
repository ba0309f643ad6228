-- People of the touched names as bulletins, all versions together, name them.
select a.name_key, a.bulletin_id, b.source_id, s.sphere, b.published_on, min(a.name) as name,
    list_sort(list_distinct(flatten(list(a.ranks)))) as ranks,
    list_sort(list_distinct(flatten(list(a.posts)))) as posts,
    list_sort(list_distinct(flatten(list(a.organizations)))) as organizations,
    bool_and(a.authored) as authored
from bantin.appearance a
join bulletin b using (bulletin_id)
left join source s using (source_id)
where a.name_key in (from touched_name)
group by all
order by a.name_key, a.bulletin_id;
