"""The archive on disk: real segments, real locks, real damage."""

import fcntl
import gzip
import hashlib
import os
import random
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawlers.archive import (
    ArchivedRecord,
    SegmentWriter,
    index,
    read_record,
    read_segment,
    recover,
    segments,
    warc_date,
)
from crawlers.errors import DamagedSegment, NoSuchRecord
from crawlers.http_message import BadMessage, response
from crawlers.source import Source
from pipelines.records import Capture, IntakeDoubt

NOW = datetime(2024, 1, 31, 16, 59, 59, 123456, tzinfo=UTC)  # 23:59:59 of 31 January in Vietnam
SOURCE = Source("local", "Local files", "Local files")


def clock() -> datetime:
    return NOW


def capture(name: str = "a.txt", payload: bytes = b"Tin", at: datetime = NOW) -> Capture:
    return Capture("local", f"file:seeds/{name}", at, payload, "text/plain", origin="file")


def answer(body: bytes = b"<h1>Tin</h1>", headers: str = "", payload: bytes | None = None) -> tuple[Capture, bytes]:
    block = f"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + body
    got = Capture("local", "https://example.vn/a", NOW, payload or body, "text/html", 404, origin="archive")
    return got, block


def doubt() -> IntakeDoubt:
    return IntakeDoubt("local", "file:seeds/b.txt", "same-key-other-folder", "error", "đã có", NOW)


def written(raw: Path, count: int = 3) -> Path:
    with SegmentWriter(raw, "local", "r1", clock) as writer:
        for number in range(count):
            writer.add_file(capture(f"{number}.txt", os.urandom(300)), Path(f"/x/seeds/{number}.txt"))
    (path,) = segments(raw)
    return path


def read_all(raw: Path) -> list[ArchivedRecord]:
    return [record for path in segments(raw) for record in read_segment(path, raw)]


def offsets(path: Path) -> list[int]:
    with path.open("rb") as file:
        reader = ArchiveIterator(file)
        return [reader.get_record_offset() for _ in reader]


def test_what_goes_in_comes_out(tmp_path):
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        place = writer.add_file(capture(), Path("/srv/a b/seeds/a.txt"))
        got, block = answer()
        writer.add_response(got, block)
        writer.add_doubt(doubt())
    first, second, third = read_all(tmp_path)
    assert first.capture == capture()
    assert (first.warc_file, first.warc_offset) == place
    assert first.payload_sha256 == hashlib.sha256(b"Tin").hexdigest()
    assert first.file_uri == "file:///srv/a%20b/seeds/a.txt"
    assert second.capture == got
    assert third.doubt == doubt()


@settings(max_examples=30, deadline=None)
@given(payload=st.binary(max_size=3000), second=st.integers(0, 4_000_000_000), url=st.text(max_size=30))
def test_any_bytes_come_back_unchanged(tmp_path_factory, payload, second, url):
    raw = tmp_path_factory.mktemp("raw")
    at = datetime.fromtimestamp(second, UTC) + timedelta(microseconds=7)
    given_ = Capture("local", f"https://example.vn/{url}", at, payload, origin="live")
    with SegmentWriter(raw, "local", "r1", clock) as writer:
        writer.add_resource(given_)
    (record,) = read_all(raw)
    assert record.capture is not None
    assert (record.capture.payload, record.capture.fetched_at) == (payload, at)
    assert read_record(raw, record.warc_file, record.warc_offset) == record


def test_warcio_reads_our_segments_and_finds_every_digest_right(tmp_path):
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        writer.add_file(capture("tin bài.txt"), Path("/x/tin bài.txt"))
        writer.add_response(*answer(gzip.compress(b"<p>", mtime=0), "Content-Encoding: gzip\r\n", b"<p>"))
        writer.add_response(*answer("<h1>Bản tin</h1>".encode(), "X-Tên: ễ\r\n"))
        writer.add_doubt(doubt())
    (path,) = segments(tmp_path)
    with path.open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
            assert record.rec_headers.protocol == "WARC/1.1"
    assert kinds == ["warcinfo", "resource", "response", "response", "metadata"]


def test_a_response_is_kept_byte_for_byte_with_our_digests_and_no_others(tmp_path):
    got, block = answer("<h1>Bản tin</h1>".encode(), "X-Tên:  ễ\r\nx-odd : \xe9\r\n")
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        writer.add_response(got, block)
        writer.add_resource(Capture("local", "https://example.vn/b", NOW, b"", origin="live"))
        writer.add_doubt(doubt())
    (path,) = segments(tmp_path)
    text = gzip.decompress(path.read_bytes())
    assert block + b"\r\n\r\nWARC/1.1\r\n" in text
    assert (text.count(b"sha1:"), text.count(b"WARC-Payload-Digest"), text.count(b"WARC-Block-Digest")) == (0, 2, 4)
    assert [record.capture.content_type for record in read_all(tmp_path) if record.capture] == ["text/html", None]


