"""What can go wrong while taking bytes in. Each message says where, what was expected, what was found and the cure."""

from __future__ import annotations

from pathlib import Path

from pipelines.records import BantinError


def printable(text: str) -> str:
    """Text of strangers for a terminal: control characters, line breaks, bidi marks and lone surrogates as escapes."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


class CrawlersError(BantinError):
    """Anything this package refuses. The message is one line meant for a person, printable throughout."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


class SourceFileError(CrawlersError):
    """A source file that says something it may not.

    source_id  the file's stem, also where that is no valid id
    file       the file that holds the key: the home's one where an overlay brought it
    key        dotted, e.g. `layout[0].title`; empty when the whole file is meant
    """

    def __init__(self, source_id: str, file: Path, key: str, problem: str) -> None:
        self.source_id, self.file, self.key, self.problem = source_id, file, key, problem
        where = f"{file}: {key}" if key else str(file)
        super().__init__(f"{where}: {problem}; source '{source_id}' is not usable until this is corrected")


class UnknownSource(CrawlersError):
    """No source file of that name."""


class NothingToIngest(CrawlersError):
    """None of the named paths could be taken. Nothing was written."""


class CannotWrite(CrawlersError):
    """The home cannot be written to: a full disk, no permission, a file where a folder should be."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"{path}: cannot be written: {error.strerror or error}; what was taken in before this is kept; "
            "cure: make room or name another --home, then run the same command again"
        )


class UnreadableFile(CrawlersError):
    """A file that was found and cannot be read. The message is the reason, without the name."""


class NoSuchRecord(CrawlersError):
    """No record of ours at that place of the archive."""


class DamagedSegment(CrawlersError):
    """A segment of the archive that holds bytes which are no whole record. Every whole record was handed out before.

    warc_file  below the home's `raw/`, forward slashes
    offsets    where each damage begins, byte offsets of gzip members
    """

    def __init__(self, warc_file: str, offsets: tuple[int, ...], reason: str) -> None:
        self.warc_file, self.offsets = warc_file, offsets
        places = ", ".join(str(offset) for offset in offsets)
        super().__init__(
            f"raw/{warc_file}: expected a whole WARC record at byte {places}, found damage ({reason}); all whole "
            "records of the file were read; cure: put the file back from a backup, or ingest the originals again"
        )


class DamagedFrontier(CrawlersError):
    """crawl/<source>.sqlite cannot be read."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(
            f"{file}: expected the frontier of a source, found: {problem}; nothing was changed; cure: put the file "
            "back from a backup, or move it away: the next crawl finds its URLs anew and adopts what the archive "
            "holds, but "
            "the days and months that lists gave, and what had left the lists, are lost with it"
        )
