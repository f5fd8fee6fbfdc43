"""The example client, killed with SIGKILL at random moments while the record changes under it."""

import random
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from crm import sequencer
from crm.actions.demonstrations import archive_demonstration, record_demonstration
from crm.actions.organisations import record_organisation, update_organisation
from crm.models import Organisation
from examples.mirror import Mirror
from tests.builders import system
from tests.faults.feed_clients import company, token

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
KILLS = 200


def _change_something(dice: random.Random, turn: int) -> None:
    caller = replace(system(), now=timezone.now())
    if turn % 3 == 0:
        record_organisation(caller, name=company(turn))
    elif turn % 3 == 1:
        pk = dice.choice(list(Organisation.objects.values_list("pk", flat=True)))
        record = Organisation.objects.get(pk=pk)
        update_organisation(caller, record, version=record.version, note=f"{turn}번째")
    else:
        first = Organisation.objects.order_by("id")[0]
        trial = record_demonstration(caller, title=f"실증 {turn}", applicant=first, technology="로봇")
        if dice.random() < 0.5:
            archive_demonstration(caller, trial, "잘못 기록")


def test_killed_at_two_hundred_moments_it_is_whole_each_time(
    live_server: LiveServer, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_REQUESTS_A_MINUTE = 10**9
    key, dice = token(), random.Random(7)
    for turn in range(0, 60, 3):
        _change_something(dice, turn)
    path = str(tmp_path / "mirror.sqlite3")
    environment = {"IEUM_TOKEN": key, "IEUM_PAGE": "3", "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-S", "examples/mirror.py", live_server.url, path]
    killed, whole, waits = 0, 0, threading.Event()
    for turn in range(KILLS):
        _change_something(dice, turn)
        if turn % 50 == 49:
            # Everything anew: kills fall into the sweep as well.
            sequencer.begin_anew(timezone.now())
        run = subprocess.Popen(
            command, cwd=project.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        waits.wait(dice.uniform(0.05, 0.35))
        run.kill()
        killed += run.wait() == -9
        mirror = Mirror(live_server.url, key, path)
        mirror.pull()
        whole += mirror.is_whole()
        mirror.database.close()
    print(f"killed {killed} of {KILLS} in the middle, whole {whole} of {KILLS}")
    assert whole == KILLS and killed > KILLS // 4
