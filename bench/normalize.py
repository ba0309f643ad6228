"""Speed of normalization: bulletins per CPU-second, all of it and each part, on newsroom stories of about 600 words.

    python -m bench.normalize [--bulletins N]

No peer does this work: underthesea's NER, which only names people and places, is at 2 documents a second (measured
once, on another machine). Figures are CPU seconds of one process; the first 50 bulletins warm the caches.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date

from bench.newsroom_texts import newsroom_texts
from pipelines.normalize.bulletin import normalize
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bulletins", type=int, default=400)
    texts = list(newsroom_texts(parser.parse_args().bulletins))
    words = sum(len(line.text.split()) for text in texts for line in text.lines)
    for text in texts[:50]:
        normalize(text)
    print(f"{len(texts)} bulletins, {words / len(texts):.0f} words each")
    parts: dict[str, Callable[[BulletinText], object]] = {
        "dates": lambda b: [find_dates(line.text, b.anchor) for line in b.lines],
        "quantities": lambda b: [find_quantities(line.text) for line in b.lines],
        "documents": lambda b: [find_documents(line.text) for line in b.lines],
        "programmes": lambda b: [find_programmes(line.text) for line in b.lines],
        "organizations": find_organizations,
        "organizations and people": lambda b: find_people(b, find_organizations(b)),
        "all": normalize,
        "all, as rows": lambda b: rows_of("0" * 16, 1, "local", date(2026, 1, 2), b),
    }
    for name, part in parts.items():
        began = time.process_time()
        for text in texts:
            part(text)
        spent = time.process_time() - began
        rate = len(texts) / spent
        of_600 = rate * words / len(texts) / 600
        print(f"{name:26} {1000 * spent / len(texts):7.2f} ms a bulletin, {of_600:7.0f} of 600 words per CPU-second")
    print(f"target: {TARGET} of 600 words per CPU-second, all of it")


if __name__ == "__main__":
    main()
