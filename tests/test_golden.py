"""The same bytes are read the same, unless READER says that the reader changed."""

from __future__ import annotations

import json

from pipelines import read as reader
from tests import golden


def test_no_page_of_ours_is_read_otherwise_without_a_new_reader_number() -> None:
    stored = json.loads(golden.FILE.read_text(encoding="utf-8"))
    assert stored["reader"] == reader.READER, "READER moved: run `python -m tests.golden` in the same commit"
    now = golden.digests()
    moved = sorted(name for name, digest in stored["digests"].items() if now.get(name) != digest)
    assert not moved, (
        f"read otherwise than before: {moved}; bump READER in pipelines/read.py, then `python -m tests.golden`"
    )
    assert set(now) == set(stored["digests"]), "a page was added: run `python -m tests.golden`"


def test_reading_twice_gives_one_digest() -> None:
    assert golden.digests() == golden.digests()


def test_the_reader_version_moves_with_the_rules_of_a_source_and_not_otherwise() -> None:
    assert reader.reader_version("a") == reader.reader_version("a") != reader.reader_version("b")
    assert reader.reader_version().startswith(f"{reader.READER}-t")
