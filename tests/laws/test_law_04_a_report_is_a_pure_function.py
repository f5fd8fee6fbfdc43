"""Law 4: the same inputs give the same bytes; the clock is read at the edge and passed in."""

import ast
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from crm.actions import events, outcomes
from crm.values.periods import Quarter
from reports.building.quarterly import build_quarterly
from reports.documents import FORMATS, render
from reports.figures.quarterly import quarterly
from tests.laws.scenarios import NOW, make_world
from tests.laws.sources import ROOT, calls, modules

CLOCKS = ("now", "today", "utcnow", "time.time", "localtime", "time_ns", "monotonic")
BELOW_THE_EDGE = (
    "crm/values",
    "crm/models",
    "crm/queries",
    "crm/permissions.py",
    "crm/feed.py",
    "crm/actions",
    "crm/importing",
    "reports/figures",
    "reports/building",
    "reports/documents",
    "reports/charts.py",
    "reports/report.py",
)


def clocks(tree: ast.AST) -> set[str]:
    """Clocks that are called, or handed on as a default."""
    called = {name for name in calls(tree) if name.split(".")[-1] in CLOCKS or name in CLOCKS}
    named = {ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in ("now", "today")}
    return called | {n for n in named if n.split(".")[0] in ("timezone", "datetime", "date")}


def auto_clocks(tree: ast.AST) -> set[str]:
    return {k.arg for k in ast.walk(tree) if isinstance(k, ast.keyword) and k.arg in ("auto_now", "auto_now_add")}


def test_nothing_below_the_edge_reads_the_clock() -> None:
    found = {path: clocks(tree) | auto_clocks(tree) for path, tree in modules(*BELOW_THE_EDGE)}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "source", ["timezone.now()", "datetime.now(UTC)", "date.today()", "F(default=timezone.now)", "F(auto_now=True)"]
)
def test_a_clock_below_the_edge_would_be_found(source: str) -> None:
    tree = ast.parse(source)
    assert clocks(tree) | auto_clocks(tree)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_same_question_gives_the_same_bytes_whatever_came_later(kind: str, language: str) -> None:
    world = make_world()
    period, as_of = Quarter(2023, 1), NOW + timedelta(days=1)
    first = render(build_quarterly(quarterly(period, as_of), language), kind)  # type: ignore[arg-type]
    later = make_later(world.caller)
    outcomes.update_outcome(later, world.outcome, title="바뀐 제목", standing="unconfirmed")
    events.update_event(later, world.event, name="바뀐 행사")
    again = render(build_quarterly(quarterly(period, as_of), language), kind)  # type: ignore[arg-type]
    assert first == again
    assert first != render(build_quarterly(quarterly(period, as_of + timedelta(days=30)), language), kind)  # type: ignore[arg-type]


def make_later(caller: object) -> object:
    from dataclasses import replace

    return replace(caller, now=NOW + timedelta(days=10))  # type: ignore[type-var]


def test_no_environment_of_the_reader_changes_the_bytes() -> None:
    """The documents of one report object, made by two processes with other time zones and hash seeds."""
    script = (
        "import hashlib, sys; sys.path.insert(0, '.');"
        "from tests.reports.documents.builders import *;"
        "import tests.reports.documents.builders as b; from reports.documents import FORMATS, render;"
        "report = next(v for k, v in vars(b).items() if callable(v) and k in ('ces_report', 'report', 'a_report'))();"
        "print([hashlib.sha256(render(report, f)).hexdigest() for f in FORMATS])"
    )
    found = set()
    for zone, seed in (("UTC", "1"), ("America/Los_Angeles", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        found.add(run.stdout)
    assert len(found) == 1
