"""People: names, ranks, titles, posts; who is the same; who is nobody's business."""

from __future__ import annotations

import re
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize.mentions import (
    BulletinText,
    Organization,
    OrganizationMention,
    Organizations,
    People,
    TextLine,
)
from pipelines.normalize.people import find_people
from tests.people_rows import FOUND, REFUSED

_KINDS = {"Quân khu": "military region", "Sư đoàn": "division", "Đảng ủy": "party", "Tỉnh ủy": "party", "Vùng": "command"}


def bulletin(*lines: str, **credits: tuple[str, ...]) -> tuple[BulletinText, Organizations]:
    """A bulletin of lines `zone: text` (body without), its organizations marked by braces as told in people_rows."""
    texts, found, mentions = [], {}, []
    for number, line in enumerate(lines, 1):
        zone, text = re.match(r"(?:(title|caption|byline): )?(.*)\Z", line, re.DOTALL).groups()
        out, open_ = "", []
        for piece in re.split(r"([{}])", text):
            if piece == "{":
                open_.append((len(out), len(mentions)))
                mentions.append(None)
            elif piece == "}":
                start, place = open_.pop()
                surface, _, name = out[start:].partition("=")
                out = out[:start] + surface
                name = name or surface
                kind = next((kind for head, kind in _KINDS.items() if name.startswith(head)), "other")
                index = found.setdefault(name, (len(found), Organization(name, kind=kind)))[0]
                mentions[place] = OrganizationMention(index, number, start, len(out), surface, zone or "body", "name")
            else:
                out += piece
        texts.append(TextLine(number, zone or "body", out))
    return BulletinText(tuple(texts), date(2024, 3, 12), **credits), Organizations(tuple(o for _, o in found.values()), tuple(mentions))


def people(*lines: str, **credits: tuple[str, ...]) -> tuple[People, Organizations]:
    text, organizations = bulletin(*lines, **credits)
    return find_people(text, organizations), organizations


def told(*lines: str, **credits: tuple[str, ...]) -> str:
    """The people as people_rows writes them."""
    found, organizations = people(*lines, **credits)
    out = []
    for index, person in enumerate(found.found):
        mentions = [mention for mention in found.mentions if mention.index == index]
        ranks = dict.fromkeys(mention.rank for mention in mentions if mention.rank)
        titles = dict.fromkeys(mention.title for mention in mentions if mention.title)
        posts = dict.fromkeys(
            f"{'' if post.status == 'current' else post.status + ' '}{post.position} @ "
            + ("-" if post.organization is None else organizations.found[post.organization].name)
            for post in found.positions
            if post.index == index
        )
        rank, title, post = (f" [{', '.join(ranks)}]" if ranks else ""), (f" ({'; '.join(titles)})" if titles else ""), "; ".join(posts)
        out.append(person.name + rank + title + (f" = {post}" if post else ""))
    return " + ".join(out)


@pytest.mark.parametrize(("sentence", "expected"), FOUND)
def test_a_person_is_read_with_rank_titles_and_posts(sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize("sentence", REFUSED)
def test_nobody_is_read(sentence):
    assert told(sentence) == ""
