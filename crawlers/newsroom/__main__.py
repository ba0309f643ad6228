"""`python -m crawlers.newsroom`: serve the newsroom in the foreground until it is told to end."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from contextlib import nullcontext
from pathlib import Path

from crawlers.newsroom.hostile import HostileSite
from crawlers.newsroom.kinds import KINDS
from crawlers.newsroom.newsroom import USUAL, Newsroom
from crawlers.newsroom.records import Request


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 after SIGINT or SIGTERM, 1 where an address cannot be bound."""
    parser = argparse.ArgumentParser(prog="python -m crawlers.newsroom", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--block", default="127.0.88", help="first three numbers of the addresses")
    parser.add_argument("--port", type=int, default=8460)
    parser.add_argument("--bulletins", type=int, default=200, help="of each site on the first day")
    parser.add_argument(
        "--shared", type=float, default=0.0, help="share of bulletins that reprint another site's story"
    )
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=USUAL, help="of publishers, one site each")
    parser.add_argument(
        "--hostile", action="store_true", help="a hostile site besides, at address .250, its canary too"
    )
    parser.add_argument("--days", type=int, default=0, help="days to let pass before serving")
    parser.add_argument("--log", type=Path, help="append each request as a line of JSON")
    parser.add_argument("--sources", type=Path, help="write the source files into this folder")
    parser.add_argument("--delay", type=float, default=1.0, help="delay_s of those files")
    options = parser.parse_args(arguments)
    newsroom = Newsroom(
        options.seed, block=options.block, port=options.port, bulletins=options.bulletins, kinds=options.kinds,
        shared=options.shared,
    )  # fmt: skip
    newsroom.advance(options.days)
    if options.sources:
        newsroom.write_sources(options.sources, options.delay)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    written = 0
    hostile = HostileSite(f"{options.block}.250", options.port) if options.hostile else None
    if hostile and options.sources:
        hostile.write_source(options.sources, options.delay)
    try:
        with newsroom.serve(), hostile.serve() if hostile else nullcontext():
            for site in newsroom.sites:
                print(f"{site.site_id}\t{site.base_url}/", flush=True)  # noqa: T201 -- its output
            if hostile:
                print(f"hostile\t{hostile.base_url}/\tcanary {hostile.canary_address}", flush=True)  # noqa: T201
            while not ended.wait(0.5):
                written = _write_log(options.log, newsroom, written)
            _write_log(options.log, newsroom, written)
            if hostile:
                print(f"canary\t{hostile.canary} connections", flush=True)  # noqa: T201
    except OSError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _write_log(file: Path | None, newsroom: Newsroom, written: int) -> int:
    requests = newsroom.log()
    if file is not None and len(requests) > written:
        with file.open("a", encoding="utf-8") as out:
            out.writelines(f"{_as_json(request)}\n" for request in requests[written:])
    return len(requests)


def _as_json(request: Request) -> str:
    told = {
        "at": request.at, "site": request.site_id, "method": request.method, "path": request.path,
        "status": request.status, "headers": request.headers, "body": request.body.decode("latin-1"),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
