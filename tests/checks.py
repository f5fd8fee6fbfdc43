"""Runs the checks in order, with the time of each, and ends at the first that fails.

`python -m tests.checks static sqlite postgres`; any of the three words alone too.
"""

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.environment import ROOT, for_tests, own_folder
from tests.processes import run

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
BROWSER = (PYTHON, "-m", "tests.browser_binary")
PYTEST = (PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile")


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    command: tuple[str, ...]


CHECKS = {
    "static": (
        Check("ruff check", (PYTHON, "-m", "ruff", "check", ".")),
        Check("ruff format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
        Check(
            "mypy",
            (
                PYTHON,
                "-m",
                "mypy",
                "crm",
                "api",
                "reports",
                "config",
                *(
                    f"tests/{name}.py"
                    for name in (
                        "browser_binary",
                        "checks",
                        "clearing",
                        "conftest",
                        "environment",
                        "postgres",
                        "processes",
                        "settings",
                    )
                ),
            ),
        ),
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
    # A word twice or a browser looked for twice costs nothing: each command runs once.
    checks = dict.fromkeys(check for word in words for check in CHECKS[word])
    took: list[tuple[str, float]] = []
    for check in checks:
        print(f"== {check.name}", flush=True)
        start = time.monotonic()
        status = run(check.command, _environment(check))
        took.append((check.name, time.monotonic() - start))
        if status != 0:
            break
    print("\n".join(f"{seconds:8.1f} s  {name}" for name, seconds in took))
    if status != 0:
        print(f"ieum: {check.name} failed; the rest was not run.", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
