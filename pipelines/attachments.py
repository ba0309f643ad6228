"""The files an article offers: documents and archives behind links in it or below it, or shown in its page.

A file is told by the ending of its address, else by the forms in which Liferay, DotNetNuke and the like hand files out.
Audio and video are none: pages play them. A link that only prints or mails the article ends in no such way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, unquote

import regex
from lxml.html import HtmlElement

from pipelines.blocks import Seen
from pipelines.families.family import Family
from pipelines.marks import names_of
from pipelines.media_urls import FILE_TYPES, MAX_URL, Addresses, ending_of, split_of, stated_type
from pipelines.reach import Reach
from pipelines.records import Attachment, Doubt
from pipelines.text import tidy_line

MAX_ATTACHMENTS = 200
MAX_LABEL = 500
_MOST_LOOKED_AT = 2_000
_HEADING_LINES = 12
_LONGEST_CELL = 40
_MAY_BE_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|rtf|od[tsp]|zip|rar|7z)(?![a-z0-9])|fileticket|/file/d/|/documents/|get_file|download"
    r"|wpdmdl"
)
"""What an address in lower case holds that could be one of a file: most links are passed over by this alone."""
_PORTAL_FILE = regex.compile(
    r"^(?:/[\w.-]+){0,4}/documents/(?:\d+|d/[\w.-]+)/[^/]|/c/document_library/get_file$", regex.IGNORECASE
)
"""Liferay: `/documents/10180/0/a.pdf/<uuid>`, `/documents/20182/<uuid>`, `/documents/d/<site>/<name>`."""
_NAME_IN_PATH = regex.compile(r"/([^/]+\.(?:pdf|docx?|xlsx?|pptx?|rtf|od[tsp]|zip|rar|7z))(?=/|$)", regex.IGNORECASE)
_TICKET = regex.compile(r"/linkclick\.aspx$", regex.IGNORECASE)
_HANDLER = regex.compile(r"download\.(?:ashx|aspx|php)$|/item/download/\d", regex.IGNORECASE)
"""EasyDNNnews: `DocumentDownload.ashx?…documentid=77`; K2: `/item/download/77_5cdd9e1a`."""
_SHARED = regex.compile(r"^/file/d/[\w-]+")
_FILE_KEYS = frozenset((
    "file", "filename", "filepath", "file_path", "path", "f", "url", "src", "doc", "document", "attachment", "attach",
    "name", "link", "linkfile", "fileurl",
))  # fmt: skip
_TRUE = ("1", "true", "yes")
_VIEWERS = frozenset(("docs.google.com", "drive.google.com", "view.officeapps.live.com"))
_VIEWER_PATH = regex.compile(r"view(?:er)?(?:ng)?\b|gview|embed\.aspx", regex.IGNORECASE)
_SHARERS = regex.compile(r"facebook|twitter|zalo|linkedin|pinterest|sharer|mailto", regex.IGNORECASE)
_BLOCK = regex.compile(
    r"download-?_?file|file-?_?download|attach|dinh-?_?kem|tep-?_?tin|wp-block-file|field-type-file"
    r"|(?:list|article|news|tbl|doc)[-_]?(?:files?|docs?)\b|tab-?(?:vanban|file|tai-?lieu)",
    regex.IGNORECASE,
)
_HEADING = regex.compile(
    r"^(?:(?:các |danh sách )?(?:tài liệu|tệp|tập|file|văn bản)(?: ?tin)?(?: văn bản)? (?:đính ?kèm|kèm theo|gửi kèm)"
    r"|đính ?kèm|tải (?:về|file|tệp|tài liệu|xuống)|attach(?:ments?|ed)|file\(?s?\)? (?:tải về|download))\b",
    regex.IGNORECASE,
)


def attachments_of(
    reach: Reach, addresses: Addresses, family: Family | None
) -> tuple[tuple[Attachment, ...], list[Doubt]]:
    """The article's files in page order, each address once, and a doubt where there were more than MAX_ATTACHMENTS.

    A link is the article's where it stands between title and end of the body; below that only in a list of files: one
    that the family or its names call so, or right below a heading such as `Tài liệu đính kèm`.
    """
    files: dict[str, Attachment] = {}
    offered = list(_offered(reach))
    for seen in offered[:_MOST_LOOKED_AT]:
        file = _file_of(seen.element, addresses)
        if file is None or not _is_articles(seen, reach, family):
            continue
        url, kind, name = file
        text = _text_of(seen.element) if seen.element.tag == "a" else ""
        line_no = reach.line_at(seen.at) if text else reach.line_after(seen.at)
        before = files.get(url)
        if before is None:
            files[url] = Attachment(url, text or name, kind, line_no)
        elif text and before.label == name:
            files[url] = Attachment(url, text, before.media_type or kind, before.line_no)
    doubts = []
    if len(files) > MAX_ATTACHMENTS or len(offered) > _MOST_LOOKED_AT:
        detail = f"expected at most {MAX_ATTACHMENTS} files with an article, found more; the first ones are kept"
        doubts.append(Doubt("too-many-attachments", "warning", detail))
    return tuple(files.values())[:MAX_ATTACHMENTS], doubts


def _offered(reach: Reach) -> Iterator[Seen]:
    """Links and frames from the title on that may lead to a file, in page order."""
    top = min(reach.place.scope[0], reach.place.body[0])
    below = [seen for seen in reach.page.offers if seen.at >= top]
    hrefs = [(seen.element.get("href") or "")[: 2 * MAX_URL] for seen in below]
    some = _MAY_BE_FILE.search("\n".join(hrefs).lower()) is not None  # on many pages none, which is told at once
    for seen, href in zip(below, hrefs, strict=True):
        element = seen.element
        may_be = some and _MAY_BE_FILE.search(href.lower())
        if may_be or element.tag != "a" or element.get("download") is not None:
            yield seen


def _file_of(element: HtmlElement, addresses: Addresses) -> tuple[str, str | None, str | None] | None:
    """(address, media type, file name) of the file an element leads to or shows; None: it is no file."""
    stated = stated_type(element)
    for name in ("href",) if element.tag == "a" else ("src", "data", "data-src"):
        url = addresses.of(element.get(name) or "")
        if url is None:
            continue
        split = split_of(url)
        shown = _in_viewer(split, addresses)
        if shown is not None:
            url, split = shown, split_of(shown)
        name_of_file = _name_of(split)
        kind = FILE_TYPES.get(ending_of(name_of_file or ""))
        known = stated if stated in FILE_TYPES.values() else None
        if shown is not None or kind or known or _is_handed_out(element, split) or _is_download(element, split):
            return url, kind or known, name_of_file
    return None


def _in_viewer(split: SplitResult, addresses: Addresses) -> str | None:
    """The document that a viewer's address names in its query; None: it is no viewer, or names none.

    A site's own viewer (PDF.js) takes an address relative to its own place.
    """
    foreign = split.hostname in _VIEWERS
    if not foreign and not _VIEWER_PATH.search(split.path):
        return None
    for key, value in _query(split):
        if key not in ("url", "src", "file") or (foreign and not value.lower().startswith(("http:", "https:"))):
            continue
        url = addresses.of(value, split.geturl())
        if url is not None and (foreign or ending_of(split_of(url).path) in FILE_TYPES):
            return url
    return None


def _name_of(split: SplitResult) -> str | None:
    """The name of a file in an address: the last part of its path with an ending we know, else one in its query."""
    if ending_of(split.path) in FILE_TYPES:
        return tidy_line(unquote(split.path.rpartition("/")[2]).partition(";")[0])[:MAX_LABEL] or None
    if named := _NAME_IN_PATH.search(unquote(split.path)):
        return tidy_line(named[1])[:MAX_LABEL] if _PORTAL_FILE.search(split.path) else None
    if split.hostname in _VIEWERS or _SHARERS.search(f"{split.netloc}{split.path}"):
        return None
    for key, value in _query(split):
        if key in _FILE_KEYS and ending_of(value.partition("?")[0]) in FILE_TYPES:
            return tidy_line(value.replace("\\", "/").rpartition("/")[2])[:MAX_LABEL] or None
    return None


def _is_handed_out(element: HtmlElement, split: SplitResult) -> bool:
    """Whether an address without a file's ending is of a form in which a CMS hands out files.

    Of Google Drive only a link: what a frame shows from there may be a film.
    """
    if split.hostname == "drive.google.com":
        return element.tag == "a" and _SHARED.match(split.path) is not None
    if _PORTAL_FILE.search(split.path) or _HANDLER.search(split.path):
        return True
    query = dict(_query(split))
    if _TICKET.search(split.path):
        return bool(query.get("fileticket"))
    return query.get("download") in _TRUE or query.get("forcedownload") in _TRUE or query.get("wpdmdl", "").isdigit()


def _is_download(element: HtmlElement, split: SplitResult) -> bool:
    """`<a download>` says that a browser is to store what comes; pictures, sound and pages are stored so, too."""
    return element.tag == "a" and "download" in element.attrib and not ending_of(split.path)


def _query(split: SplitResult) -> list[tuple[str, str]]:
    try:
        return [(key.lower(), value) for key, value in parse_qsl(split.query, max_num_fields=40)]
    except ValueError:  # more fields than that
        return []


def _is_articles(seen: Seen, reach: Reach, family: Family | None) -> bool:
    if reach.holds(seen):
        return not reach.is_above_title(seen) or reach.place.container in seen.element.iterancestors()
    if seen.at < reach.place.body[1] or not reach.stands_free(seen):
        return False
    if family is not None and reach.is_named(seen.element, family.files):
        return True
    above = seen.element
    for _ in range(5):
        if _BLOCK.search(names_of(above)):
            return True
        parent = above.getparent()
        if parent is None or parent.tag == "body":
            break
        above = parent
    return _is_below_heading(seen, reach)


def _is_below_heading(seen: Seen, reach: Reach) -> bool:
    """Whether the lines from a heading of files down to a link are links, too, or short cells of a table; or
    its own line opens so."""
    lines = reach.page.lines
    for at in range(min(seen.at, len(lines) - 1), max(seen.at - _HEADING_LINES, reach.place.body[1] - 1), -1):
        if len(lines[at].text) <= MAX_LABEL and _HEADING.match(lines[at].text):
            return True
        cell = lines[at].block.tag in ("td", "th", "tr") and len(lines[at].text) <= _LONGEST_CELL
        if at < seen.at and not lines[at].link_chars and not cell:
            return False
    return False


def _text_of(link: HtmlElement) -> str:
    """The text of a link as one tidy line, at most MAX_LABEL characters; a hostile page may put itself into one."""
    pieces: list[str] = []
    size = 0
    for element in link.iter():
        seen = isinstance(element.tag, str) and element.tag not in ("script", "style", "template")
        for piece in (element.text if seen else None, element.tail if element is not link else None):
            if piece:
                pieces.append(piece)
                size += len(piece)
        if size > 4 * MAX_LABEL:
            break
    return tidy_line("".join(pieces)[: 4 * MAX_LABEL])[:MAX_LABEL].rstrip()
