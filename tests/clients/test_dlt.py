"""dlt's REST source, by configuration alone: everything, then only what changed, tombstones included, into DuckDB."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import settings as project
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from crm import sequencer
from crm.actions.demonstrations import archive_demonstration, record_demonstration
from crm.actions.organisations import record_organisation, update_organisation
from crm.models import Demonstration
from tests.faults.feed_clients import token
from tests.laws.scenarios import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.fixture
def world(settings: Any) -> World:
    settings.API_REQUESTS_A_MINUTE = 10**9
    return make_world(timezone.now())


@pytest.fixture
def run(world: World, live_server: LiveServer, tmp_path: Path) -> Any:
    key = token()

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        own = {"IEUM_TOKEN": key, "DLT_DATA_DIR": str(tmp_path / "dlt"), "HOME": str(tmp_path)}
        command = [sys.executable, str(project.BASE_DIR / "examples" / "warehouse.py"), live_server.url,
                   "organisation", "demonstration", *options]  # fmt: skip
        return subprocess.run(
            command, cwd=tmp_path, env={**os.environ, **own}, capture_output=True, text=True, check=False
        )

    return run


def rows(folder: Path, kind: str) -> dict[str, tuple[int, str]]:
    with duckdb.connect(str(folder / "ieum.duckdb"), read_only=True) as database:
        column = "name" if kind == "organisation" else "title"
        found = database.execute(f"SELECT id, version, {column} FROM record.{kind}").fetchall()
    return {pk: (version, name) for pk, version, name in found}


def test_everything_then_what_changed_then_anew(run: Any, world: World, tmp_path: Path) -> None:
    trials = [
        record_demonstration(world.caller, title=f"실증 {number}", applicant=world.company, technology="로봇")
        for number in range(3)
    ]
    first = run()
    assert first.returncode == 0, first.stderr
    assert len(rows(tmp_path, "demonstration")) == 3

    update_organisation(world.caller, world.company, version=world.company.version, name="㈜솔라")
    archive_demonstration(world.caller, Demonstration.objects.get(pk=trials[0].pk), "잘못 기록")
    record_organisation(world.caller, name="㈜새로")
    again = run()
    assert again.returncode == 0, again.stderr
    companies = rows(tmp_path, "organisation")
    assert companies[str(world.company.pk)] == (2, "㈜솔라") and "㈜새로" in {name for _v, name in companies.values()}
    assert set(rows(tmp_path, "demonstration")) == {str(trial.pk) for trial in trials[1:]}

    sequencer.begin_anew(timezone.now())
    refused = run()
    assert refused.returncode != 0 and "410" in refused.stderr
    anew = run("--anew")
    assert anew.returncode == 0, anew.stderr
    assert rows(tmp_path, "organisation") == companies
