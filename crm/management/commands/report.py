"""python manage.py report quarterly --period 2023Q1 --as-of 2023-03-31 --lang ko --format xlsx --output FILE"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm.values.periods import PeriodError, Quarter, parse_as_of
from reports.building.quarterly import build_quarterly
from reports.charts import FontMissing
from reports.documents import FORMATS, render
from reports.figures.asked import NotAnswerable, check_asked
from reports.figures.quarterly import quarterly


class Command(BaseCommand):
    help = "Writes a report as a file, the same as from the page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", choices=["quarterly"])
        parser.add_argument("--period", required=True, help="such as 2023Q1")
        parser.add_argument("--as-of", default="", help="a date (its end, Asia/Seoul) or an ISO time; default: now")
        parser.add_argument("--lang", choices=["ko", "en"], default="ko")
        parser.add_argument("--format", choices=FORMATS, default="xlsx")
        parser.add_argument("--output", default="-", help="a file, or - for standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            period = Quarter.parse(options["period"])
            as_of = parse_as_of(options["as_of"]) if options["as_of"] else now
            check_asked(period, as_of, now)
            # As on the page: today's evening is not known yet, and a report says when it was known.
            content = render(build_quarterly(quarterly(period, min(as_of, now)), options["lang"]), options["format"])
        except (PeriodError, NotAnswerable, FontMissing) as error:
            raise CommandError(str(error)) from error
        _write(options["output"], content)


def _write(output: str, content: bytes) -> None:
    if output == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
