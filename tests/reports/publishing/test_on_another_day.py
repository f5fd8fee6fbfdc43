"""What is published today is the same bytes when it is made again another day: the clock itself is moved, by more than
a year, and with it the zone, the seed of the hashes and the installation's own name."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone

from crm.models import Event
from reports.catalogue import REPORTS
from reports.documents import FORMATS
from reports.publishing import publish
from tests import founding_case
from tests.builders import system
from tests.databases import address
from tests.laws.scenarios import make_world
from tests.reports.published import question_of

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = ZoneInfo("America/Los_Angeles")


def publish_every_report_there_is() -> None:
    founding_case.load()
    world = make_world()
    about: dict[str, Any] = {
        "event": Event.objects.get(code="ces-2023"),
        "unit": world.unit,
        "programme": world.programme,
    }
    now = timezone.now()
    for kind in REPORTS.values():
        asked = question_of(kind, now - timedelta(minutes=1), "both", **about)
        publish(replace(system(), now=now), kind, asked)


def made_again(moment: datetime, folder: Path) -> tuple[dict[str, dict[str, bool]], str]:
    """What a process of its own makes of them at that moment in its own zone, and what its clock said."""
    environment = {
        **os.environ,
        "IEUM_ENV": "test",
        "DATABASE_URL": address(),
        "IEUM_DATA": str(folder),
        "ORGANISATION": "다른 도시",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONHASHSEED": "7",
    }
    command = [sys.executable, "-m", "tests.reports.publishing.made_again", f"{moment:%Y-%m-%dT%H:%M:%S}", ZONE.key]
    run = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout), run.stderr


def test_every_report_in_every_format_is_the_same_bytes_four_hundred_days_later(tmp_path: Path) -> None:
    publish_every_report_there_is()
    later = (timezone.now() + timedelta(days=400)).astimezone(ZONE).replace(hour=23, minute=30)
    found, clock = made_again(later, tmp_path)
    assert f"It is {later:%Y-%m-%d} 23:30 {later:%Z}" in clock
    assert found == {key: dict.fromkeys((*FORMATS, "figures"), True) for key in REPORTS}
