"""Is this installation and this home in order; what is wrong, and what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawlers.archive import segments
from crawlers.catalog import load_catalog
from dagster_project.steps.frontiers import examine as examine_frontiers
from dagster_project.steps.home import Home, open_home, settings
from dagster_project.steps.losses import damage, missing, named_by_snapshot
from dagster_project.steps.reading import unread, unusable_sources
from pipelines.records import BantinError
from warehouse.errors import NoSnapshot
from warehouse.query import open_snapshot
from warehouse.store import refuse_lost_work

_NETWORK_FILESYSTEMS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs")
_LOW_SPACE = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Check:
    """state: ok, note (nothing is wrong yet) or bad."""

    what: str
    state: str
    found: str
    cure: str = ""


def examine(path: Path) -> list[Check]:
    """All checks, the installation first; what a missing home makes impossible is left out."""
    checks = [*_installation()]
    try:
        home, _ = open_home(path)
    except BantinError as error:
        return [*checks, Check("home", "bad", str(error))]
    return [*checks, *_home(home), *_files(home)]


def _installation() -> Iterator[Check]:
    fits = (3, 11) <= sys.version_info[:2] < (3, 15)
    found = ".".join(map(str, sys.version_info[:3]))
    yield Check("python", "ok" if fits else "bad", found, "" if fits else "use Python 3.11 to 3.14")
    for wanted in sorted(r.split(";")[0].strip() for r in requires("bantin") or [] if "==" in r and "extra" not in r):
        name, _, pinned = wanted.partition("==")
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "missing"
        if installed != pinned:
            yield Check(name, "bad", f"{installed}, expected {pinned}", "install requirements.lock again")
    try:
        ZoneInfo("Asia/Ho_Chi_Minh")
    except ZoneInfoNotFoundError:
        yield Check("time zones", "bad", "Asia/Ho_Chi_Minh is unknown", "install the package tzdata")


def _home(home: Home) -> Iterator[Check]:
    yield Check("home", "ok", str(home.path))
    writable = os.access(home.path, os.W_OK)
    if not writable:
        yield Check("home", "bad", "not writable for this user", "change its owner or name another home")
    kind = _filesystem(home.path)
    remote = kind in _NETWORK_FILESYSTEMS
    yield Check(
        "file system", "bad" if remote else "ok", kind or "unknown",
        "move the home to a local disk: file locks are not to be trusted over a network" if remote else "",
    )  # fmt: skip
    free = shutil.disk_usage(home.path).free
    low = free < _LOW_SPACE
    cure = "make room: a publish needs the size of the warehouse once more" if low else ""
    yield Check("disk", "note" if low else "ok", f"{free / 1024**3:.1f} GiB free", cure)
    try:
        settings(home)
        yield Check("bantin.toml", "ok", "readable" if (home.path / "bantin.toml").exists() else "none, defaults hold")
    except BantinError as error:
        yield Check("bantin.toml", "bad", str(error))


def _filesystem(path: Path) -> str | None:
    """Type of the file system that holds a path, by the longest mount point; None where /proc does not tell."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return None
    rows = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    holding = [row for row in rows if len(row) > 2 and path.is_relative_to(row[1].replace("\\040", " "))]
    return max(holding, key=lambda row: len(row[1]))[2] if holding else None


def _files(home: Home) -> Iterator[Check]:
    catalog = load_catalog(home.path)
    for error in catalog.errors:
        yield Check("source file", "bad", str(error), "correct the file; the other sources go on without it")
    for source_id in unusable_sources(home, catalog):
        cure = f"put sources/{source_id}.toml back; its captures wait"
        yield Check("source file", "bad", f"none that works for {source_id}", cure)
    yield Check("archive", "ok", f"{len(segments(home.raw))} closed segments")
    gone = missing(home, named_by_snapshot(home))
    for what in gone.values():
        yield Check("archive", "bad", what, "put it back from a backup; `bantin rebuild --accept-loss` gives it up")
    for name, what in damage(home).items():
        if name not in gone:
            yield Check("archive", "bad", what)
    leftovers = list(home.raw.glob("*/*/*.warc.gz.open"))
    if leftovers:
        cure = "none needed: the next ingest or crawl of the source takes over what is whole in them"
        yield Check("archive", "note", f"{len(leftovers)} open segments", cure)
    for source_id, problem in examine_frontiers(home):
        yield Check("frontier", "bad" if problem else "ok", problem or f"{source_id}: whole")
    waiting = unread(home, catalog)
    stale = sum(1 for item in waiting if item.stale_version)
    if len(waiting) - stale:
        yield Check("read results", "note", f"{len(waiting) - stale} segments are not read yet", "bantin read")
    if stale:
        yield Check("read results", "note", f"{stale} segments were read by another reader version", "bantin read")
    try:
        with open_snapshot(home.path) as con:
            row = con.execute(
                "select snapshot_id, published_at, (select count(*) from bulletin) from snapshot"
                " order by published_at desc limit 1"
            ).fetchone()
        yield Check("snapshot", "ok", f"{row[0]}, {row[2]} bulletins" if row else "empty")
    except NoSnapshot as error:
        yield Check("snapshot", "note", str(error))
    except BantinError as error:
        yield Check("snapshot", "bad", str(error))
    try:
        refuse_lost_work(home.path)
    except BantinError as error:
        yield Check("warehouse", "bad", str(error))
