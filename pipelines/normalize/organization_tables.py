"""The words of organization names, from the tables: heads, name words, abbreviations, known organizations, places.

Sources: reference/organization_heads.tsv, name_words.tsv, name_abbreviations.tsv, organizations.tsv, provinces.tsv.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.normalize.phrase_patterns import word_tree
from pipelines.normalize.spelling import lower, modern, modern_small
from pipelines.reference import table
from pipelines.values import value

_CAPITALS = "A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯ" + "".join(c for c in map(chr, range(0x1EA0, 0x1EFA)) if c.isupper())
CAPITAL = f"[{_CAPITALS}]"
FIRST = re.compile(r"[^\W_]+")
COUNTRY = re.compile(
    "(?:" + "|".join((
        "lào", "campuchia", "cam-pu-chia", "trung quốc", "nga", "liên bang nga", "hoa kỳ", "mỹ", "nhật bản",
        "hàn quốc", "ấn độ", "cuba", "belarus", "thái lan", "indonesia", "singapore", "malaysia", "philippines",
        "australia", "anh", "pháp", "đức", "việt nam", "sri lanka", "myanmar", "brunei", "timor leste", "canada",
        "new zealand", "italia", "italy", "hà lan", "bỉ", "thụy sĩ", "thụy điển", "na uy", "đan mạch", "phần lan",
        "ba lan", "séc", "hungary", "bulgaria", "ukraine", "kazakhstan", "mông cổ", "triều tiên", "pakistan",
        "bangladesh", "nepal", "israel", "thổ nhĩ kỳ", "ai cập", "nam phi", "angola", "mozambique", "brazil",
        "argentina", "mexico", "chile", "peru", "venezuela", "tây ban nha", "bồ đào nha", "hy lạp", "ireland",
    )) + r")(?!\w)"
)  # fmt: skip


@value
class Head:
    """First words of names.

    words    as organizations write them: `Bộ Chỉ huy quân sự`
    grammar  what a name with this head is made of (class `NameReader` says how each is read)
    level    for chains `Trung đoàn 31, Sư đoàn 309`: a unit belongs to one of a higher level; 0: none
    owner    in: the owner's name is part of the name (`Đảng ủy Quân khu 2`); after: it is the parent
    alias    yes: the bare head means the one spoken of; full: the head is a whole name; '' neither
    lower    may begin a name in lower case (`phòng Quân y`)
    """

    words: str
    grammar: str
    kind: str
    sphere: str
    level: int
    owner: str
    alias: str
    lower: bool


class Known(NamedTuple):
    """An organization of which there is one."""

    name: str
    abbreviation: str | None
    unit_code: str | None
    sphere: str | None
    parent: str | None
    military_region: str | None


_SIGNS = re.compile(r" ?[-./,] ?")
# A province's own `tỉnh` may be left out, a town's `thành phố` not: Thanh Hóa is both.
_KIND = re.compile(
    r" (?:tỉnh(?! (?:ủy|đoàn|đội))|thành phố(?= (?:hà nội|hải phòng|đà nẵng|cần thơ|huế|hồ chí minh)(?!\w))) "
)


def key(words: str) -> str:
    """Under what two ways to write one name are the same: case, tone placement, dashes, `tỉnh`."""
    low = modern_small(lower(words))
    if "-" in low or "," in low or "." in low or "/" in low:
        low = _SIGNS.sub("-", low)
    return _KIND.sub(" ", low) if " tỉnh " in low or " thành phố " in low else low


class Keys(dict[str, str]):
    """Words → `key`, worked out once for each name of a bulletin."""

    def __missing__(self, words: str) -> str:
        found = self[words] = key(words)
        return found


@cache
def heads_by_words() -> dict[str, Head]:
    """Every spelling of a head in lower case."""
    found = {}
    for row in table("organization_heads"):
        head = Head(
            row["head"], row["grammar"], row["kind"], row["sphere"], int(row["level"] or 0), row["owner"],
            row["alias"], row["lower"] == "yes",
        )  # fmt: skip
        found.update(dict.fromkeys(_spellings(lower(head.words)), head))
    return found


@cache
def small_heads() -> frozenset[str]:
    """First three letters of heads that may begin a name in lower case."""
    return frozenset(words[:3] for words, head in heads_by_words().items() if head.lower)


@cache
def known_by_head() -> dict[str, tuple[str, ...]]:
    """First syllable → names of known organizations in lower case, longest first, for lines without case."""
    found: dict[str, list[str]] = {}
    for row in table("organizations"):
        for name in (row["name"], *filter(None, row["variants"].split("; "))):
            found.setdefault(_first(modern(lower(name))), []).append(modern(lower(name)))
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


@cache
def head_pattern() -> re.Pattern[str]:
    """The longest head at a place of a text in lower case."""
    return re.compile(rf"{word_tree(heads_by_words())}(?!\w)")


@cache
def head_behind(mark: str) -> re.Pattern[str]:
    """Finds heads with the character before them. mark: its pattern; for a blank `re` is fastest."""
    return re.compile(mark + head_pattern().pattern)


@cache
def name_words() -> dict[str, str]:
    """Name words in lower case, in every spelling, with their class.

    noun  begins a name with a capital (`Cục Hậu cần`); after an act also in lower case (`Viện Nghiên cứu quân sự`)
    act   like a noun; what it acts on may follow. open: it must (`Viện Nghiên cứu` alone is no name)
    tail  goes on in lower case after anything (`Viện Tim mạch quốc gia`)
    task  of steering committees, in lower case too. form: legal and school forms (`TNHH`, `THPT`)
    """
    return {spelling: row["class"] for row in table("name_words") for spelling in _spellings(row["words"])}


@cache
def name_words_pattern() -> re.Pattern[str]:
    """The longest name words at a place of a text in lower case."""
    return re.compile(rf"{word_tree(name_words())}(?!\w)")


def sphere_of_words(name: str) -> str | None:
    """The sphere that the words of a name tell; of several the first of the table."""
    low = name.lower()
    if not _sphere_words().search(low):
        return None
    return next((sphere for words, sphere in _spheres() if words in low), None)


@cache
def _sphere_words() -> re.Pattern[str]:
    return re.compile(word_tree(words for words, _ in _spheres()))


@cache
def _spheres() -> tuple[tuple[str, str], ...]:
    return tuple(
        (row["words"], row["sphere"]) for row in table("name_words") if row["sphere"] and len(row["words"]) > 4
    )


@cache
def abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["expansion"] for row in table("name_abbreviations")}


@cache
def known() -> dict[str, Known]:
    """By key of name and variants."""
    found = {}
    for row in table("organizations"):
        one = Known(
            row["name"], row["abbreviation"] or None, row["unit_code"] or None, row["sphere"] or None,
            row["parent"] or None, row["military_region"] or None,
        )  # fmt: skip
        for name in (row["name"], *filter(None, row["variants"].split("; "))):
            found[key(name)] = one
    return found


@cache
def known_codes() -> dict[str, str]:
    """Unit code → name of the known organization."""
    return {one.unit_code: one.name for one in known().values() if one.unit_code}


@cache
def known_regions() -> dict[str, str]:
    """Key of a known organization → the military region it belongs to."""
    return {key: one.parent for key, one in known().items() if one.parent and one.parent.startswith("Quân khu")}


@cache
def provinces() -> dict[str, str]:
    """Lower case → number of the military region it lies in, or ''."""
    return {modern(lower(row["province"])): row["military_region"] for row in table("provinces")}


@cache
def provinces_by_first() -> dict[str, tuple[str, ...]]:
    """First syllable → provinces, longest first, in lower case."""
    found: dict[str, list[str]] = {}
    for name in provinces():
        found.setdefault(_first(name), []).append(name)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


@cache
def follows() -> frozenset[str]:
    """Words that may follow a name: verbs, prepositions. Another word in lower case makes a name's end unsure."""
    return frozenset(row["word"] for row in table("words_after_names"))


@cache
def clause_verbs() -> re.Pattern[str]:
    """Verbs with which a clause goes on behind an unknown name, longest first."""
    return re.compile(rf"{word_tree(modern(row['words']) for row in table('clause_verbs'))}(?!\w)")


@cache
def surnames() -> dict[str, int]:
    """Lower case → place in the table, the commonest first."""
    return {modern(lower(row["surname"])): place for place, row in enumerate(table("surnames"))}


@cache
def heroes() -> frozenset[str]:
    """Names of figures of the past, in lower case."""
    return frozenset(modern(lower(row["name"])) for row in table("heroes"))


def _first(words: str) -> str:
    return re.split(r"[ \-,]", words, maxsplit=1)[0]


def _spellings(words: str) -> set[str]:
    """The ways one phrase is printed: dashes without blanks, commas left out, i for y."""
    found = {modern(words)}
    for old, new in ((" - ", "-"), (" - ", " "), (", ", " "), (" và ", " - "), ("kỹ", "kĩ"), ("sĩ", "sỹ"),
                     ("quân dân y", "quân - dân y"), ("quân dân y", "quân-dân y")):  # fmt: skip
        found |= {spelling.replace(old, new) for spelling in found}
    return found
