"""python manage.py report quarterly --period 2023Q1 --as-of 2023-03-31 --lang ko --format xlsx --output FILE"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm.values.periods import PeriodError
from reports.asking import read_question
from reports.building.units import ShownIn
from reports.catalogue import REPORTS, TONGUES
from reports.charts import FontMissing
from reports.documents import FORMATS, render
from reports.figures.asked import NotAnswerable

_ASKS = {
    "period": "the quarter, such as 2023Q1",
    "year": "the year",
    "event": "the id of the event",
    "unit": "the id of the unit",
    "programme": "the id of the programme",
}


class Command(BaseCommand):
    help = "Writes a report as a file, the same as from the page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", choices=list(REPORTS))
        for ask, told in _ASKS.items():
            asking = ", ".join(kind.key for kind in REPORTS.values() if ask in kind.asks)
            parser.add_argument(f"--{ask}", default="", help=f"{told} ({asking or '-'})")
        parser.add_argument(
            "--shown-in", choices=list(ShownIn), default=ShownIn.ONE, help="what amounts are printed in"
        )
        parser.add_argument("--as-of", default="", help="a date (its end, Asia/Seoul) or an ISO time; default: now")
        parser.add_argument("--lang", choices=list(TONGUES), default="ko")
        parser.add_argument("--format", choices=FORMATS, default="xlsx")
        parser.add_argument("--output", default="-", help="a file, or - for standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = REPORTS[options["report"]]
        for ask in _ASKS:
            if (ask in kind.asks) != bool(options[ask]):
                raise CommandError(f"--{ask} is {'needed' if ask in kind.asks else 'not asked'} by {kind.key}.")
        typed = {name: options[name] for name in (*kind.asks, "as_of", "lang", "shown_in")}
        try:
            # As on the page: today's evening is not known yet, and a report says when it was known.
            question = read_question(kind, typed, timezone.now())
            assert question is not None
            content = render(kind.report(question), options["format"])
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
