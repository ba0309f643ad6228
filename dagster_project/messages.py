"""What the crawling process reports through Pipes, read line by whole line.

Dagster's own reader takes what a file ends with for a line: where it looks while one is being written, its thread dies
of the half (seen once on a busy machine, dagster 1.13.27), and all later reports are lost.
"""

import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import dagster as dg
from dagster_pipes import PipesDefaultMessageWriter, PipesParams

_LOOK_S = 0.1


class WholeLines(dg.PipesMessageReader):
    """A file in a temporary folder; a line without its end is waited for, and left out if its writer was killed."""

    @contextmanager
    def read_messages(self, handler: dg.PipesMessageHandler) -> Iterator[PipesParams]:
        ended = threading.Event()
        with tempfile.TemporaryDirectory(prefix="bantin-pipes-") as folder:
            file = Path(folder) / "messages"
            file.touch()
            reader = threading.Thread(target=_read, args=(file, handler, ended), daemon=True)
            reader.start()
            try:
                yield {PipesDefaultMessageWriter.FILE_PATH_KEY: str(file)}
            finally:
                ended.set()
                reader.join()

    def no_messages_debug_text(self) -> str:
        return "Read a temporary file."


def _read(file: Path, handler: dg.PipesMessageHandler, ended: threading.Event) -> None:
    rest = b""
    with file.open("rb") as source:
        while not ended.wait(_LOOK_S):
            rest = _hand_on(source, rest, handler)
        _hand_on(source, rest, handler)  # what came before the end


def _hand_on(source: BinaryIO, rest: bytes, handler: dg.PipesMessageHandler) -> bytes:
    *lines, rest = (rest + source.read()).split(b"\n")
    for line in lines:
        handler.handle_message(json.loads(line))
    return rest