def test_the_folder_is_the_month_of_capture_in_vietnam(tmp_path):
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        for at in (NOW, NOW + timedelta(seconds=1), datetime(2019, 6, 1, tzinfo=UTC), NOW):
            writer.add_file(capture(at=at), Path("/x/a.txt"))
    assert [path.relative_to(tmp_path).as_posix() for path in segments(tmp_path)] == [
        "local/2019-06/local-r1-0003.warc.gz",
        "local/2024-01/local-r1-0001.warc.gz",
        "local/2024-02/local-r1-0002.warc.gz",
    ]


def test_an_archive_of_many_years_opens_a_bounded_number_of_files(tmp_path):
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        before = len(list(Path("/proc/self/fd").iterdir()))
        for number in range(120):
            writer.add_file(capture(at=datetime(2000 + number // 12, number % 12 + 1, 1, tzinfo=UTC)), Path("/x/a.txt"))
        assert len(list(Path("/proc/self/fd").iterdir())) - before <= 32
    assert len(read_all(tmp_path)) == 120


def test_a_segment_closes_by_size_and_by_age(tmp_path):
    moments = iter([NOW, NOW, NOW + timedelta(minutes=11), NOW + timedelta(minutes=11)])
    with SegmentWriter(tmp_path, "local", "r1", lambda: next(moments, NOW), max_bytes=10_000) as writer:
        for _ in range(3):
            writer.add_file(capture(), Path("/x/a.txt"))
        assert len(segments(tmp_path)) == 1
    with SegmentWriter(tmp_path, "local", "r2", clock, max_bytes=1) as writer:
        for _ in range(3):
            writer.add_file(capture(), Path("/x/a.txt"))
    assert len(segments(tmp_path)) == 5


def test_nothing_written_leaves_no_file(tmp_path):
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        writer.commit()
    assert list(tmp_path.iterdir()) == []


def test_the_same_run_again_never_touches_a_closed_segment(tmp_path):
    path = written(tmp_path)
    before = path.read_bytes()
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        writer.add_file(capture(), Path("/x/a.txt"))
    assert path.read_bytes() == before
    assert len(segments(tmp_path)) == 2


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".x", "a b"])
def test_a_name_that_is_no_file_name_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="expected letters"):
        SegmentWriter(tmp_path, "local", name, clock)


def test_a_header_of_two_lines_is_refused_and_nothing_is_written(tmp_path):
    forged = Capture("local", "file:a", NOW, b"", "text/html\r\nWARC-Type: response")
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        with pytest.raises(ValueError, match="one line"):
            writer.add_resource(forged)
        writer.add_file(capture(), Path("/x/a.txt"))
    assert [record.capture for record in read_all(tmp_path)] == [capture()]


def test_a_response_that_is_not_what_the_capture_says_is_refused(tmp_path):
    got, block = answer()
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer, pytest.raises(ValueError, match="found others"):
        writer.add_response(got, block + b"more")


# Killed writers


@pytest.mark.parametrize("lost", [1, 100, 350, 600])
def test_a_killed_writers_segment_is_cut_after_its_last_whole_record(tmp_path, lost):
    path = written(tmp_path)
    before = read_all(tmp_path)
    data = path.read_bytes()
    path.unlink()
    path.with_name(path.name + ".open").write_bytes(data[:-lost])
    (found,) = recover(tmp_path, "local")
    whole = sum(offset <= len(data) - lost for offset in [*offsets_of(data)[2:], len(data)])
    assert found.records == whole
    assert read_all(tmp_path) == before[:whole]
    assert recover(tmp_path, "local") == ()


