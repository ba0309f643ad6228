"""ASP.NET WebForms paging: hidden fields that a page sends, and that the next request must bring back."""

from __future__ import annotations

import base64
import hashlib

_GROUP = 10


class Pager:
    """The hidden fields of each page of one grid. They hang on seed, site and page number, not on the day."""

    def __init__(self, seed: int, site_id: str, target: str = "ctl00$main$grid") -> None:
        self.seed, self.site_id, self.target = seed, site_id, target

    def state(self, page: int) -> str:
        """__VIEWSTATE of a page: opaque, about 3 KB; the page's number is in it, so an answer needs no memory."""
        start = hashlib.sha256(f"{self.seed}/{self.site_id}/{page}".encode()).digest()
        filler = b"".join(hashlib.sha256(start + bytes([n])).digest() for n in range(70))
        return base64.b64encode(b"\xff\x01\x0f" + page.to_bytes(3) + start + filler).decode()

    def validation(self, page: int) -> str:
        digest = hashlib.sha512(f"{self.seed}/{self.site_id}/{page}/validation".encode()).digest()
        return base64.b64encode(digest).decode()

    def fields(self, page: int) -> str:
        """The hidden inputs of a page, as WebForms writes them."""
        values = {
            "__EVENTTARGET": "",
            "__EVENTARGUMENT": "",
            "__VIEWSTATE": self.state(page),
            "__VIEWSTATEGENERATOR": "CA0B0334",
            "__EVENTVALIDATION": self.validation(page),
        }
        inputs = "".join(f'<input type="hidden" name="{n}" id="{n}" value="{v}" />\n' for n, v in values.items())
        return f'<div class="aspNetHidden">\n{inputs}</div>\n'

    def offered(self, page: int, pages: int) -> list[tuple[int, str]]:
        """(page, label) of the links below a page: its group of ten, `...` to the groups beside it, the next one."""
        first = (page - 1) // _GROUP * _GROUP + 1
        last = min(first + _GROUP - 1, pages)
        links = [(first - 1, "...")] if first > 1 else []
        links += [(number, str(number)) for number in range(first, last + 1) if number != page]
        if last < pages:
            links.append((last + 1, "..."))
        return links

    def wanted(self, form: dict[str, str], pages: int) -> int:
        """The page that a postback leads to; 1 where a field is missing, forged, or of a page that has no such link."""
        try:
            raw = base64.b64decode(form.get("__VIEWSTATE", ""), validate=True)
        except ValueError:
            return 1
        before = int.from_bytes(raw[3:6])
        event, _, number = form.get("__EVENTARGUMENT", "").partition("$")
        if not 1 <= before <= pages or form.get("__VIEWSTATE") != self.state(before):
            return 1
        if form.get("__EVENTVALIDATION") != self.validation(before) or form.get("__EVENTTARGET") != self.target:
            return 1
        if event != "Page" or not number.isdecimal():
            return 1
        asked = int(number)
        return asked if asked in {before, *(n for n, _ in self.offered(before, pages))} else 1
