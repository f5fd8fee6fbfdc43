"""When webhooks are sent: each minute by the scheduler, and by command."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule

from crm.management.commands.run_scheduler import WEBHOOKS, lay_schedule
from crm.models import WebhookEndpoint
from tests.builders import make_organisation
from tests.receiver import Receiver

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_scheduler_sends_each_minute_and_lays_one_schedule(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    for _start in range(2):
        lay_schedule(timezone.now())
    schedule = Schedule.objects.get(name=WEBHOOKS)
    assert (schedule.schedule_type, schedule.minutes, schedule.repeats) == (Schedule.MINUTES, 1, -1)
    make_organisation()
    send: Any = import_string(schedule.func)
    assert send() == 1 and len(receiver.arrived) == 1


def test_by_command(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    make_organisation()
    out = io.StringIO()
    call_command("run_jobs", "webhooks", stdout=out)
    assert out.getvalue() == "webhooks: 1\n" and len(receiver.arrived) == 1
