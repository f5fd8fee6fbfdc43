"""python manage.py seed_volume --outcomes 100000"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm.actions.accounts import system_caller
from crm.demo.volume import seed_volume
from crm.sequencer import number_committed


class Command(BaseCommand):
    help = "Records synthetic outcomes, clearly marked as such, to try out volume."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--outcomes", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["outcomes"] < 1:
            raise CommandError("--outcomes must be 1 or more.")
        for done in seed_volume(system_caller(timezone.now()), options["outcomes"]):
            self.stdout.write(f"\r{done:,} of {options['outcomes']:,} synthetic outcomes", ending="")
            self.stdout.flush()
        self.stdout.write("")
        # As the job of every minute would have by then.
        number_committed(all_of_it=True)
