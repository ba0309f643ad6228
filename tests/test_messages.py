"""Reports of the crawling process: whole lines, whatever the moment they are looked at."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from dagster_pipes import PipesDefaultMessageWriter

from dagster_project.messages import WholeLines


class Heard:
    """Takes messages as Dagster's handler does."""

    def __init__(self) -> None:
        self.messages: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.messages.append(message)


def test_a_line_that_is_written_in_pieces_is_read_as_one_and_those_after_it_too() -> None:
    heard, long = Heard(), {"method": "x", "params": {"holes": "đ" * 10_000}}
    with WholeLines().read_messages(heard) as params:  # type: ignore[arg-type]
        file = Path(str(params[PipesDefaultMessageWriter.FILE_PATH_KEY]))
        line = json.dumps(long).encode() + b"\n"
        with file.open("ab", buffering=0) as sink:
            for at in range(0, len(line), 20_000):
                sink.write(line[at : at + 20_000])
                time.sleep(0.15)  # looked at in between
            sink.write(b'{"method": "y"}\n')
    assert heard.messages == [long, {"method": "y"}]


def test_a_line_whose_writer_was_killed_is_left_out_and_nothing_else() -> None:
    heard = Heard()
    with WholeLines().read_messages(heard) as params:  # type: ignore[arg-type]
        file = Path(str(params[PipesDefaultMessageWriter.FILE_PATH_KEY]))
        file.write_bytes(b'{"method": "y"}\n{"method": "x", "par')
    assert heard.messages == [{"method": "y"}]
