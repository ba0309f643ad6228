"""A drafted source on disk: its file and its fixtures, both or none, and nothing that is there is replaced."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawlers.drafting.draft import Drafted
from crawlers.drafting.wanted import places, refuse_there
from crawlers.errors import CannotWrite
from crawlers.fixtures import write_fixtures


@dataclass(frozen=True, slots=True)
class Written:
    """Where it is now. fixtures: None where no page was drafted as one."""

    file: Path
    fixtures: Path | None


def write(home: Path, drafted: Drafted) -> Written:
    """Write file and fixtures below `sources/`. The file comes last: without it there is no source.

    raises  CannotAdd: the file or the folder is there; CannotWrite
    """
    file, fixtures = places(home, drafted.source_id)
    beside = file.with_name(f".{drafted.source_id}.{os.getpid()}.tmp")
    text = beside.with_name(f"{beside.name}.toml")
    refuse_there((file, fixtures), "nothing was written")
    made = False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if drafted.fixtures:
            write_fixtures(beside, drafted.fixtures)
            beside.rename(fixtures)
            made = True
        text.write_text(drafted.text, encoding="utf-8")
        os.link(text, file)  # unlike a rename, never over another file
    except OSError as error:
        if made:
            shutil.rmtree(fixtures, ignore_errors=True)
        if isinstance(error, FileExistsError):
            refuse_there((file, fixtures), "nothing was written")
        raise CannotWrite(file, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        with suppress(OSError):
            text.unlink(missing_ok=True)
    return Written(file, fixtures if drafted.fixtures else None)
