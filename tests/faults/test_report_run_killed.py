"""A worker killed with SIGKILL while it sends a report: nobody takes the run up by itself, and started again by hand
it sends to everybody who got none, and to nobody twice."""

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from crm.actions import report_runs, schedules
from crm.models import ReportRun, RunMail
from crm.values.measures import OutcomeKind
from tests.builders import make_outcome, make_unit, system
from tests.databases import address

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = [f"p{number}@example.invalid" for number in range(40)]


def start(folder: Path) -> "subprocess.Popen[bytes]":
    own = {
        "IEUM_ENV": "test",
        "DATABASE_URL": address(),
        "IEUM_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "manage.py", "run_jobs", "reports"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env={**os.environ, **own}, stdout=subprocess.DEVNULL)


def sent_to(folder: Path) -> Counter[str]:
    mails = [path.read_text() for path in (folder / "mail").iterdir()]
    return Counter(found for mail in mails for found in re.findall(r"^To: (\S+)", mail, re.MULTILINE))


def test_killed_while_it_sends_it_sends_to_nobody_twice(tmp_path: Path) -> None:
    make_outcome("협약", kind=OutcomeKind.BUSINESS_MOU, lead_unit=make_unit("경제국"), signed_on=date(2023, 1, 8))
    caller = replace(system(), now=timezone.now())
    fields = {"name": "보고", "rhythm": "weekly", "day": timezone.localdate(caller.now).isoweekday()}
    schedules.set_schedule(caller, formats=["csv"], recipients=PEOPLE, **fields)

    with start(tmp_path) as worker:
        while worker.poll() is None and RunMail.objects.count() < len(PEOPLE) // 3:
            pass
        worker.kill()
    claimed = RunMail.objects.count()
    assert 0 < claimed < len(PEOPLE)
    (run,) = ReportRun.objects.all()
    assert run.state == "running"

    assert start(tmp_path).wait() == 0
    assert RunMail.objects.count() == claimed and ReportRun.objects.count() == 1

    later = replace(caller, now=timezone.now() + report_runs.BROKEN_OFF_AFTER + timedelta(minutes=1))
    report_runs.start_again(later, run)
    assert start(tmp_path).wait() == 0
    run.refresh_from_db()
    assert run.state == "done"
    found = sent_to(tmp_path)
    assert set(found.values()) == {1}
    assert len(PEOPLE) - 1 <= len(found) <= len(PEOPLE)  # one may have been cut off between its claim and its mail
    assert run.mails.count() == len(PEOPLE)
