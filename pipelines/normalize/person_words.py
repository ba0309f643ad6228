"""The words around a person's name: ranks, titles, posts, forms of address, links, in one lexicon of phrases.

Sources: reference/ranks.tsv, titles.tsv, positions.tsv, and beside them title_forms.tsv, posts.tsv, post_branches.tsv
and person_cues.tsv.
Posts beyond the tables are made by rule: `Phó` + head, deputy + `Thường trực`, `Chủ nhiệm` / `Trợ lý` + branch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.normalize.spelling import lower, modern
from pipelines.reference import table

TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")

RANK, TITLE, POST, ADDRESS, PRIVATE, LINK, AND, MODIFIER = range(8)

# Rows of positions.tsv that hold an organization (it is told beside the post) or two posts.
_WITH_ORGANIZATION = frozenset((
    "Bí thư Tỉnh ủy", "Bí thư Đoàn", "Giám đốc Sở", "Giám đốc Công an", "Thường vụ Đảng ủy",
    "Phó Tư lệnh, Tham mưu trưởng", "Tư lệnh Cảnh sát cơ động",
))  # fmt: skip
_PARTY = ("Bí thư", "Phó Bí thư", "Ủy viên Ban Thường vụ", "Ủy viên Ban Chấp hành", "Đảng ủy viên", "Chi ủy viên")
# These words alone make nobody a public figure (`chiến sĩ Nguyễn Văn A`), and no organization is shared with them.
_STAFF = ("Nhân viên", "Chiến sĩ", "Cán bộ")
_SOFT = (*_STAFF, "Học viên", "Cộng tác viên", "Thuyền trưởng", "Giáo viên")
_MANY = ("Phóng viên", "Biên tập viên", "Giảng viên", "Chuyên viên", "Điều tra viên", "Trợ lý", "Nghiên cứu viên")
_ALONE = (
    "Ủy viên Bộ Chính trị", "Ủy viên Ban Chấp hành Trung ương Đảng", "Ủy viên Ban Bí thư", "Bí thư Trung ương Đảng",
    "Thường trực Ban Bí thư", "Ủy viên dự khuyết Ban Chấp hành Trung ương Đảng", "Chủ tịch nước", "Phó Chủ tịch nước",
    "Tỉnh ủy viên", "Thành ủy viên", "Huyện ủy viên", "Quận ủy viên", "Đại biểu Quốc hội", "Già làng", "Tỉnh trưởng",
    "Phó Tỉnh trưởng", "Thị trưởng", "Phó Thị trưởng", "Đô trưởng", "Phó Đô trưởng", "Huyện trưởng", "Cô đỡ thôn bản",
    "Cộng tác viên dân số", "Thủ tướng Chính phủ", "Phó Thủ tướng", "Tổng thống", "Quốc vương",
    "Phó Tổng thống", "Ngoại trưởng",
)  # fmt: skip
_OF_BODIES = ("rưởng ban", "rưởng tiểu ban", "Tổ trưởng", "Tổ phó")
_MEMBERS = ("Thành viên", "Ủy viên", "Thư ký", "Ủy viên Thường trực")
_BEHIND = (
    "Cán bộ", "Thành viên", "Cảnh sát khu vực", "Sĩ quan liên lạc", "Sĩ quan tham mưu", "Lái xe", "Pháo thủ",
    "Trắc thủ", "Y tá", "Cảnh sát viên", "Công nhân", "Hội viên", "Thủy thủ", "Diễn viên", "Phi công", "Điều phối viên",
)  # fmt: skip
_HEADS = {
    ("phòng",), ("ban",), ("khoa",), ("đoàn",), ("trạm",), ("công", "an"), ("văn", "phòng"), ("thanh", "tra"),
    ("bộ", "môn"), ("phân", "trại"), ("phân", "xưởng"), ("hệ",), ("tiểu", "khu"),
    ("tiểu", "ban"), ("trung", "tâm"), ("chi", "nhánh"), ("xưởng",), ("đơn", "vị"),
}  # fmt: skip
_BEFORE_HEADS = ("trưởng", "phó", "chánh", "chủ", "quản")
_WITHOUT = {  # their organization is told beside them
    "Ủy viên Quân ủy Trung ương": "Ủy viên", "Chủ nhiệm khoa": "Chủ nhiệm", "Phó Chủ nhiệm khoa": "Phó Chủ nhiệm",
    "Chủ nhiệm bộ môn": "Chủ nhiệm", "Phó Chủ nhiệm bộ môn": "Phó Chủ nhiệm",
}  # fmt: skip
_BRANCHED = ("Chủ nhiệm", "Phó Chủ nhiệm", "Trợ lý")
# Titles that are a person's post where they are written out and nothing else is told: `hộ sinh A, Trung tâm Sản Nhi`.
PROFESSIONS = {
    "Điều dưỡng": ("Điều dưỡng",), "Điều dưỡng viên": ("Điều dưỡng viên",), "Hộ sinh": ("Hộ sinh", "Nữ hộ sinh"),
    "Y sĩ": ("Y sĩ", "Y sỹ"), "Kỹ thuật viên": ("Kỹ thuật viên",), "Bác sĩ": ("Bác sĩ", "Bác sỹ"),
    "Dược sĩ": ("Dược sĩ", "Dược sỹ"), "Luật sư": ("Luật sư",),
}  # fmt: skip
_NO_EVIDENCE = frozenset(("Cao cấp lý luận chính trị", "Cử nhân"))
_SKIPPED_ABBREVIATIONS = frozenset(("LS", "TB", "HS", "CN", "VS", "NB"))  # stand for more than one word


@dataclass(frozen=True, slots=True)
class Post:
    """A post's words. head: how many of its last words name the organization (`Trưởng phòng`: 1).

    party: of a party committee; alone: goes with no organization
    soft: no public role by itself; people: a word for people at large too (`trao đổi với phóng viên, Đại tá A`)
    committee: of a body that may be named by its task: `Trưởng ban Tổ chức hội thi`
    profession: one that is a title beside another post: `y sĩ A, Trạm trưởng`
    behind: a post only behind a name (`Đại úy A, cán bộ Đội 2`): elsewhere the word means people at large
    """

    position: str
    head: int = 0
    party: bool = False
    soft: bool = False
    people: bool = False
    alone: bool = False
    behind: bool = False
    committee: bool = False
    profession: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """words: lower case, new tone placement. exact: as it must be written (abbreviations); None: any case."""

    words: tuple[str, ...]
    exact: tuple[str, ...] | None
    kind: int
    value: str
    post: Post | None = None


def keys_of(text: str) -> tuple[str, ...]:
    """The words of a phrase as they are compared."""
    return tuple(word.replace("’", "'") for word in TOKEN.findall(modern(lower(text))))


@cache
def professions() -> dict[tuple[str, ...], Phrase]:
    """Words of a profession written out → the post."""
    return {
        keys_of(form): Phrase(keys_of(form), None, POST, title, Post(title, profession=True))
        for title, forms in PROFESSIONS.items()
        for form in forms
    }


@cache
def lexicon() -> tuple[Phrase, ...]:
    """All phrases, each once; of two with the same words the first."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...] | None], Phrase] = {}
    for phrase in _phrases():
        found.setdefault((phrase.words, phrase.exact), phrase)
    return tuple(found.values())


