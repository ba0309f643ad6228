-- The table of furniture counts learned lines, too.
comment on table boilerplate is 'Lines outside the article, and learned lines inside it, counted over the captures that the current versions of a source''s bulletins come from.';
comment on column boilerplate.layout is 'Of learned lines the layout they belong to: tag and class names of the article''s element; empty: furniture.';
comment on column boilerplate.role is 'Role the line got: furniture; junk of learned lines.';
comment on column boilerplate.rule is 'Rule that gave the role; of learned lines learned:<id>, the id that boilerplate/<source>.json names.';
