"""python manage.py load_founding_case FILE"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from crm.importing.founding_case.loading import load_founding_case
from crm.importing.founding_case.reading import read_founding_case
from crm.management.refusals import read_file, refusals


class Command(BaseCommand):
    help = "Loads the founding case from its YAML file. Loading it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals(options["file"]):
            loaded = load_founding_case(read_founding_case(read_file(options["file"])), timezone.now())
        self.stdout.write(f"{options['file']}: {loaded.added} records added, {loaded.present} present already.")
