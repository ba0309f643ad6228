"""XML of strangers, element by element: sitemaps and feeds as they come, not as they should be.

The parser is lxml with recover=True, no network, limits on. It never sees what comes before the root (junk, blanks,
declarations that lie, a DOCTYPE with its entity bombs), nor an entity reference it could expand.

feedparser was weighed and left: its leniency (undeclared prefixes and entities, junk, bare `&`) is the few lines below,
which sitemaps need as well, and it guesses dates of its own, month first among them, where ours must be right or none.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from html.entities import html5

import regex
from lxml import etree

from crawlers.discovery.payload import described, opened, root_of, text_of
from pipelines.records import Unreadable

MAX_TAGS = 2_000_000
"""50,000 <url> with all extensions of Google (news, image) have 1.4 million; a tree of more is a memory bomb."""

_CHUNK = 256 * 1024
_ILLEGAL = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = regex.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{2,31};)?")
_PREFIX = regex.compile(r"<([A-Za-z_][A-Za-z0-9_.-]{0,40}):[A-Za-z_]")
_MAX_PREFIXES = 40
_HARMLESS = frozenset(
    # what follows the root; prefixes, namespace names and numbers nobody needs to read
    ("ERR_DOCUMENT_END", "NS_ERR_UNDEFINED_NAMESPACE", "WAR_NS_URI_RELATIVE", "WAR_NS_URI", "NS_ERR_XML_NAMESPACE")
)


class Markup:
    """A document whose root is one of `roots`.

    root    name of its root, without prefix
    notes   after `elements` is through: what is missing and why; not empty: the list is not whole
    raises  Unreadable: another kind of page, empty, binary, too many tags, cut off before its first element
    """

    def __init__(self, payload: bytes, content_type: str | None, url: str, roots: tuple[str, ...]) -> None:
        payload, note = opened(payload)
        text = text_of(payload, content_type)
        root = root_of(text)
        expected = " or ".join(f"<{name}>" for name in roots)
        if root is None or root[1] not in roots:
            raise Unreadable(f"expected {expected}, found {described(text)}")
        for sign in "<\"'&":  # tags, attributes, references: each costs far more than its letter
            if text.count(sign) > MAX_TAGS:
                raise Unreadable(f"expected {expected} with at most {MAX_TAGS:,} of {sign!r}, found more")
        self.root: str = root[1]
        self.url = url
        self.notes: list[str] = [note] if note else []
        self._text = _ILLEGAL.sub("", text[root.start() :])

    def elements(self, *names: str) -> Iterator[etree._Element]:
        """Every element of these names, whatever its prefix, in the order of their ends. Gone after its turn."""
        text = _declared(self._whole(names))
        if "&" in text:
            text = _AMPERSAND.sub(_as_character, text)
        parser = etree.XMLPullParser(
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            base_url=self.url if self.url.isprintable() else None,
            recover=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding="utf-8",
        )
        payload = text.encode("utf-8")
        fault = None
        for at in range(0, len(payload), _CHUNK):
            try:
                parser.feed(payload[at : at + _CHUNK])
            except etree.XMLSyntaxError as error:
                fault = str(error)
            yield from _ended(parser)
            if fault:
                break
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            fault = fault or str(error)
        yield from _ended(parser)
        log = [*parser.error_log, *parser.feed_error_log]
        faults = [entry.message for entry in log if entry.level >= 2 and entry.type_name not in _HARMLESS]
        if (faults or fault) and not self.notes:
            self.notes.append(
                f"damaged XML, entries may be missing: {' '.join((faults or [fault or ''])[0].split())[:160]}"
            )

    def _whole(self, names: tuple[str, ...]) -> str:
        """The text up to its last whole element where the end of the document is missing: half an address is none."""
        text = self._text
        prefix = regex.match(r"<([\w.-]+:)?", text)[1] or ""  # type: ignore[index]
        if f"</{prefix}{self.root}" in text or regex.match(r"<[^<>]*/>", text):
            return text
        if not self.notes:
            self.notes.append("the document is cut off; what lies behind is missing")
        ends = [(text.rfind(f"</{p}{name}"), f"</{p}{name}>") for name in names for p in {"", prefix}]
        at, closing = max(ends)
        if at < 0:
            raise Unreadable(f"expected a whole <{self.root}>, found one that is cut off before its first entry")
        return text[:at] + closing


def local(element: etree._Element) -> str:
    """Name without namespace."""
    return str(element.tag).rpartition("}")[2]


def content(element: etree._Element | None) -> str | None:
    """Its text; None where it holds elements: an end tag is missing, and where the text ends is not known."""
    return None if element is None or len(element) else (element.text or "").strip()


def _ended(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        if not isinstance(element, etree._Element):
            continue
        yield element
        element.clear()
        parent = element.getparent()
        if parent is not None:
            while element.getprevious() is not None:
                del parent[0]


def _declared(text: str) -> str:
    """`<news:news>` without `xmlns:news`: declared at the root, so that names can be told from prefixes."""
    used = {found[1] for found in _PREFIX.finditer(text)}
    missing = [prefix for prefix in sorted(used)[:_MAX_PREFIXES] if f"xmlns:{prefix}" not in text and prefix != "xml"]
    if not missing:
        return text
    end = regex.match(r"<[\w.:-]+", text).end()  # type: ignore[union-attr]
    return text[:end] + "".join(f' xmlns:{prefix}="urn:undeclared:{prefix}"' for prefix in missing) + text[end:]


def _as_character(found: regex.Match[str]) -> str:
    """`&nbsp;` of HTML becomes its character, a bare `&` (and an entity of no list) one that is escaped."""
    name = found[1]
    if name is None or name not in html5:
        return "&amp;" + (name or "")
    return html.escape(html5[name])
