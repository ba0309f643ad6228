"""Whether the process that a run was begun in still lives: its number alone is given to others after a while."""

import os
from pathlib import Path


def mark_of(pid: int) -> str | None:
    """`4711@8836421@3f2a…`: process, its start in clock ticks after boot, the boot. None: there is no such process.

    Where there is no /proc (macOS) the number alone.
    """
    if not Path("/proc/self/stat").exists():
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        except PermissionError:
            pass
        return str(pid)
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, *fields = stat.rpartition(")")[2].split()  # the name before it may hold blanks and brackets
    return None if state in "ZX" else f"{pid}@{fields[18]}@{boot[:8]}"


def is_alive(mark: str) -> bool:
    """Whether the process of a mark still runs. A mark nobody made is of a process that is gone."""
    pid = mark.partition("@")[0]
    return pid.isascii() and pid.isdigit() and mark_of(int(pid)) == mark