class _Node:
    """A step into the phrases: the words that may follow, and the phrases that end here."""

    __slots__ = ("following", "phrases")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.phrases: list[Phrase] = []


@cache
def _trie() -> dict[str, _Node]:
    root = _Node()
    for phrase in lexicon():
        node = root
        for word in phrase.words:
            node = node.following.setdefault(word, _Node())
        node.phrases.append(phrase)
    return root.following


@cache
def cues(kind: str) -> frozenset[tuple[str, ...]]:
    """The phrases of one kind of person_cues.tsv."""
    return frozenset(keys_of(row["cue"]) for row in table("person_cues") if row["kind"] == kind)


@cache
def _cues_by_first(kind: str) -> dict[str, list[tuple[str, ...]]]:
    """First word → the cues of a kind that begin with it, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for cue in sorted(cues(kind), key=len, reverse=True):
        found.setdefault(cue[0], []).append(cue)
    return found


def cue_length(keys: list[str], at: int, kind: str, most: int = 9) -> int:
    """How many words the longest cue of a kind has that stands at a token; 0: none. most: longer ones do not count."""
    if at < len(keys):
        for cue in _cues_by_first(kind).get(keys[at], ()):
            if len(cue) <= most and tuple(keys[at : at + len(cue)]) == cue:
                return len(cue)
    return 0


def match(keys: list[str], words: list[str], at: int) -> Phrase | None:
    """The longest phrase of the lexicon that stands at a token."""
    end, last, found = at + 1, len(keys), None
    node = _trie().get(keys[at]) if at < last else None
    while node is not None:
        if node.phrases:
            for phrase in node.phrases:
                if phrase.exact is None or tuple(words[at:end]) == phrase.exact:
                    found = phrase
        node = node.following.get(keys[end]) if end < last else None
        end += 1
    return found


def _phrases() -> Iterator[Phrase]:
    for row in table("ranks"):
        forms = list(_forms(row["rank"], row["variants"]))
        # behind a comma CN is a bachelor, or whatever it stands for: `Trung úy, CN Lò Văn Inh`
        forms += [f"{form}, CN" for form in forms if "QNCN" not in form and "chuyên nghiệp" not in form]
        forms += [form.replace("QNCN", "CN") for form in forms if form.endswith(" QNCN") and ", " not in form]
        forms += [form.replace("QNCN", "chuyên nghiệp") for form in forms if "QNCN" in form]
        for form in forms:
            for words in (form, f"{form} dự bị"):  # a reservist's rank is the rank
                yield Phrase(keys_of(words), None, RANK, row["rank"])
    for row in table("titles"):
        if row["kind"] in ("address", "modifier"):
            continue
        for form in _forms(row["title"], row["abbreviations"]):
            if form not in _SKIPPED_ABBREVIATIONS:
                yield _short(form, TITLE, "" if row["title"] in _NO_EVIDENCE else row["title"])
    for row in table("title_forms"):
        yield _short(row["form"], TITLE, row["title"])
    for post, forms in _posts().items():
        for form in forms:
            yield _short(form, POST, post, _post(post, keys_of(form)))
    kinds = {"address": ADDRESS, "private": PRIVATE, "link": LINK, "and": AND, "modifier": MODIFIER}
    for row in table("person_cues"):
        if row["kind"] in kinds:
            yield Phrase(keys_of(row["cue"]), None, kinds[row["kind"]], row["means"])


def _short(form: str, kind: int, value: str, post: Post | None = None) -> Phrase:
    """An abbreviation counts in the letters it is written in, and without its last full stop."""
    abbreviated = " " not in form and sum(letter.isupper() for letter in form) >= 2
    words = TOKEN.findall(form.rstrip("."))
    return Phrase(keys_of(form.rstrip(".")), tuple(words) if abbreviated else None, kind, value, post)


def _posts() -> dict[str, list[str]]:
    """Canonical post → its written forms."""
    found: dict[str, list[str]] = {}
    heads: list[str] = []
    for row in (*table("posts"), *table("positions")):
        position = row["position"]
        if position in _WITH_ORGANIZATION:
            continue
        variants = (form for form in _forms(position, row["variants"]) if form != "Ủy viên thường vụ Đảng ủy")
        found.setdefault(position, []).extend(form for form in variants if form != "CN")
        if row.get("level") == "head" and not position.startswith(("Thủ", "Tổng Bí thư")):
            heads.append(position)
    for head in heads:
        found.setdefault(f"Phó {head}", [f"Phó {head}"])
    for deputy in [position for position in found if position.startswith("Phó ")]:
        if not deputy.endswith("Thường trực"):
            found.setdefault(f"{deputy} Thường trực", []).append(f"{deputy} Thường trực")
    for row in table("post_specialties"):
        for position in _STAFF:
            name = f"{position} {row['specialty']}"
            found[name] = [name, name.replace("sĩ", "sỹ")]
    for row in table("post_branches"):
        for position in _BRANCHED:
            name = f"{position} {row['branch']}"
            found.setdefault(name, []).append(name)
            if " - " in name:
                found[name].append(name.replace(" - ", ", "))
                found[name].append(name.replace(" - ", " và "))
            for short in filter(None, row["abbreviations"].split("; ")):
                found[name].append(f"{position} {short}")
    return found


def _post(position: str, words: tuple[str, ...]) -> Post:
    head = next((n for n in (2, 1) if words[-n:] in _HEADS and words[0] in _BEFORE_HEADS), 0)
    return Post(
        _WITHOUT.get(position, position),
        head,
        party=position.startswith(_PARTY) and position not in _ALONE,
        soft=position in _SOFT or position.startswith(_STAFF),
        people=position in _SOFT or position.startswith(_STAFF) or position in (*_MANY, *_BEHIND),
        alone=position in _ALONE,
        behind=position in _BEHIND or position.startswith("Cán bộ "),
        committee=position in _MEMBERS or any(body in position for body in _OF_BODIES),
    )


def _forms(first: str, others: str) -> Iterable[str]:
    return (first, *(form.strip() for form in others.split(";") if form.strip()))
