"""python manage.py run_scheduler: lays down the schedules and works on them until it is stopped."""

import os
from datetime import datetime, time, timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_q.models import Schedule

from crm.management.parents import end_with_parent

DAILY = "ieum daily"
WEBHOOKS = "ieum webhooks"
AT = time(6, 0)


class Command(BaseCommand):
    help = (
        "Runs the daily jobs at six in the morning (Seoul), and once at the start where the day's run is missing. "
        "Sends webhooks each minute."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if os.environ.get("IEUM_WITH_PARENT"):
            end_with_parent()
        lay_schedule(timezone.now())
        call_command("qcluster", verbosity=0)


def lay_schedule(now: datetime) -> None:
    """One daily schedule, at once where there was none, and one each minute: laid down again they stay as they are."""
    _lay_webhooks(now)
    fields = {"func": "crm.jobs.daily.run_daily", "schedule_type": Schedule.DAILY, "repeats": -1, "next_run": now}
    schedule, is_new = Schedule.objects.get_or_create(name=DAILY, defaults=fields)
    if is_new:
        return
    morning = timezone.make_aware(datetime.combine(timezone.localdate(now), AT))
    if schedule.next_run and schedule.next_run.astimezone(morning.tzinfo).timetz() != morning.timetz():
        schedule.next_run = morning if morning > now else morning + timedelta(days=1)
        schedule.save(update_fields=["next_run"])


def _lay_webhooks(now: datetime) -> None:
    fields = {"schedule_type": Schedule.MINUTES, "minutes": 1, "repeats": -1, "next_run": now}
    Schedule.objects.get_or_create(name=WEBHOOKS, defaults={"func": "crm.jobs.webhooks.send_webhooks", **fields})
