"""The reader of HTML pages: text in; kind, lines with roles, and candidates of every field out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from pipelines import article, classify, metadata
from pipelines.article import Place
from pipelines.article_lines import ArticleLines, Told
from pipelines.attachments import attachments_of
from pipelines.blocks import PageText, page_text
from pipelines.extraction import confirm
from pipelines.families.family import Family
from pipelines.families.ims import FAMILY as IMS
from pipelines.families.ims import day_of_id
from pipelines.families.known import evidence_of, recognise
from pipelines.html import parse
from pipelines.layout_lines import Fixed, fixed_lines, layout_on
from pipelines.line_places import layout_of, learned_roles, lines_of, path_of, tells
from pipelines.listing_items import items_of
from pipelines.media_urls import MAX_URL, Addresses
from pipelines.metadata import Metadata
from pipelines.pictures import pictures_of
from pipelines.prose import Weights
from pipelines.publication import with_time_of_day, without_edit_times
from pipelines.reach import Reach
from pipelines.records import Candidate, Doubt, Draft, Layout, LearnedLine, Line
from pipelines.repetition import JUNK, OPEN, SeenLine
from pipelines.sections import section_of

_UNSURE_TITLES = ("line", "bold line", "large line", "title class")


@dataclass(frozen=True, slots=True)
class Page:
    """kind: one of records.KINDS.  kind_rule: rule and evidence.  draft: all lines; candidates only of a bulletin.

    layout, seen  of a bulletin, where it was asked for: the article's element and its lines with their places
    """

    kind: str
    kind_rule: str
    draft: Draft
    layout: str = ""
    seen: tuple[SeenLine, ...] = ()


def read_page(
    text: str,
    *,
    url: str,
    fetched_at: datetime,
    http_status: int | None = None,
    layouts: tuple[Layout, ...] = (),
    family: str | None = None,
    learned: Sequence[LearnedLine] = (),
    with_places: bool = False,
) -> Page:
    """Read one HTML page.

    text     decoded, NFC, without control characters (pipelines.text.decode)
    url      of the capture; tells a start page, and what the addresses of pictures and files are relative to
    layouts  of the source; the one valid on the day of `fetched_at` is used
    family   the CMS family the source file names, else it is recognised
    learned  lines of the source that are junk where they stand
    with_places  give the lines of a bulletin with their places, for learning
    raises   Unreadable: no tree can be made of the text within its limits
    """
    root, doubts = parse(text)
    meta = metadata.collect(root)
    page = page_text(root)
    stub = classify.stub_kind(root, page, meta, http_status)
    if stub is not None:
        return _not_read(*stub, page, None, doubts)
    if not page.lines:
        return _not_read("other", "other: no visible text", page, None, doubts)
    weights = Weights(page)
    named = article.ByName(page)
    generator = meta.first("generator")
    known = recognise(generator, named, family)
    layout = layout_on(layouts, fetched_at)
    place, found = article.find(root, page, weights, meta, named, known, layout)
    fixed = fixed_lines(root, page, layout, fetched_at)
    if place is not None and learned:
        for at, why in learned_roles(page, weights, place, learned):
            fixed.roles.setdefault(at, ("junk", why))
    told = reader = None
    if place is not None:
        reader = ArticleLines(page, weights, place, known, fetched_at, fixed.roles)
        told = reader.read()
        told.candidates += metadata.candidates(meta, page, fetched_at, known.distrusted if known else None)
    known_kind = classify.by_layout(page, weights, place, told)
    kind, rule = known_kind or classify.classify(page, weights, meta, place, told, items_of(page, weights, place), url)
    if known is not None:
        rule = f"{rule}; family {known.name}: {evidence_of(known, generator, named, family)}"
    doubts = (*doubts, *found, *fixed.doubts)
    if kind != "bulletin" or place is None or told is None or reader is None:
        return _not_read(kind, rule, page, weights, doubts)
    doubts = (*doubts, *confirm(place, page, told))
    draft = _draft(page, weights, meta, place, told, fixed, known, doubts)
    if known is IMS and (doubt := _id_differs(url, draft)) is not None:
        draft = replace(draft, doubts=(*draft.doubts, doubt))
    seen = _seen(page, weights, place, told) if with_places else ()
    reach = Reach(page, place, reader.signs, known, draft.lines, fixed.removed)
    layout_name = layout_of(place) if with_places else ""
    return Page(kind, rule, _with_media(draft, reach, Addresses(url, meta), known), layout_name, seen)


def _seen(page: PageText, weights: Weights, place: Place, told: Told) -> tuple[SeenLine, ...]:
    """The article's lines as pipelines.boilerplate learns from them. A lead told by its place alone may be a slogan."""
    found = []
    for at in lines_of(place, page):
        line, (role, rule, _) = page.lines[at], told.roles[at]
        is_open = role == "body" or rule == "between-title-and-body"
        said = OPEN if is_open else JUNK if role in ("junk", "furniture") else role
        found.append(SeenLine(line.text, path_of(line, place, page), tells(line, at, place, weights), said))
    return tuple(found)


