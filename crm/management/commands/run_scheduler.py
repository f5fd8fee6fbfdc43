"""python manage.py run_scheduler: lays down the schedule and works on it until it is stopped."""

import os
from datetime import datetime, time, timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_q.models import Schedule

from crm.management.parents import end_with_parent

DAILY = "ieum daily"
AT = time(6, 0)


class Command(BaseCommand):
    help = "Runs the daily jobs at six in the morning (Seoul), and once at the start where the day's run is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        if os.environ.get("IEUM_WITH_PARENT"):
            end_with_parent()
        lay_schedule(timezone.now())
        call_command("qcluster", verbosity=0)


def lay_schedule(now: datetime) -> None:
    """One daily schedule, at once where there was none: laid down again it stays as it is."""
    fields = {"func": "crm.jobs.daily.run_daily", "schedule_type": Schedule.DAILY, "repeats": -1, "next_run": now}
    schedule, is_new = Schedule.objects.get_or_create(name=DAILY, defaults=fields)
    if is_new:
        return
    morning = timezone.make_aware(datetime.combine(timezone.localdate(now), AT))
    if schedule.next_run and schedule.next_run.astimezone(morning.tzinfo).timetz() != morning.timetz():
        schedule.next_run = morning if morning > now else morning + timedelta(days=1)
        schedule.save(update_fields=["next_run"])
