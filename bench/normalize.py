"""Speed of normalization: bulletins per CPU-second, all of it and each part, on newsroom stories of about 600 words.

    python -m bench.normalize [--bulletins N]

No peer does this work: underthesea's NER, which only names people and places, is at 2 documents a second (measured
once, on another machine). Figures are CPU seconds of one process, bulletins given TOGETHER at a time, as a load does;
the first 64 warm up what is made once. Of ROUNDS rounds the fastest counts: neighbours on the machine only slow one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date

from bench.newsroom_texts import newsroom_texts
from pipelines.normalize.bulletin import TOGETHER, normalize, normalize_together
from pipelines.normalize.dates import find_dates
from pipelines.normalize.documents import find_documents
from pipelines.normalize.mentions import BulletinText
from pipelines.normalize.numbers import find_quantities
from pipelines.normalize.organizations import find_organizations
from pipelines.normalize.people import find_people
from pipelines.normalize.programmes import find_programmes
from pipelines.normalize.rows import rows_of

TARGET = 400
"""Bulletins of 600 words per CPU-second, all of it."""


ROUNDS = 10

Texts = Sequence[BulletinText]


def one_by_one(finder: Callable[[BulletinText], object]) -> Callable[[Texts], object]:
    return lambda texts: [finder(text) for text in texts]


def by_line(finder: Callable[[str], object]) -> Callable[[Texts], object]:
    return one_by_one(lambda text: [finder(line.text) for line in text.lines])


def as_rows(texts: Texts) -> object:
    return [rows_of("0" * 16, 1, "local", date(2026, 1, 2), found) for found in normalize_together(texts)]


PARTS: dict[str, Callable[[Texts], object]] = {
    "dates": one_by_one(lambda text: [find_dates(line.text, text.anchor) for line in text.lines]),
    "quantities": by_line(find_quantities),
    "documents": by_line(find_documents),
    "programmes": by_line(find_programmes),
    "organizations": one_by_one(find_organizations),
    "organizations and people": one_by_one(lambda text: find_people(text, find_organizations(text))),
    "all, one by one": one_by_one(normalize),
    "all": normalize_together,
    "all, as rows": as_rows,
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bulletins", type=int, default=400)
    texts = list(newsroom_texts(parser.parse_args().bulletins))
    words = sum(len(line.text.split()) for text in texts for line in text.lines)
    groups = [texts[at : at + TOGETHER] for at in range(0, len(texts), TOGETHER)]
    for group in groups[:4]:
        as_rows(group)
    print(f"{len(texts)} bulletins, {words / len(texts):.0f} words each")
    for name, part in PARTS.items():
        spent = min(_seconds(part, groups) for _ in range(ROUNDS))
        rate = len(texts) / spent
        of_600 = rate * words / len(texts) / 600
        print(f"{name:26} {1000 * spent / len(texts):7.2f} ms a bulletin, {of_600:7.0f} of 600 words per CPU-second")
    print(f"target: {TARGET} of 600 words per CPU-second, all of it")


def _seconds(part: Callable[[Texts], object], groups: Sequence[Texts]) -> float:
    """CPU seconds for all of them."""
    began = time.process_time()
    for group in groups:
        part(group)
    return time.process_time() - began


if __name__ == "__main__":
    main()
