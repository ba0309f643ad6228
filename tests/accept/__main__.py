"""Clone the committed state, run one step's acceptance lines on it, print a table: held, FAILED, or by eye.

`python -m tests.accept STEP [CLAIM …]`: all claims of the step, or those named.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from tests.accept.bench_of_claims import Clone

REPOSITORY = Path(__file__).resolve().parents[2]


def main() -> int:
    step, only = sys.argv[1] if len(sys.argv) > 1 else "1", sys.argv[2:]
    dirty = subprocess.run(["git", "status", "--porcelain"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    if dirty.stdout.strip():
        print("note: uncommitted changes are not in the clone that is judged", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="bantin-accept-") as folder:
        subprocess.run(["git", "clone", "-q", str(REPOSITORY), f"{folder}/bantin"], check=True)
        clone = Clone(Path(folder) / "bantin", Path(folder), REPOSITORY.parent / "shared")
        failed = 0
        print("| line | result | seen |\n|---|---|---|")
        for claim in import_module(f"tests.accept.step_{step}").CLAIMS:
            if only and claim.__name__ not in only:
                continue
            started = time.monotonic()
            try:
                result, seen = claim(clone)
            except Exception as error:
                result, seen = "FAILED", f"{type(error).__name__}: {error}"
            failed += result == "FAILED"
            text = (claim.__doc__ or claim.__name__).strip().replace("\n", " ")
            seen = " ".join(seen.split()).replace("|", "¦")
            print(f"| {text} | {result} | {seen} ({time.monotonic() - started:.0f} s) |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
