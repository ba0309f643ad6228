-- Pictures and files of bulletins. Results of readers before 2 hold none: rows come with the next accepted `bantin read`.
create table image (
    bulletin_id varchar not null,
    version     integer not null,
    item_no     integer not null,
    url         varchar not null,
    caption     varchar,
    media_type  varchar,
    line_no     integer
);
comment on table image is 'Pictures of the article on the first capture of each version, each address once; the files are not fetched.';
comment on column image.bulletin_id is 'Bulletin.';
comment on column image.version is 'Its version.';
comment on column image.item_no is 'From 1, in page order.';
comment on column image.url is 'Absolute http(s) address, percent-encoded, without fragment, name and password; of a local file that tells no address of its own as printed.';
comment on column image.caption is 'One of bulletin.captions; NULL: no caption line belongs to it. Never the alt text.';
comment on column image.media_type is 'E.g. image/jpeg, as the ending of the address or the page says; NULL: neither does.';
comment on column image.line_no is 'Line (bulletin_line) of its caption, else the first line of the article after it; NULL: none comes after it.';

create table attachment (
    bulletin_id varchar not null,
    version     integer not null,
    item_no     integer not null,
    url         varchar not null,
    label       varchar,
    media_type  varchar,
    line_no     integer
);
comment on table attachment is 'Documents and archives that the article offers on the first capture of each version, each address once; the files are not fetched.';
comment on column attachment.bulletin_id is 'Bulletin.';
comment on column attachment.version is 'Its version.';
comment on column attachment.item_no is 'From 1, in page order.';
comment on column attachment.url is 'Address as in image.url; of a document shown in a viewer the document''s own.';
comment on column attachment.label is 'Text of the link as printed, else the name of the file; NULL: neither, or below the article with a phone number or e-mail address.';
comment on column attachment.media_type is 'E.g. application/pdf, as the ending of the address or the page says; NULL: neither does.';
comment on column attachment.line_no is 'Line (bulletin_line) of the link''s text, else the first line of the article after a file shown; NULL: it is not in the article.';
