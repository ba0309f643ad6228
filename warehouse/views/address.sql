-- What follows scheme and host in a URL; its path alone. Hosts of one source are one.
create or replace macro bantin.address(url) as regexp_replace(url, '^[A-Za-z]+://[^/?#]*', '');
create or replace macro bantin.path(url) as regexp_extract(url, '^[A-Za-z]+://[^/?#]*([^?#]*)', 1);
