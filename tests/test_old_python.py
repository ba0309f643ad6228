"""Python 3.11 before 3.11.5 (Debian 12 has 3.11.2) matches `(?:…)*+`, a possessive repeat of more than one character,
wrongly: it keeps what a repetition took before it failed (python/cpython issue 106052). `(?>(?:…)*)` says the same and
is right everywhere, so none of our patterns has the other.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

OURS = ("pipelines", "crawlers", "warehouse", "dagster_project")
_COLLECT = f"""
import importlib, json, pkgutil, re, sys

found, compiled = [], re.compile

def compile(pattern, flags=0):
    if isinstance(pattern, str) and sys._getframe(1).f_globals["__name__"].startswith({OURS!r}):
        found.append([sys._getframe(1).f_globals["__name__"], pattern, int(flags)])
    return compiled(pattern, flags)

re.compile = compile
for package in {OURS!r}:
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        importlib.import_module(module.name)
from bench.newsroom_texts import newsroom_texts
from pipelines.normalize.bulletin import normalize_together
normalize_together(list(newsroom_texts(40)))
print(json.dumps(found))
"""


def possessive_groups(tree: Any) -> Iterator[Any]:
    """Items of possessive repeats that are no single character."""
    for op, value in tree:
        if str(op) == "POSSESSIVE_REPEAT":
            item = value[2]
            if len(item) != 1 or item.getwidth() != (1, 1):
                yield item
        waiting = [value]
        while waiting:
            part = waiting.pop()
            if isinstance(part, parser.SubPattern):
                yield from possessive_groups(part)
            elif isinstance(part, tuple | list):
                waiting.extend(part)


def test_no_pattern_repeats_a_group_possessively() -> None:
    told = subprocess.run([sys.executable, "-c", _COLLECT], capture_output=True, text=True, check=True).stdout
    patterns = json.loads(told)
    assert len(patterns) > 400
    wrong = [
        (module, pattern[:100])
        for module, pattern, flags in patterns
        if any(possessive_groups(parser.parse(pattern, flags)))
    ]
    assert not wrong


def test_the_rule_sees_a_possessive_group_at_any_depth() -> None:
    for pattern in (r"(?:ab)*+", r"x(?:a|(?=b(?:\d\d)?+))", r"(?<!a)(?:ab?c){1,3}+", r"(a(?:[./-]\d++)*+)"):
        assert any(possessive_groups(parser.parse(pattern))), pattern
    for pattern in (r"\d++[a-z]*+(?:a)?+", r"(?>(?:ab)*)", r"[^\W\d]{1,6}+"):
        assert not any(possessive_groups(parser.parse(pattern))), pattern
    assert re.match(r"\d++(?>(?:[./-]\d++)*)", "5/x")[0] == "5"  # type: ignore[index]
