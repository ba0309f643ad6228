"""Taking one file in, as the captures it holds or the doubts it gives. `intake` says which files."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes, urlsplit

from crawlers.archive import Index, refusal, warc_date
from crawlers.errors import UnreadableFile
from crawlers.http_message import BadMessage, response
from crawlers.segment import MAX_PAYLOAD, SegmentWriter
from crawlers.source import Source
from crawlers.walk import Hole, RegularFile, Skipped, content_type, is_archive, shown
from crawlers.warc import Damage, WarcRecord, records
from pipelines.identity import ascii_uri, file_url
from pipelines.records import Capture, IntakeDoubt

MAX_BLOCK = MAX_PAYLOAD + 256 * 1024  # an HTTP header may come on top
_STEP = timedelta(microseconds=1)
_CLOCKS_DIFFER = timedelta(days=1)
_PROGRESS_EVERY = 500  # records of one WARC


class Taking:
    """One run's state: what was counted, and what the archive holds by now."""

    def __init__(
        self,
        source: Source,
        writer: SegmentWriter,
        held: Index,
        clock: Callable[[], datetime],
        on_progress: Callable[[int, str], None] | None,
    ) -> None:
        self.source, self.writer, self.held, self.clock, self.on_progress = source, writer, held, clock, on_progress
        self.files = self.added = self.unchanged = self.refused = 0
        self.skipped: list[Skipped] = []
        self.holes: list[Hole] = []
        self.doubts: list[IntakeDoubt] = []
        self.not_taken: Counter[str] = Counter()
        self.latest_date = clock() + _CLOCKS_DIFFER  # of a WARC record; later ones lie

    def take(self, found: Path | Skipped | Hole) -> None:
        if isinstance(found, Skipped):
            self.skipped.append(found)
        elif isinstance(found, Hole):
            self.holes.append(found)
        else:
            self._progress(found)
            try:
                self._warc(found) if is_archive(found.name) else self._page(found)
            except UnreadableFile as problem:
                self.holes.append(Hole(shown(Path(found.parent.name, found.name)), str(problem)))
            self.files += 1

    def _progress(self, path: Path) -> None:
        if self.on_progress is not None:
            self.on_progress(self.files, shown(Path(path.parent.name, path.name)))

    def _page(self, path: Path) -> None:
        url = file_url(path.parent.name, path.name)
        with RegularFile(path) as file:
            payload = file.read(MAX_PAYLOAD + 1) if file.size <= MAX_PAYLOAD else b""
        size = max(file.size, len(payload))
        if size > MAX_PAYLOAD:
            detail = f"{url}: expected at most {MAX_PAYLOAD} bytes, found {size}; it was left out"
            self._refuse("too-large", url, detail, path.as_uri())
            return
        digest = hashlib.sha256(payload).hexdigest()
        latest = self.held.latest.get(self.source.key(url))
        if latest is not None and latest.payload_sha256 == digest:
            self.unchanged += 1
            return
        if self._is_anothers(url, digest, path.as_uri()):
            return
        now = self.clock()
        if latest is not None and latest.fetched_at >= now:
            now = latest.fetched_at + _STEP  # a clock set back must not put an edit before what it edited
        media = content_type(path.name)
        self._add(Capture(self.source.source_id, url, now, payload, media, origin="file"), digest, path.as_uri(), None)

    def _is_anothers(self, url: str, digest: str, file_uri: str | None) -> bool:
        """Refuse other bytes under a key that another file has: two pages would become one bulletin's versions."""
        latest = self.held.latest.get(self.source.key(url))
        if latest is None or latest.payload_sha256 == digest or latest.file_uri == file_uri:
            return False
        there, here = ((uri or "").rpartition("/")[0] for uri in (latest.file_uri, file_uri))
        other = "another file of this folder whose name differs in its Unicode form only" if there == here else "a file"
        where = "" if there == here else " from another folder"
        self._refuse(
            "same-key-other-folder",
            url,
            f"{url}: {other}{where} was taken under this name before, and this one has other bytes; it was left out; "
            "cure: ingest it with --source ID, another source than the first",
            file_uri,
        )
        return True

    def _warc(self, path: Path) -> None:
        url, name, revisits = file_url(path.parent.name, path.name), shown(Path(path.name)), 0
        with RegularFile(path) as file:
            for number, item in enumerate(records(file, _wanted), start=1):
                if isinstance(item, Damage):
                    self._damaged(item, url, name, path.as_uri())
                elif item.kind in ("response", "resource"):
                    self._record(item, url, name, path.as_uri())
                else:
                    self.not_taken[shown(Path(item.kind[:40])) or "untyped"] += 1
                    revisits += item.kind == "revisit"
                if number % _PROGRESS_EVERY == 0:
                    self._progress(path)
        if revisits:
            detail = f"{name}: {revisits} revisit records were not taken: they hold no bytes, only that nothing changed"
            self._doubt("revisit-not-taken", "warning", url, detail, path.as_uri())

    def _damaged(self, damage: Damage, url: str, name: str, file_uri: str) -> None:
        if damage.not_warc:
            detail = f"{name}: expected a WARC file, plain or gzip: {damage.reason}; nothing of it was taken"
            self._refuse("not-a-warc", url, detail, file_uri)
        else:
            rule = "warc-cut" if damage.cut else "warc-damaged"
            detail = (
                f"{name}: no whole record from byte {damage.offset} on: {damage.reason}; all whole records were taken"
            )
            self._refuse(rule, url, detail, file_uri)

    def _record(self, record: WarcRecord, warc_url: str, name: str, warc_uri: str) -> None:
        """One response or resource of a WARC: taken with the URL and the instant it states."""
        where = f"{name}, record at byte {record.offset}"
        try:
            url, file_uri = _target(record)
            self.source.key(url)
        except ValueError as error:
            self._refuse("bad-url", warc_url, f"{where}: {error}; it was left out", warc_uri)
            return
        scheme = urlsplit(url).scheme
        is_response = record.kind == "response"
        media = record.header("Content-Type")
        if scheme not in ("http", "https", "file"):
            self.not_taken[f"{record.kind} of {scheme or 'no'} scheme"] += 1
            return
        try:
            if record.header("WARC-Truncated"):
                raise BadMessage("body-cut", "its archiver cut it (WARC-Truncated)")
            if record.block is None:
                raise BadMessage("too-large", f"expected at most {MAX_BLOCK} bytes, found {record.length}")
            try:
                moment = warc_date(record.header("WARC-Date"))
            except ValueError as error:
                raise BadMessage("bad-warc-date", str(error)) from error
            if moment > self.latest_date:
                raise BadMessage("bad-warc-date", f"expected a WARC-Date in the past, found {moment.isoformat()}")
            answer = response(record.block, MAX_PAYLOAD) if is_response else None
        except BadMessage as error:
            self._refuse(error.rule, url, f"{where}: {error}; it was left out", warc_uri)
            return
        capture = Capture(
            source_id=self.source.source_id,
            url=url,
            fetched_at=moment,
            payload=answer.payload if answer else record.block,
            content_type=answer.content_type if answer else media or None,
            http_status=answer.status if answer else None,
            origin="archive",
        )
        digest = hashlib.sha256(capture.payload).hexdigest()
        if self.held.holds(self.source, url, digest, moment):
            self.unchanged += 1
        elif scheme != "file" or not self._is_anothers(url, digest, file_uri):
            self._add(capture, digest, file_uri, record.block if is_response else None)

    def _add(self, capture: Capture, digest: str, file_uri: str | None, http_block: bytes | None) -> None:
        if http_block is None:
            self.writer.add_resource(capture, file_uri)
        else:
            self.writer.add_response(capture, http_block)
        self.held.add(self.source, capture.url, digest, capture.fetched_at, file_uri)
        self.added += 1

    def _refuse(self, rule: str, url: str, detail: str, file_uri: str | None) -> None:
        self.refused += 1
        self._doubt(rule, "error", url, detail, file_uri)

    def _doubt(self, rule: str, severity: str, url: str, detail: str, file_uri: str | None) -> None:
        doubt = IntakeDoubt(self.source.source_id, url, rule, severity, detail, self.clock())
        self.doubts.append(doubt)
        known = refusal(doubt, file_uri)
        if known not in self.held.refusals:
            self.writer.add_doubt(doubt, file_uri)
            self.held.refusals.add(known)


def _wanted(headers: Mapping[str, str], length: int) -> bool:
    return headers.get("warc-type", "").lower() in ("response", "resource") and length <= MAX_BLOCK


def _target(record: WarcRecord) -> tuple[str, str | None]:
    """The record's URL, and the URI of the local file it was made of, if it was.

    `file:///home/…/seeds/a.txt` becomes `file:seeds/a.txt`: absolute paths go into no table.
    raises  ValueError: no URL
    """
    url = ascii_uri(record.header("WARC-Target-URI"))  # warcio took off the <> of WARC/1.0
    split = urlsplit(url)
    if not split.scheme:
        raise ValueError(f"expected a WARC-Target-URI, found {url[:80]!r}")
    if split.scheme in ("http", "https") and not split.hostname:
        raise ValueError(f"expected a host in the WARC-Target-URI, found {url[:80]!r}")
    if split.scheme != "file":
        return url, None
    file_uri = record.header("Bantin-File-URI") or url
    path = PurePosixPath(os.fsdecode(unquote_to_bytes(split.path)))
    if not path.name:
        raise ValueError(f"expected a file's name in the WARC-Target-URI, found {url[:80]!r}")
    return (file_url(path.parent.name, path.name), file_uri) if path.is_absolute() else (url, file_uri)
