"""python manage.py import_fx_rates FILE"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from crm.actions.accounts import system_caller
from crm.actions.fx import import_rates
from crm.importing.rates_csv import read_rates
from crm.management.refusals import read_file, refusals


class Command(BaseCommand):
    help = "Imports base exchange rates from a CSV file (currency, date, rate, per, source)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals(options["file"]):
            rates = read_rates(read_file(options["file"]))
            done = import_rates(system_caller(timezone.now()), rates)
        self.stdout.write(
            f"{options['file']}: {done.added} rates added, {done.changed} changed, {done.unchanged} unchanged; "
            f"{done.entries_valued} ledger entries got their KRW value."
        )
