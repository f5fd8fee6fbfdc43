"""Runs the checks in order, with the time of each, and ends at the first that fails.

`python -m tests.checks static sqlite postgres`; any of the three words alone too.
"""

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.environment import for_tests
from tests.processes import run

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
BROWSER = (PYTHON, "-m", "tests.browser_binary")
PYTEST = (PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    command: tuple[str, ...]


CHECKS = {
    "static": (
        Check("ruff check", (PYTHON, "-m", "ruff", "check", "--no-cache", ".")),
        Check("ruff format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
        Check("mypy", (PYTHON, "-m", "mypy")),
        Check("imports", (str(Path(PYTHON).with_name("lint-imports")), "--no-logo")),
        Check("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run")),
        Check("django check", (*MANAGE, "check", "--fail-level", "WARNING")),
    ),
    "sqlite": (
        Check("browser", BROWSER),
        Check("tests on SQLite", PYTEST),
    ),
    "postgres": (
        Check("browser", BROWSER),
        Check("tests on PostgreSQL", (PYTHON, "-m", "tests.postgres", "--", *PYTEST)),
    ),
}


def main(words: Sequence[str]) -> int:
    if not words or not CHECKS.keys() >= set(words):
        sys.exit(f"ieum: name what to check: {', '.join(CHECKS)}.")
    took: list[str] = []
    # The browser stands before both kinds of tests and is looked for once.
    for check in dict.fromkeys(check for word in words for check in CHECKS[word]):
        print(f"== {check.name}", flush=True)
        start = time.monotonic()
        status = run(check.command, for_tests(os.environ))
        took.append(f"{time.monotonic() - start:8.1f} s  {check.name}")
        if status != 0:
            print("\n".join(took), flush=True)
            print(f"ieum: {check.name} failed; what comes after it was not run.", file=sys.stderr)
            return status
    print("\n".join(took), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
