"""The only call of trafilatura: a second opinion on which lines of an article's element are its paragraphs.

It sees the article's element in its document (its ancestors, without what stands beside it): cut out as a string it
finds less. What is stored are our own lines, because it drops leads and captions of Vietnamese papers.
"""

from __future__ import annotations

from copy import deepcopy

import regex
import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from pipelines.article import Place
from pipelines.article_lines import Told
from pipelines.article_title import key
from pipelines.blocks import PageText
from pipelines.records import Doubt

MAX_DEPTH = 200
"""Deeper trees go unasked: trafilatura and its helpers recurse."""
MAX_CHARS = 400_000
_SENTENCE = regex.compile(r"[.!?…:;,”\"]")
_PARSER = HTMLParser()


def in_its_document(element: HtmlElement) -> HtmlElement:
    """A new tree of the element's ancestors and a copy of the element itself, nothing else."""
    top = current = None
    for ancestor in reversed(list(element.iterancestors())):
        made = _PARSER.makeelement(ancestor.tag, dict(ancestor.attrib))
        if current is None:
            top = made
        else:
            current.append(made)
        current = made
    copy = deepcopy(element)
    copy.tail = None
    if top is None or current is None:
        return copy
    current.append(copy)
    return top


def paragraphs_of(place: Place, page: PageText) -> tuple[str | None, tuple[Doubt, ...]]:
    """trafilatura's text of the article's element; None, with the doubt, where it could not be asked or found none."""
    size = sum(len(line.text) for line in page.lines[slice(*place.body)])
    if page.depth > MAX_DEPTH or size > MAX_CHARS:
        detail = f"depth {page.depth}, {size} characters: more than trafilatura is asked about"
        return None, (Doubt("second-opinion", "info", detail),)
    try:
        found = trafilatura.bare_extraction(
            in_its_document(place.container),
            fast=True,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
        )
    except (etree.LxmlError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError) as error:
        return None, (Doubt("second-opinion", "info", f"trafilatura failed: {type(error).__name__}: {error!s:.150}"),)
    text = getattr(found, "text", None)
    if not text:
        return None, (Doubt("second-opinion", "info", "trafilatura found no text in the article's element"),)
    return str(text), ()


def confirm(place: Place, page: PageText, told: Told) -> tuple[Doubt, ...]:
    """Demote body lines that neither trafilatura nor their own look confirms; only where no layout or family is known.

    A line with the look of a sentence stays: a second opinion may drop labels and link lists, not paragraphs.
    """
    if not (place.by_prose or place.how == "known name"):
        return ()
    text, doubts = paragraphs_of(place, page)
    if text is None:
        return doubts
    there = key(text)
    body = [at for at, role in enumerate(told.roles) if role[0] == "body"]
    confirmed = {at for at in body if key(page.lines[at].text) in there}
    chars = sum(len(page.lines[at].text) for at in body) or 1
    share = sum(len(page.lines[at].text) for at in confirmed) / chars
    if share < 0.3:
        return (
            *doubts,
            Doubt("second-opinion", "warning", f"trafilatura confirms {share:.0%} of the body's characters"),
        )
    first, last = min(confirmed), max(confirmed)
    for at in body:
        line = page.lines[at]
        edge = at < first or at > last
        labelled = len(line.text) < 40 and not _SENTENCE.search(line.text)
        if at not in confirmed and (line.linked or (edge and labelled)):
            told.roles[at] = ("junk", "unconfirmed", True)
    return doubts
