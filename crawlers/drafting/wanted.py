"""What a new source is to be: checked before anything is asked. No address, id or host that another source has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from crawlers.addresses import literal_address, refuse_private_literal
from crawlers.catalog import Catalog, load_catalog
from crawlers.drafting.naming import id_of
from crawlers.errors import CrawlersError
from crawlers.looking import manners
from crawlers.source import Source
from crawlers.source_file import SOURCE_ID
from crawlers.source_values import Wrong, host, web_address

_NOTHING = "nothing was asked and nothing written"


class CannotAdd(CrawlersError):
    """No source was made of the address; nothing was written."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be looked at. urls: with their scheme, the first that answers is taken."""

    source_id: str
    urls: tuple[str, ...]
    host: str
    allow_private: bool

    @property
    def delay_s(self) -> float:
        return manners((self.host,), self.allow_private).delay_s

    def provisional(self) -> Source:
        """A source to look at it by: its host and the `www.` twin of it, one request at a time."""
        return Source(
            source_id=self.source_id,
            name=self.host,
            publisher=self.host,
            home=self.urls[0],
            hosts=(self.host, *_twins(self.host)),
            fetch=manners((self.host,), self.allow_private),
        )


def wanted(home: Path | None, url: str, source_id: str | None, allow_private: bool) -> Wanted:
    """What an address as a person types it means; nothing is asked.

    home    None: there is none yet
    raises  CannotAdd: no address, a private one, an id or a host that another source has
    """
    text = url.strip()
    schemed = (text,) if "://" in text else (f"https://{text}", f"http://{text}")
    try:
        urls = tuple(_usable(candidate) for candidate in schemed)
        found = host("URL", urlsplit(urls[0]).hostname)
    except Wrong as wrong:
        raise CannotAdd(
            f"{url}: {wrong.problem}; {_NOTHING}; cure: give the address of the start page, such as "
            "https://baoquankhu2.vn/"
        ) from wrong
    if not allow_private:
        _refuse_private(found)
    made = source_id if source_id is not None else id_of(urls[0])
    if not SOURCE_ID.fullmatch(made):
        raise CannotAdd(
            f"--id {made}: expected a-z, 0-9 and -, found something else; {_NOTHING}; cure: such as --id baoquankhu2"
        )
    what = Wanted(made, urls, found, allow_private)
    catalog = load_catalog(home)
    _refuse_known(catalog, made)
    refuse_shared(catalog, what.provisional().hosts, _NOTHING)
    if home is not None:
        refuse_there(places(home, made), _NOTHING)
    return what


def places(home: Path, source_id: str) -> tuple[Path, Path]:
    """(source file, folder of its fixtures)."""
    folder = home / "sources"
    return folder / f"{source_id}.toml", folder / source_id


def refuse_there(paths: Iterable[Path], now: str) -> None:
    """raises CannotAdd: one of them is there. now: what is now true."""
    for path in paths:
        if path.exists() or path.is_symlink():
            raise CannotAdd(
                f"{path}: expected nothing there, found a {'folder' if path.is_dir() else 'file'}; {now}; cure: "
                "another --id, or remove it if it is an old draft"
            )


def _usable(url: str) -> str:
    usable = web_address("URL", url)
    split = urlsplit(usable)
    if split.username is not None or split.password is not None:
        raise Wrong("URL", "expected an address without name and password, found one with them")
    return urlunsplit((split.scheme, split.netloc.lower(), split.path or "/", split.query, ""))


def _refuse_private(found: str) -> None:
    try:
        refuse_private_literal(found, False)
    except CrawlersError as error:
        raise CannotAdd(
            f"{found}: expected a public address, found {literal_address(found)}; {_NOTHING}; cure: if this publisher "
            "is meant to be in a private network, add --allow-private"
        ) from error


def refuse_shared(catalog: Catalog, hosts: Iterable[str], now: str) -> None:
    """raises CannotAdd: another source has one of these hosts, or its `www.` twin. now: what is now true."""
    owners = {host: source.source_id for source in catalog for host in source.hosts}
    for host_name in hosts:
        if host_name in owners:
            raise CannotAdd(
                f"{host_name}: expected a host of no source, found it in source '{owners[host_name]}'; {now}; cure: "
                f"bantin source check {owners[host_name]}, or edit its file"
            )


def _refuse_known(catalog: Catalog, source_id: str) -> None:
    if source_id in {source.source_id for source in catalog} | {error.source_id for error in catalog.errors}:
        raise CannotAdd(
            f"source '{source_id}': expected an id that no source has, found it taken; {_NOTHING}; cure: another --id, "
            f"or remove sources/{source_id}.toml of the home if it is an old draft"
        )


def _twins(found: str) -> tuple[str, ...]:
    """`www.` and none: nearly always the same site, which redirects from one to the other."""
    if literal_address(found) is not None:
        return ()
    return (found.removeprefix("www."),) if found.startswith("www.") else (f"www.{found}",)
