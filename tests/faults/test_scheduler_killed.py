"""The daily run killed with SIGKILL midway, again and again: nothing is planned twice, nothing is missing, nobody gets
two mails."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from crm.actions.accounts import open_account
from crm.models import DigestMail, FollowUp
from crm.queries.follow_up_rules import occasions
from crm.values.measures import OutcomeKind, Role
from tests.builders import make_outcome, make_unit, system
from tests.databases import address

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2023, 4, 8)
OUTCOMES, PEOPLE = 40, 8


def start(folder: Path) -> "subprocess.Popen[bytes]":
    own = {
        "IEUM_ENV": "test",
        "DATABASE_URL": address(),
        "IEUM_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "manage.py", "run_jobs", "--today", DAY.isoformat()]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env={**os.environ, **own}, stdout=subprocess.DEVNULL)


def kill_when(folder: Path, reached: Callable[[], bool]) -> None:
    """Starts a run and kills it as soon as the database says that it got so far."""
    with start(folder) as run:
        while run.poll() is None and not reached():
            pass
        run.kill()


def planned() -> int:
    return FollowUp.objects.filter(rule_key__isnull=False).count()


@pytest.fixture
def record() -> None:
    units = [make_unit(f"{number}국") for number in range(PEOPLE)]
    for number, unit in enumerate(units):
        open_account(
            system(), None, username=f"lead{number}", name=f"팀장 {number}", role=Role.TEAM_LEAD, org_unit=unit,
            email=f"lead{number}@example.invalid",
        )  # fmt: skip
    for number in range(OUTCOMES):
        make_outcome(f"협약 {number}", kind=OutcomeKind.BUSINESS_MOU, lead_unit=units[number % PEOPLE],
                     signed_on=date(2023, 1, 8))  # fmt: skip


def test_killed_anywhere_it_plans_everything_once_and_writes_to_nobody_twice(record: None, tmp_path: Path) -> None:
    expected = {occasion.key for found in occasions(DAY) for occasion in found}
    assert len(expected) > OUTCOMES

    for share in (0.1, 0.4, 0.8):
        kill_when(tmp_path, lambda share=share: planned() >= share * len(expected))  # type: ignore[misc]
        assert 0 < planned() < len(expected)
    kill_when(tmp_path, lambda: DigestMail.objects.count() >= PEOPLE // 2)
    assert 0 < DigestMail.objects.count() < PEOPLE
    for _again in range(2):
        assert start(tmp_path).wait() == 0

    keys = Counter(FollowUp.objects.exclude(rule_key=None).values_list("rule_key", flat=True))
    assert set(keys) == expected
    assert set(keys.values()) == {1}
    mails = [path.read_text() for path in (tmp_path / "mail").iterdir()]
    to = Counter(found for mail in mails for found in re.findall(r"^To: (\S+)", mail, re.MULTILINE))
    assert set(to.values()) == {1}
    assert DigestMail.objects.count() == PEOPLE
    assert sum(to.values()) >= DigestMail.objects.filter(sent_at__isnull=False).count() >= PEOPLE - 1
