"""Taking files in: real folders, real WARCs, real kills."""

import gzip
import io
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers import taking
from crawlers.archive import ArchivedRecord, index, read_segment, segments
from crawlers.errors import CannotWrite, NothingToIngest
from crawlers.intake import IntakeOutcome, ingest
from crawlers.locks import exclusive
from crawlers.source import Source
from crawlers.warc import Damage, WarcRecord, records
from pipelines.records import Capture

SOURCE = Source("local", "Local files", "Local files")
START = datetime(2024, 1, 5, 8, tzinfo=UTC)
REPOSITORY = Path(__file__).parent.parent


class Desk:
    """A home and a folder of files, with a clock that goes on by a minute at each look."""

    def __init__(self, folder: Path) -> None:
        self.home, self.files, self.runs, self.now = folder / "home", folder / "seeds", 0, START
        self.files.mkdir()

    def clock(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def put(self, name: str, payload: bytes = b"Tin") -> Path:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(payload)
        return path

    def ingest(self, *paths: Path, source: Source = SOURCE) -> IntakeOutcome:
        self.runs += 1
        return ingest(paths or [self.files], home=self.home, source=source, run_id=f"r{self.runs}", clock=self.clock)

    def records(self, source_id: str | None = None) -> list[ArchivedRecord]:
        raw = self.home / "raw"
        return [record for path in segments(raw, source_id) for record in read_segment(path, raw)]

    def captures(self) -> list[Capture]:
        return [record.capture for record in self.records() if record.capture]

    def refusals(self) -> list[tuple[str, str]]:
        return [(record.doubt.rule, record.doubt.severity) for record in self.records() if record.doubt]

    def again(self, *paths: Path) -> None:
        """The same again changes nothing."""
        before = {path: path.read_bytes() for path in segments(self.home / "raw")}
        outcome = self.ingest(*paths)
        assert (outcome.added, outcome.segments) == (0, ())
        assert {path: path.read_bytes() for path in segments(self.home / "raw")} == before


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def warc(*records: tuple[str, str, str, bytes], version: str = "1.0", gz: bool = True) -> bytes:
    """records: type, URI, date, block."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz, warc_version=version)
    for kind, uri, date, block in records:
        media = "application/http; msgtype=response" if kind in ("response", "revisit") else "text/html"
        headers = {"WARC-Date": date, "Content-Type": media}
        http = None
        if kind == "revisit":
            http = StatusAndHeaders("200 OK", [], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                uri, kind, payload=io.BytesIO(block), length=len(block), warc_headers_dict=headers, http_headers=http
            )
        )
    return out.getvalue()


def page(text: str = "Tin", status: str = "200 OK", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n<p>{text}".encode()


def three(gz: bool = True) -> bytes:
    return warc(
        *[("response", f"https://a.vn/{n}", f"2020-01-0{n}T00:00:00Z", page(os.urandom(400).hex())) for n in (1, 2, 3)],
        gz=gz,
    )


# Files


def test_pages_and_texts_of_a_folder_come_in(desk):
    desk.put("b.HTML", b"<p>")
    desk.put("a.txt")
    desk.put("sub/c.htm", b"<i>")
    outcome = desk.ingest()
    assert (outcome.added, outcome.files, outcome.complete) == (3, 3, True)
    assert [(c.url, c.content_type, c.origin, c.http_status) for c in desk.captures()] == [
        ("file:seeds/a.txt", "text/plain", "file", None),
        ("file:seeds/b.HTML", "text/html", "file", None),
        ("file:sub/c.htm", "text/html", "file", None),
    ]
    desk.again()


def test_a_file_is_captured_when_it_is_taken_in_not_when_it_was_written(desk):
    os.utime(desk.put("a.txt"), (0, 0))
    desk.ingest()
    assert START < desk.captures()[0].fetched_at <= desk.now


def test_an_edit_is_a_new_capture_and_so_is_its_return(desk):
    for text in (b"A", b"B", b"A"):
        desk.put("a.txt", text)
        assert desk.ingest().added == 1
        desk.again()
    assert [capture.payload for capture in desk.captures()] == [b"A", b"B", b"A"]


def test_an_edit_comes_after_what_it_edits_even_if_the_clock_was_set_back(desk):
    desk.put("a.txt", b"A")
    desk.ingest()
    desk.now = START - timedelta(days=365)
    desk.put("a.txt", b"B")
    desk.ingest()
    by_time = sorted(desk.captures(), key=lambda capture: capture.fetched_at)
    assert [capture.payload for capture in by_time] == [b"A", b"B"]
    desk.again()


@pytest.mark.parametrize("payload", [b"", b"\x00\x00", bytes(range(256)), gzip.compress(b"x" * 99, mtime=0)[:-5]])
def test_bytes_that_no_reader_will_like_come_in(desk, payload):
    desk.put("a.txt", payload)
    assert desk.ingest().added == 1
    assert desk.captures()[0].payload == payload
    desk.again()


def test_names_of_any_kind_come_in_once(desk):
    names = ["a?id=3.html", "a#b.html", "100%.txt", "tin bài.txt", "a\nb.txt", os.fsdecode(b"\xff.txt"), "-rf.txt"]
    for name in names:
        desk.put(name, os.fsencode(name))
    assert desk.ingest().added == len(names)
    assert sorted(capture.payload for capture in desk.captures()) == sorted(os.fsencode(name) for name in names)
    desk.again()


def test_a_named_file_is_resolved_first(desk, tmp_path):
    desk.put("a.txt")
    (tmp_path / "link").symlink_to(desk.files)
    desk.ingest(tmp_path / "link" / ".." / "seeds" / "a.txt")
    desk.again(desk.files / "a.txt", tmp_path / "link")
    assert [capture.url for capture in desk.captures()] == ["file:seeds/a.txt"]


def test_the_absolute_path_is_in_the_warc_header_and_nowhere_else(desk):
    path = desk.put("a.txt")
    desk.ingest()
    (record,) = desk.records()
    assert record.file_uri == path.as_uri()
    assert str(desk.files) not in str(record.capture)


def test_sources_do_not_see_each_others_files(desk):
    desk.put("a.txt", b"A")
    desk.ingest()
    assert desk.ingest(source=Source("khac", "B", "B")).added == 1
    assert [path.parent.parent.name for path in segments(desk.home / "raw")] == ["khac", "local"]


# Refusals


def test_other_bytes_under_a_key_of_another_folder_are_refused_once(desk, tmp_path):
    desk.put("a.txt", b"A")
    desk.ingest()
    other = tmp_path / "elsewhere" / "seeds"
    other.mkdir(parents=True)
    (other / "a.txt").write_bytes(b"B")
    (other / "b.txt").write_bytes(b"new")
    outcome = desk.ingest(other)
    assert (outcome.added, outcome.refused, outcome.complete) == (1, 1, False)
    (doubt,) = outcome.doubts
    assert (doubt.rule, doubt.severity, doubt.url) == ("same-key-other-folder", "error", "file:seeds/a.txt")
    assert "--source ID" in doubt.detail and str(tmp_path) not in doubt.detail
    (kept,) = [record for record in desk.records() if record.doubt]
    assert kept.doubt == doubt and kept.file_uri == (other / "a.txt").as_uri()
    desk.again(other)
    assert desk.ingest(other).refused == 1  # refused still, written once


def test_the_same_bytes_from_another_folder_change_nothing(desk, tmp_path):
    desk.put("a.txt", b"A")
    desk.ingest()
    other = tmp_path / "elsewhere" / "seeds"
    other.mkdir(parents=True)
    (other / "a.txt").write_bytes(b"A")
    desk.again(other)
    assert desk.refusals() == []


def test_two_names_that_differ_in_their_unicode_form_only_are_not_two_versions(desk):
    name = "bài.txt"
    desk.put(unicodedata.normalize("NFC", name), b"A")
    desk.put(unicodedata.normalize("NFD", name), b"B")
    outcome = desk.ingest()
    assert (outcome.added, outcome.refused) == (1, 1)
    assert "Unicode form" in outcome.doubts[0].detail
    desk.again()


def test_a_file_that_is_too_large_is_left_out_and_named(desk, monkeypatch):
    monkeypatch.setattr(taking, "MAX_PAYLOAD", 10)
    desk.put("a.txt", b"x" * 11)
    desk.put("b.txt", b"x" * 10)
    outcome = desk.ingest()
    assert (outcome.added, outcome.refused) == (1, 1)
    assert desk.refusals() == [("too-large", "error")]
    desk.again()


def test_other_files_links_and_hidden_ones_are_skipped_by_name(desk, tmp_path):
    desk.put("a.txt")
    for name in ("x.pdf", "noending", ".hidden.txt", ".git/a.txt", "._a.txt", "a.txt.gz"):
        desk.put(name)
    (desk.files / "link.txt").symlink_to(desk.put("a.txt"))
    (desk.files / "loop").symlink_to(desk.files)
    (desk.files / "dangling.txt").symlink_to(tmp_path / "none")
    outcome = desk.ingest()
    assert outcome.added == 1 and outcome.complete
    skipped = [(item.name.removeprefix("seeds/"), item.why.split(",")[0]) for item in outcome.skipped]
    assert sorted(skipped) == [
        ("._a.txt", "hidden"),
        (".git", "hidden"),
        (".hidden.txt", "hidden"),
        ("a.txt.gz", "not .html"),
        ("dangling.txt", "a link"),
        ("link.txt", "a link"),
        ("loop", "a link"),
        ("noending", "not .html"),
        ("x.pdf", "not .html"),
    ]


def test_a_hidden_file_named_by_itself_comes_in(desk):
    assert desk.ingest(desk.put(".a.txt")).added == 1


def test_pipes_and_sockets_are_never_opened(desk):
    desk.put("a.txt")
    os.mkfifo(desk.files / "pipe.html")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(desk.files / "socket.txt"))
        outcome = desk.ingest()
    assert outcome.added == 1
    assert [item.name for item in outcome.skipped] == ["seeds/pipe.html", "seeds/socket.txt"]
    with pytest.raises(NothingToIngest, match="it was not opened"):
        desk.ingest(desk.files / "pipe.html")


def test_the_home_inside_a_named_folder_is_not_taken_in(desk, tmp_path):
    desk.put("a.txt")
    desk.ingest()
    outcome = desk.ingest(tmp_path)
    assert outcome.added == 0
    assert ("Bantin's own folder, not entered") in [item.why for item in outcome.skipped]
    with pytest.raises(NothingToIngest, match="own archive"):
        desk.ingest(desk.home / "raw")


def test_a_path_that_does_not_exist_is_a_hole_and_the_others_come_in(desk):
    desk.put("a.txt")
    outcome = desk.ingest(desk.files, desk.files / "none.txt", desk.put("x.pdf"))
    assert (outcome.added, outcome.complete) == (1, False)
    assert [hole.why.split(",")[0] for hole in outcome.holes] == ["expected a file or a folder", "expected .html"]


@pytest.mark.parametrize("name", ["none.txt", "none/a.txt", "x.pdf", "loop"])
def test_nothing_to_take_is_said_and_makes_no_home(desk, name):
    desk.put("x.pdf")
    (desk.files / "loop").symlink_to(desk.files / "loop")
    with pytest.raises(NothingToIngest, match=name):
        desk.ingest(desk.files / name)
    assert not desk.home.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_hole(desk):
    desk.put("a.txt").chmod(0)
    desk.put("b.txt")
    outcome = desk.ingest()
    assert (outcome.added, [hole.name for hole in outcome.holes]) == (1, ["seeds/a.txt"])


def test_a_file_that_fails_while_it_is_read_is_a_hole_and_the_others_come_in(desk):
    outcome = ingest(
        [desk.put("a.txt"), desk.put("b.txt")],
        home=desk.home, source=SOURCE, run_id="r", clock=desk.clock,
        on_progress=lambda done, name: (desk.files / "a.txt").unlink() if not done else None,
    )  # fmt: skip
    assert (outcome.added, [hole.name for hole in outcome.holes]) == (1, ["seeds/a.txt"])


def test_when_nothing_of_what_was_named_can_be_read_the_outcome_says_so(desk):
    path = desk.put("a.txt")
    outcome = ingest(
        [path], home=desk.home, source=SOURCE, run_id="r", clock=desk.clock, on_progress=lambda *_: path.unlink()
    )
    assert outcome.nothing_taken and not outcome.complete and outcome.segments == ()


# WARCs


@pytest.mark.parametrize("gz", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_responses_and_resources_come_in_with_their_own_url_and_instant(desk, gz, version):
    desk.put(
        "x.warc.gz" if gz else "x.warc",
        warc(
            ("warcinfo", "", "2020-01-01T00:00:00Z", b"software: x\r\n"),
            ("request", "https://a.vn/1", "2020-01-01T00:00:00Z", b"GET / HTTP/1.1\r\n\r\n"),
            ("response", "https://a.vn/1?utm_source=x", "2020-01-01T00:00:00Z", page("một")),
            ("response", "https://a.vn/2", "2020-02-01T00:00:00Z", page("hai", "404 Not Found")),
            ("resource", "https://a.vn/3", "2020-03-01T00:00:00Z", b"<p>ba"),
            ("resource", "file:///srv/x/seeds/4.html", "2020-04-01T00:00:00Z", b"<p>4"),
            ("response", "dns:a.vn", "2020-01-01T00:00:00Z", b"x"),
            ("revisit", "https://a.vn/1", "2020-05-01T00:00:00Z", b""),
            version=version, gz=gz,
        ),
    )  # fmt: skip
    outcome = desk.ingest()
    assert (outcome.added, outcome.refused) == (4, 0)
    assert outcome.not_taken == {"request": 1, "response of dns scheme": 1, "revisit": 1, "warcinfo": 1}
    assert desk.refusals() == [("revisit-not-taken", "warning")]
    assert [
        (c.url, c.fetched_at.isoformat()[:10], c.http_status, c.payload.decode(), c.origin) for c in desk.captures()
    ] == [
        ("https://a.vn/1?utm_source=x", "2020-01-01", 200, "<p>một", "archive"),
        ("https://a.vn/2", "2020-02-01", 404, "<p>hai", "archive"),
        ("https://a.vn/3", "2020-03-01", None, "<p>ba", "archive"),
        ("file:seeds/4.html", "2020-04-01", None, "<p>4", "archive"),
    ]
    desk.again()


def test_a_warc_of_one_gzip_for_all_records_comes_in(desk):
    desk.put("x.warc.gz", gzip.compress(three(gz=False)))
    assert desk.ingest().added == 3
    desk.again()


def test_whole_records_of_a_cut_warc_of_one_gzip_come_in(desk):
    blocks = [f"HTTP/1.1 200 OK\r\n\r\n{os.urandom(30_000).hex()}".encode() for _ in range(3)]
    records = [("response", f"https://a.vn/{n}", "2020-01-01T00:00:00Z", block) for n, block in enumerate(blocks)]
    desk.put("x.warc.gz", gzip.compress(warc(*records, gz=False))[:-5000])
    outcome = desk.ingest()
    assert (outcome.added, [doubt.rule for doubt in outcome.doubts]) == (2, ["warc-cut"])
    desk.again()


def test_a_url_in_brackets_or_with_a_space_comes_in_and_is_not_written_to_the_terminal(desk, capfd):
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nContent-Length: 3\r\n"
    urls = [b"<https://a.vn/1>", b"https://a.vn/\x1b[31m 2"]
    desk.put("x.warc", b"".join(head + b"WARC-Target-URI: " + url + b"\r\n\r\nTin\r\n\r\n" for url in urls))
    assert desk.ingest().added == 2
    assert [capture.url for capture in desk.captures()] == ["https://a.vn/1", "https://a.vn/%1B[31m%202"]
    assert capfd.readouterr() == ("", "")


def test_the_same_page_at_two_instants_is_two_captures_in_any_order(desk):
    dates = ["2020-03-01T00:00:00Z", "2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z"]
    desk.put("x.warc.gz", warc(*[("response", "https://a.vn/1", date, page()) for date in dates]))
    assert desk.ingest().added == 3
    desk.again()


def test_a_page_is_kept_as_it_was_sent(desk):
    body = gzip.compress("<p>Bản tin".encode(), mtime=0)
    block = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    block += b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    desk.put("x.warc.gz", warc(("response", "https://a.vn/1", "2020-01-01T00:00:00Z", block)))
    desk.ingest()
    assert desk.captures()[0].payload == "<p>Bản tin".encode()
    (path,) = segments(desk.home / "raw")
    assert block in gzip.decompress(path.read_bytes())


def test_our_own_segments_come_into_another_home_as_they_were(desk, tmp_path):
    for text in (b"A", b"B"):
        desk.put("a.txt", text)
        desk.ingest()
    there = tmp_path / "there"
    outcome = ingest([desk.home / "raw"], home=there, source=SOURCE, run_id="r", clock=desk.clock)
    assert (outcome.added, outcome.refused) == (2, 0)
    got = [record for path in segments(there / "raw") for record in read_segment(path, there / "raw")]
    mine = desk.records()
    assert [(r.capture.url, r.capture.fetched_at, r.payload_sha256) for r in got if r.capture] == [
        (r.capture.url, r.capture.fetched_at, r.payload_sha256) for r in mine if r.capture
    ]


def test_files_of_two_folders_in_a_warc_are_not_two_versions(desk):
    records = [
        ("resource", f"file:///{folder}/seeds/a.txt", "2020-01-01T00:00:00Z", folder.encode()) for folder in "xy"
    ]
    desk.put("x.warc.gz", warc(*records))
    outcome = desk.ingest()
    assert (outcome.added, outcome.refused) == (1, 1)
    desk.again()


@pytest.mark.parametrize("gz", [True, False])
@pytest.mark.parametrize("lost", [1, 30, 200])
def test_whole_records_of_a_cut_warc_come_in_and_the_cut_is_named(desk, lost, gz):
    desk.put("x.warc.gz" if gz else "x.warc", three(gz)[: -lost - (0 if gz else 4)])
    desk.put("b.txt")
    outcome = desk.ingest()
    assert (outcome.added, outcome.refused) == (3, 1)
    (doubt,) = outcome.doubts
    assert (doubt.rule, doubt.severity) == ("warc-cut", "error")
    assert "x.warc" in doubt.detail and "byte" in doubt.detail and str(desk.files) not in doubt.detail
    desk.again()


def test_a_warc_that_was_cut_and_is_whole_now_gives_the_rest(desk):
    data = three()
    desk.put("x.warc.gz", data[:-50])
    desk.ingest()
    desk.put("x.warc.gz", data)
    outcome = desk.ingest()
    assert (outcome.added, outcome.unchanged, outcome.refused) == (1, 2, 0)


def test_whole_records_behind_a_damage_come_in_too(desk):
    data = bytearray(three())
    data[len(data) // 2] ^= 0xFF
    desk.put("x.warc.gz", bytes(data))
    outcome = desk.ingest()
    assert (outcome.added, [doubt.rule for doubt in outcome.doubts]) == (2, ["warc-damaged"])
    desk.again()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no warc",
        b"\x1f",
        gzip.compress(b"no warc", mtime=0),
        b"\x1f\x8b\x08\x00" + bytes(100),
        b"PK\x03\x04",
        bytes(10_000),
        b"\r\n" * 50_000,
        gzip.compress(b"\r\n" * 50_000, mtime=0),
    ],
)
@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
def test_what_is_no_warc_is_named(desk, data, name):
    desk.put(name, data)
    desk.put("b.txt")
    outcome = desk.ingest()
    assert (outcome.added, outcome.refused) == (1, 1)
    assert outcome.doubts[0].rule == "not-a-warc"
    desk.again()


@pytest.mark.parametrize(
    ("rule", "record"),
    [
        ("bad-warc-date", ("response", "https://a.vn/1", "2020", page())),
        ("bad-warc-date", ("response", "https://a.vn/1", "2999-01-01T00:00:00Z", page())),
        ("bad-url", ("response", "https://a.vn:99999/1", "2020-01-01T00:00:00Z", page())),
        ("bad-url", ("response", "http:///1", "2020-01-01T00:00:00Z", page())),
        ("bad-url", ("response", "no url", "2020-01-01T00:00:00Z", page())),
        ("not-http", ("response", "https://a.vn/1", "2020-01-01T00:00:00Z", b"HTTP/1.1 fine\r\n\r\n<p>")),
        (
            "unknown-encoding",
            ("response", "https://a.vn/1", "2020-01-01T00:00:00Z", page(headers="Content-Encoding: zstd\r\n")),
        ),
    ],
)
def test_a_record_that_cannot_be_taken_is_named_and_the_others_come_in(desk, rule, record):
    good = ("response", "https://a.vn/2", "2020-01-01T00:00:00Z", page())
    desk.put("x.warc.gz", warc(record) + warc(good))
    outcome = desk.ingest()
    assert (outcome.added, [doubt.rule for doubt in outcome.doubts]) == (1, [rule])
    desk.again()


def test_a_bomb_in_a_page_does_not_fill_the_memory(desk, monkeypatch):
    bomb = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(200_000_000), 9)
    desk.put("x.warc.gz", warc(("response", "https://a.vn/1", "2020-01-01T00:00:00Z", bomb)))
    outcome = desk.ingest()
    assert (outcome.added, [doubt.rule for doubt in outcome.doubts]) == (0, ["too-large"])


def test_a_bomb_of_a_warc_does_not_fill_the_memory(desk):
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.vn/\r\nContent-Length: 3000000000\r\n\r\n"
    desk.put("x.warc.gz", gzip.compress(head + bytes(200_000_000), 9))
    desk.put("y.warc.gz", gzip.compress(b"WARC/1.0\r\n" + b"x" * 200_000_000, 9))
    child = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from crawlers.intake import ingest
from crawlers.source import Source
outcome = ingest([Path(sys.argv[1])], home=Path(sys.argv[2]), source=Source("local", "L", "L"), run_id="r",
                 clock=lambda: datetime.now(UTC))
peak = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(outcome.refused, int(peak[0].split()[1]) // 1024)
"""
    refused, megabytes = run(child, desk.files, desk.home).split()
    assert (int(refused), int(megabytes) < 150) == (2, True)


BLOCKS = [page(str(number) * 50) for number in range(4)]
WHOLE = {
    gz: warc(
        *[("response", "https://a.vn/", f"2020-01-0{n + 1}T00:00:00Z", block) for n, block in enumerate(BLOCKS)], gz=gz
    )
    for gz in (True, False)
}


@settings(max_examples=200, deadline=None)
@given(gz=st.booleans(), place=st.floats(0, 1), gone=st.integers(0, 300), new=st.binary(max_size=40))
def test_whatever_is_done_to_a_warc_gives_records_that_were_in_it_or_damage(gz, place, gone, new):
    hurt = bytearray(WHOLE[gz])
    start = int(place * len(hurt))
    hurt[start : start + gone] = new
    found = list(records(io.BytesIO(bytes(hurt)), lambda _headers, _length: True))
    taken = [item.block for item in found if isinstance(item, WarcRecord)]
    if gz:  # a plain WARC has no checksum: bytes changed inside a block go unseen
        assert all(block in BLOCKS for block in taken)
        assert len(taken) == 4 or any(isinstance(item, Damage) for item in found) or not new
    assert found


# Kills and company


def run(child: str, *arguments: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", child, *arguments], capture_output=True, text=True, check=True, cwd=REPOSITORY
    ).stdout


CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from crawlers.intake import ingest
from crawlers.source import Source
ingest([Path(sys.argv[1])], home=Path(sys.argv[2]), source=Source("local", "L", "L"), run_id=sys.argv[3],
       clock=lambda: datetime.now(UTC), on_progress=lambda done, name: print(done, flush=True))
"""


def test_killed_ten_times_anywhere_nothing_is_lost_and_nothing_doubled(desk, tmp_path):
    chance = random.Random(20240105)
    files = 220
    for number in range(files):
        desk.put(f"{number:03}.html", chance.randbytes(chance.choice([0, 100, 20_000, 200_000])) + str(number).encode())
    desk.put("100x/seeds/000.html", b"same key, other bytes")
    responses = [
        ("response", f"https://a.vn/{n}", f"2020-{n % 12 + 1:02}-01T00:00:00Z", page(str(n))) for n in range(60)
    ]
    desk.put("110.warc.gz", warc(*responses)[:-9])
    kills = 0
    for attempt in range(10):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, desk.files, desk.home, f"r{attempt}"],
            cwd=REPOSITORY, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        until = attempt * 20 + chance.randrange(20)
        for line in child.stdout:
            if int(line) >= until:
                threading.Event().wait(chance.random() * 0.004)
                break
        child.send_signal(signal.SIGKILL)
        kills += child.wait() == -signal.SIGKILL
        child.stdout.close()
    assert kills == 10
    desk.runs = 100
    desk.ingest()
    names = [(capture.url, capture.payload) for capture in desk.captures()]
    assert len(names) == len(set(names)) == files + 59
    assert sorted(desk.refusals()) == [("same-key-other-folder", "error"), ("warc-cut", "error")]
    assert {capture.payload for capture in desk.captures() if capture.origin == "file"} == {
        path.read_bytes() for path in desk.files.glob("*.html")
    }
    assert list((desk.home / "raw").rglob("*.open")) == []
    desk.again()


def test_a_second_ingest_waits_and_says_for_whom(desk):
    desk.put("a.txt")
    told: list[str] = []
    done: list[IntakeOutcome] = []

    def second() -> None:
        done.append(
            ingest(
                [desk.files],
                home=desk.home,
                source=SOURCE,
                run_id="two",
                clock=desk.clock,
                on_wait=said.append_to(told),
            )
        )

    class Said:
        def __init__(self) -> None:
            self.event = threading.Event()

        def append_to(self, words: list[str]):
            def say(word: str) -> None:
                words.append(word)
                self.event.set()

            return say

    said = Said()
    with exclusive(desk.home / "crawl" / "local.lock", "ingest, run one", START):
        thread = threading.Thread(target=second)
        thread.start()
        assert said.event.wait(10)
        assert done == []
    thread.join(10)
    assert done[0].added == 1
    assert told == [f"ingest, run one, process {os.getpid()}, since 2024-01-05T08:00:00+00:00"]


def test_two_ingests_at_a_time_take_each_file_once(desk):
    for number in range(60):
        desk.put(f"{number}.txt", str(number).encode())
    children = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, desk.files, desk.home, f"r{number}"],
            cwd=REPOSITORY,
            stdout=subprocess.DEVNULL,
        )
        for number in range(3)
    ]
    assert [child.wait(60) for child in children] == [0, 0, 0]
    assert len(desk.captures()) == 60


def test_a_file_as_home_is_one_clear_sentence(desk):
    desk.put("a.txt")
    desk.home.write_text("")
    with pytest.raises(CannotWrite, match=r"home/crawl/local\.lock: cannot be written"):
        desk.ingest()


def test_a_file_in_the_place_of_the_archive_is_one_clear_sentence(desk):
    desk.put("a.txt")
    desk.home.mkdir()
    (desk.home / "raw").write_text("")
    with pytest.raises(CannotWrite, match="raw/local/2024-01: cannot be written"):
        desk.ingest()


def test_an_interrupted_run_keeps_what_it_took(desk):
    for number in range(5):
        desk.put(f"{number}.txt", str(number).encode())

    def interrupt(done: int, _name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([desk.files], home=desk.home, source=SOURCE, run_id="x", clock=desk.clock, on_progress=interrupt)
    assert len(desk.captures()) == 3
    assert desk.ingest().added == 2


def test_the_index_is_the_same_as_what_was_written(desk):
    desk.put("a.txt", b"A")
    desk.ingest()
    (capture,) = desk.captures()
    held = index(desk.home / "raw", SOURCE)
    assert held.latest["seeds/a.txt"].fetched_at == capture.fetched_at
