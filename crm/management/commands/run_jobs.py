"""python manage.py run_jobs [STEP] [--today 2023-02-08]: the daily run by hand, or one step of it, such as reports."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.jobs.daily import STEPS, run_daily


class Command(BaseCommand):
    help = (
        "Plans follow-ups by rule, hands over, escalates, sends the day's mails and the reports that are due. Doing it "
        "twice does nothing new."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", nargs="?", default="", choices=["", *STEPS])
        parser.add_argument("--today", default="", help="the day to run for, such as 2023-02-08 (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = date.fromisoformat(options["today"]) if options["today"] else None
        except ValueError as error:
            raise CommandError(f"--today {options['today']!r} is no day; write it like 2023-02-08.") from error
        for name, count in run_daily(day, options["step"]).items():
            self.stdout.write(f"{name}: {count}")