def offsets_of(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        found.append(at)
        at += len(data[at:]) - len(_after_member(data[at:]))
    return found


def _after_member(data: bytes) -> bytes:
    inflate = zlib.decompressobj(31)
    inflate.decompress(data)
    return inflate.unused_data


def test_a_tail_of_zeros_as_after_a_power_failure_is_cut(tmp_path):
    path = written(tmp_path)
    path.rename(path.with_name(path.name + ".open"))
    with path.with_name(path.name + ".open").open("ab") as file:
        file.write(bytes(5000))
    (found,) = recover(tmp_path, "local")
    assert (found.records, found.lost) == (3, 5000)
    assert len(read_all(tmp_path)) == 3


def test_recovery_never_writes_over_a_closed_segment(tmp_path):
    path = written(tmp_path)
    data = path.read_bytes()
    path.with_name(path.name + ".open").write_bytes(data + b"half")
    (found,) = recover(tmp_path, "local")
    assert found.warc_file.endswith("-0001-2.warc.gz")
    assert [segment.read_bytes() for segment in segments(tmp_path)] == [data, data]


@pytest.mark.parametrize("content", [b"", b"\x1f", b"\x1f\x8b\x08\x00half", b"no gzip at all"])
def test_an_open_segment_without_a_whole_record_is_removed(tmp_path, content):
    folder = tmp_path / "local" / "2024-01"
    folder.mkdir(parents=True)
    (folder / "local-r1-0001.warc.gz.open").write_bytes(content)
    (found,) = recover(tmp_path, "local")
    assert (found.records, found.lost) == (0, len(content))
    assert list(folder.iterdir()) == []


def test_a_living_writers_segment_is_left_alone(tmp_path):
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        writer.add_file(capture(), Path("/x/a.txt"))
        child = (
            "import sys; from pathlib import Path; from crawlers.archive import recover;"
            "print(recover(Path(sys.argv[1]), 'local'))"
        )
        told = subprocess.run(
            [sys.executable, "-c", child, tmp_path], capture_output=True, text=True, check=True,
            cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        assert told.stdout.strip() == "()"
        writer.add_file(capture("b.txt"), Path("/x/b.txt"))
    assert len(read_all(tmp_path)) == 2


def test_a_segment_taken_over_before_its_lock_is_not_written_to(tmp_path):
    folder = tmp_path / "local" / "2024-01"
    folder.mkdir(parents=True)
    with (folder / "local-r1-0001.warc.gz.open").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
            place = writer.add_file(capture(), Path("/x/a.txt"))
    assert place.warc_file.endswith("-0002.warc.gz")


def test_a_write_that_fails_half_way_leaves_no_half_record(tmp_path):
    child = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from crawlers.archive import SegmentWriter
from pipelines.records import Capture
import os
from crawlers.errors import CannotWrite
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
now = datetime(2024, 1, 5, tzinfo=UTC)
writer = SegmentWriter(Path(sys.argv[1]), "local", "r1", lambda: now)
def add(name, size):
    writer.add_file(Capture("local", f"file:x/{name}", now, os.urandom(size), origin="file"), Path("/x") / name)
add("a", 5000)
try:
    add("b", 30_000)
except CannotWrite as error:
    print("refused", error)
add("c", 5000)
writer.close()
"""
    told = subprocess.run(
        [sys.executable, "-c", child, tmp_path],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert told.stdout.startswith("refused") and "File too large; what was taken in before" in told.stdout
    assert [record.capture.url for record in read_all(tmp_path) if record.capture] == ["file:x/a", "file:x/c"]


# Damaged segments


def test_damage_in_the_middle_is_named_after_all_whole_records(tmp_path):
    path = written(tmp_path, 5)
    before, places = read_all(tmp_path), offsets(path)
    data = bytearray(path.read_bytes())
    data[places[3] + 200] ^= 0xFF
    path.write_bytes(data)
    got = []
    with pytest.raises(DamagedSegment) as caught:
        for record in read_segment(path, tmp_path):
            got.append(record)
    assert got == [*before[:2], *before[3:]]
    assert caught.value.offsets == (places[3],)
    assert path.name in str(caught.value) and str(places[3]) in str(caught.value)


def test_a_payload_that_is_not_what_its_header_says_is_damage(tmp_path):
    path = written(tmp_path, 1)
    members = [gzip.decompress(path.read_bytes()[a:b]) for a, b in _pairs(path)]
    changed = members[1][:-5] + bytes([members[1][-5] ^ 1]) + members[1][-4:]
    path.write_bytes(gzip.compress(members[0]) + gzip.compress(changed))
    with pytest.raises(DamagedSegment, match="sha256"):
        list(read_segment(path, tmp_path))


def _pairs(path: Path) -> list[tuple[int, int]]:
    places = [*offsets(path), path.stat().st_size]
    return list(pairwise(places))


def test_a_record_is_read_by_its_place(tmp_path):
    written(tmp_path)
    for record in read_all(tmp_path):
        assert read_record(tmp_path, record.warc_file, record.warc_offset) == record


@pytest.mark.parametrize("warc_file", ["local/2024-01/none.warc.gz", "../out.warc.gz", "/etc/passwd", ""])
def test_no_record_outside_the_archive(tmp_path, warc_file):
    raw = tmp_path / "raw"
    written(raw)
    (tmp_path / "out.warc.gz").write_bytes(segments(raw)[0].read_bytes())
    with pytest.raises(NoSuchRecord):
        read_record(raw, warc_file, 0)


def test_no_record_at_a_wrong_offset(tmp_path):
    path = written(tmp_path)
    warc_file = path.relative_to(tmp_path).as_posix()
    for offset in (-1, path.stat().st_size, 10**15, 0):  # 0: the warcinfo
        with pytest.raises(NoSuchRecord):
            read_record(tmp_path, warc_file, offset)
    with pytest.raises(DamagedSegment):
        read_record(tmp_path, warc_file, 5)


# HTTP messages


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("", b"Tin"),
        ("Content-Encoding: gzip\r\n", gzip.compress(b"Tin", mtime=0)),
        ("Content-Encoding: br\r\n", brotli.compress(b"Tin")),
        ("Content-Encoding: deflate\r\n", zlib.compress(b"Tin")),
        ("Transfer-Encoding: chunked\r\n", b"2\r\nTi\r\n1;x=y\r\nn\r\n0\r\n\r\n"),
        ("Content-Encoding: gzip\r\n", b"Tin"),  # decoded by the archiver, header kept
        ("Transfer-Encoding: chunked\r\n", b"Tin"),
        ("Transfer-Encoding: chunked\r\n", b"3\r\nTin\r\n0\r\nExpires: 0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", b"3\nTin\n0\n"),
        ("Transfer-Encoding: chunked\r\nContent-Encoding:\r\n gzip\r\n", b"3\r\nTin\r\n0\r\n"),
    ],
)
def test_a_body_is_freed_of_its_codings(headers, body):
    assert response(f"HTTP/1.1 200 OK\r\n{headers}\r\n".encode() + body, 100).payload == b"Tin"


@pytest.mark.parametrize(
    ("block", "rule"),
    [
        (b"", "not-http"),
        (b"<html>\r\n\r\n", "not-http"),
        (b"HTTP/1.1 OK\r\n\r\n", "not-http"),
        (b"\r\n\r\n", "not-http"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html", "not-http"),
        (b"HTTP/1.1 200 OK\r\nX: " + bytes(300_000) + b"\r\n\r\n", "not-http"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
            + gzip.compress(random.Random(7).randbytes(90), mtime=0)[:-20],
            "body-cut",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n" + brotli.compress(os.urandom(90))[:-9], "body-cut"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nTi", "body-cut"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nTi\r\nzz", "body-cut"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\nTin", "unknown-encoding"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(10**6), mtime=0), "too-large"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n" + brotli.compress(bytes(10**6)), "too-large"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + bytes(101), "too-large"),
    ],
)
def test_half_a_body_is_no_body(block, rule):
    with pytest.raises(BadMessage) as caught:
        response(block, 100)
    assert caught.value.rule == rule


def test_without_the_package_brotli_a_page_that_needs_it_is_refused(monkeypatch):
    monkeypatch.setattr("crawlers.http_message.brotli", None)
    assert response(b"HTTP/1.1 200 OK\r\n\r\nTin", 100).payload == b"Tin"
    with pytest.raises(BadMessage, match="package brotli") as caught:
        response(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n" + brotli.compress(b"Tin"), 100)
    assert caught.value.rule == "unknown-encoding"


def test_a_page_that_was_decoded_before_is_not_decoded_again():
    block = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n<!DOCTYPE html><p>Tin"
    assert response(block, 100).payload == b"<!DOCTYPE html><p>Tin"


# The index and dates


def test_the_index_knows_the_latest_of_each_key(tmp_path):
    later = capture(payload=b"edited", at=NOW + timedelta(days=400))
    with SegmentWriter(tmp_path, "local", "r1", clock) as writer:
        writer.add_file(later, Path("/x/seeds/a.txt"))
        writer.add_file(capture(), Path("/x/seeds/a.txt"))
        writer.add_doubt(doubt(), "file:///y/b.txt")
    held = index(tmp_path, SOURCE)
    assert list(held.latest) == ["seeds/a.txt"]
    assert held.latest["seeds/a.txt"].payload_sha256 == hashlib.sha256(b"edited").hexdigest()
    assert held.latest["seeds/a.txt"].file_uri == "file:///x/seeds/a.txt"
    assert len(held.capture_ids) == 2 and len(held.refusals) == 1


def test_an_index_of_nothing_is_empty(tmp_path):
    assert index(tmp_path / "none", SOURCE).latest == {}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-05T08:00:00Z", datetime(2024, 1, 5, 8, tzinfo=UTC)),
        ("2024-01-05T08:00:00.123456789Z", datetime(2024, 1, 5, 8, 0, 0, 123456, tzinfo=UTC)),
        ("2024-01-05T08:00:00.5+07:00", datetime(2024, 1, 5, 1, 0, 0, 500000, tzinfo=UTC)),
    ],
)
def test_a_warc_date_is_an_instant(text, moment):
    assert warc_date(text) == moment


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-01-05", "2024-01-05T08:00:00", "2024-02-30T08:00:00Z", "20240105080000"]
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(ValueError):
        warc_date(text)
