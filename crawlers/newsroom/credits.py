"""Credit lines in the forms papers use, with the people each names."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.newsroom.chance import Chance


@dataclass(frozen=True, slots=True)
class Credit:
    """lines as printed, and whom they name."""

    lines: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()


def credit(form: str, writers: tuple[str, ...], rng: Chance, but: tuple[str, ...] = ()) -> Credit:
    """One credit with people drawn from `writers`.

    form  both, both-capitals, feature, split, desk (`PV`), author (`Tác giả: …`), author-source, bare, bare-capitals,
          none
    but   people not to name
    """
    first, second = rng.sample([name for name in writers if name not in but], 2)
    match form:
        case "both":
            return Credit((f"Tin, ảnh: {first}",), (first,), (first,))
        case "both-capitals":
            return Credit((f"Tin, ảnh: {first.upper()}",), (first,), (first,))
        case "feature":
            return Credit((f"Bài và ảnh: {first.upper()} - {second.upper()}",), (first, second), (first, second))
        case "split":
            return Credit((f"Bài: {first}", f"Ảnh: {second}"), (first,), (second,))
        case "desk":
            return Credit(("PV",))
        case "author":
            return Credit((f"Tác giả: {first}",), (first,))
        case "author-source":
            return Credit((f"Tác giả: {first}", "Nguồn tin: Cổng thông tin điện tử Bộ"), (first,))
        case "bare":
            return Credit((first,), (first,))
        case "bare-capitals":
            return Credit((first.upper(),), (first,))
        case "none":
            return Credit()
    raise ValueError(f"expected a form of credit line, found {form!r}")