def _with_media(draft: Draft, reach: Reach, addresses: Addresses, family: Family | None) -> Draft:
    """The draft with the article's pictures and files."""
    images, found = pictures_of(reach, addresses)
    attachments, more = attachments_of(reach, addresses, family)
    doubts = [*draft.doubts, *found, *more]
    if addresses.too_long:
        detail = f"{addresses.too_long} addresses of pictures or files are longer than {MAX_URL} characters: left out"
        doubts.append(Doubt("media-address-too-long", "info", detail))
    return replace(draft, images=images, attachments=attachments, doubts=tuple(doubts))


def _id_differs(url: str, draft: Draft) -> Doubt | None:
    """A doubt where the moment in the address of a page is another day than the one it states."""
    made = day_of_id(url)
    stated = [c for c in draft.candidates if c.field == "published_on" and c.refused is None]
    if made is None or not stated:
        return None
    chosen = min(stated, key=lambda c: c.rank).value[:10]
    if chosen == made.isoformat():
        return None
    return Doubt("publication-date-and-id-differ", "info", f"the page states {chosen}, its address was made on {made}")


def _not_read(kind: str, rule: str, page: PageText, weights: Weights | None, doubts: tuple[Doubt, ...]) -> Page:
    """A page that is no bulletin: all its lines are furniture. A layout that fails on such a page is no doubt."""
    lines = []
    for number, line in enumerate(page.lines, 1):
        kinds = weights.kinds(line.mark) if weights else frozenset()
        lines.append(
            Line(number, "furniture", sorted(kinds)[0] if kinds else f"page-is-{kind}", line.text, inside=False)
        )
    return Page(kind, rule, Draft(tuple(lines), doubts=tuple(d for d in doubts if not d.rule.startswith("layout-"))))


def _draft(
    page: PageText,
    weights: Weights,
    meta: Metadata,
    place: Place,
    told: Told,
    fixed: Fixed,
    family: Family | None,
    doubts: tuple[Doubt, ...],
) -> Draft:
    section, roles = section_of(page, weights, place, told, family)
    titles = _printed_title(page, meta, place, bool(told.near))
    found = with_time_of_day(without_edit_times([*titles, *fixed.candidates, *told.candidates, *section]))
    texts = [line.text for line in page.lines]
    said, rules, inside = zip(*roles, strict=True)
    lines = tuple(map(Line, count(1), said, rules, texts, inside))
    tags = told.tags or [tag.strip() for value in meta.meta.get("article:tag", ()) for tag in value.split(",")]
    return Draft(
        lines, tuple(found), _missing(found), _doubts(found, family, doubts), tuple(dict.fromkeys(filter(None, tags)))
    )


def _printed_title(page: PageText, meta: Metadata, place: Place, dated: bool) -> list[Candidate]:
    """The title as it stands on the page; one that only looks like a title comes after what the metadata say, unless
    the page prints a date or counter beside it."""
    if place.title is None:
        return []
    text = page.text_of(place.title)
    rank = 5 if place.title_how == "layout" else 20
    if place.title_how in _UNSURE_TITLES and not place.confirmed and meta.headline and not dated:
        rank = 40
    return [Candidate("title", text, place.title_how, text[:300], rank)]


def _missing(found: list[Candidate]) -> dict[str, str]:
    usable = {c.field for c in found if c.refused is None}
    reasons = {
        "title": "no heading before the paragraphs and no title in the metadata",
        "published_on": "no machine-readable date, no labelled date and no date line beside the title",
        "view_count": "no counter is printed beside the title",
    }
    return {name: reason for name, reason in reasons.items() if name not in usable}


def _doubts(found: list[Candidate], family: Family | None, doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    """Doubts of parsing and layout, and whether the places that state a publication day agree."""
    days = {c.value[:10]: c for c in reversed(found) if c.field == "published_on" and c.refused is None}
    if len(days) < 2:
        return doubts
    told = ", ".join(f"{day} ({c.method})" for day, c in sorted(days.items()))
    return (
        *doubts,
        Doubt("publication-dates-differ", "info", f"{told}; family {family.name if family else 'unknown'}"),
    )
