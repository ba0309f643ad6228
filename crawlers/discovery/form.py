"""Lists of ASP.NET WebForms sites, whose following page is an answer to the page's own form, posted again."""

from __future__ import annotations

import regex
from lxml.html import HtmlElement

from crawlers.discovery.address import Refused, address
from crawlers.discovery.listed import ListedPage, NextPage
from crawlers.discovery.listing import read_with
from crawlers.source import Discover
from pipelines.html import every

_POSTBACK = regex.compile(
    r"""(?:__doPostBack|WebForm_PostBackOptions)\s*\(\s*
        (?P<q>["'])(?P<target>[^"'\\]{0,500})(?P=q)\s*,\s*(?P<r>["'])(?P<argument>[^"'\\]{0,500})(?P=r)""",
    regex.VERBOSE | regex.IGNORECASE,
)
_NO_VALUE = frozenset(("submit", "image", "button", "reset", "file"))


def read_form(payload: bytes, content_type: str | None, url: str, way: Discover) -> ListedPage:
    """As crawlers.discovery.listing.read_listing, but `next` may be a postback.

    way.next  element whose href or onclick calls `__doPostBack('target','argument')`, also through
              WebForm_DoPostBackWithOptions; a plain href works too
    returns   NextPage(url=the form's action, form=its successful controls in page order, `__EVENTTARGET` and
              `__EVENTARGUMENT` set). Buttons are left out: one that was not pressed is not sent
    source    HTML 4.01, 17.13.2 (successful controls); `__doPostBack` as ASP.NET 2.0 to 4.8 print it
    """
    return read_with(payload, content_type, url, way, _by_postback)


def _by_postback(link: HtmlElement, base: str) -> NextPage:
    href = (link.get("href") or "").strip()
    call = _POSTBACK.search(href) or _POSTBACK.search(link.get("onclick") or "")
    if call is None:
        if not href or href.startswith("#"):
            raise Refused("without an address or a postback")
        return NextPage(address(href, base))
    form = _form_of(link)
    if form is None:
        raise Refused("with a postback, but the page has no form to post")
    action = (form.get("action") or "").strip()
    return NextPage(address(action or base, base), _fields(form, call["target"], call["argument"]))


def _form_of(link: HtmlElement) -> HtmlElement | None:
    """The outermost form around the link (HTML knows no nested ones); else the one with ASP.NET's own state."""
    around = [element for element in link.iterancestors("form") if isinstance(element, HtmlElement)]
    if around:
        return around[-1]
    forms = every(link.getroottree().getroot(), 'form:has(input[name="__VIEWSTATE"])')
    return forms[0] if len(forms) == 1 else None


def _fields(form: HtmlElement, target: str, argument: str) -> tuple[tuple[str, str], ...]:
    events = {"__EVENTTARGET": target, "__EVENTARGUMENT": argument}
    fields: list[tuple[str, str]] = []
    for control in form.iter("input", "select", "textarea"):
        name = control.get("name")
        if not name or control.get("disabled") is not None or name in events:
            continue
        fields += [(name, value) for value in _values(control)]
    return (*events.items(), *fields)


def _values(control: HtmlElement) -> list[str]:
    """What a control sends: nothing, one value, or those of all options that are chosen."""
    if control.tag == "textarea":
        return [_lines(control.text or "")]
    if control.tag == "select":
        options = [option for option in control.iter("option") if option.get("disabled") is None]
        chosen = [option for option in options if option.get("selected") is not None]
        if control.get("multiple") is None:
            chosen = chosen[-1:] or options[:1]
        return [_option(option) for option in chosen]
    kind = (control.get("type") or "text").lower()
    if kind in _NO_VALUE:
        return []
    if kind in ("checkbox", "radio"):
        return [control.get("value") or "on"] if control.get("checked") is not None else []
    return [control.get("value") or ""]


def _option(option: HtmlElement) -> str:
    value = option.get("value")
    return value if value is not None else " ".join((option.text or "").split())


def _lines(text: str) -> str:
    """Line ends as a form sends them (HTML, 4.10.21.4)."""
    return "\r\n".join(text.removeprefix("\n").splitlines())
