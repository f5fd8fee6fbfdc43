"""Databases with a city's worth of synthetic outcomes, for the benchmarks: one of each kind.

The SQLite one stays in var/bench/ and is made anew when the tables or the synthetic outcomes change; the PostgreSQL one
lives as long as the benchmark."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import server

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "bench"
OUTCOMES = int(os.environ.get("BENCH_OUTCOMES", "100000"))
_MADE_OF = ("crm/migrations/*.py", "crm/demo/volume*.py")


@contextmanager
def on_sqlite() -> Iterator[Mapping[str, str]]:
    """The environment in which the commands of the project work on that database."""
    home = KEPT / f"{OUTCOMES}-{_made_of()}"
    environment = {**os.environ, "IEUM_ENV": "demo", "IEUM_DATA": str(home)}
    environment.pop("DATABASE_URL", None)
    whole = home / "whole"
    if not whole.exists():
        shutil.rmtree(KEPT, ignore_errors=True)
        home.mkdir(parents=True)
        # As an installation has it: nobody gathers statistics for SQLite (docs/decisions/0016).
        _fill(environment)
        whole.touch()
    yield environment


@contextmanager
def on_postgresql() -> Iterator[Mapping[str, str]]:
    """As `on_sqlite`. The server ends with the block."""
    home = ROOT / "var" / "bench-postgresql"
    home.mkdir(parents=True, exist_ok=True)
    with server() as url:
        environment = {**os.environ, "IEUM_ENV": "demo", "IEUM_DATA": str(home), "DATABASE_URL": url}
        _fill(environment, "VACUUM ANALYZE")
        yield environment


def _made_of() -> str:
    found = sorted(path for pattern in _MADE_OF for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in found)).hexdigest()[:12]


def _fill(environment: Mapping[str, str], then: str = "") -> None:
    commands: list[tuple[str, ...]] = [
        ("migrate", "--verbosity", "0"),
        # What nothing synthetic is of: programmes, documents, directives. Their pages are read too.
        ("load_founding_case", str(ROOT / "crm" / "demo" / "ces-2023.yaml")),
        ("seed_volume", "--outcomes", str(OUTCOMES)),
    ]
    if then:
        told = f"from django.db import connection; connection.cursor().execute({then!r})"
        commands.append(("shell", "--no-imports", "--command", told))
    for command in commands:
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=dict(environment), check=True)
