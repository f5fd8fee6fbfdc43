"""python manage.py begin_feed_anew: after a backup was restored that the server cannot notice by itself
(its data directory was restored too), before the first client asks again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from crm.sequencer import begin_anew


class Command(BaseCommand):
    help = "Begins a new epoch of the change feed: every client of the API starts over. For a restored backup."

    def handle(self, *args: Any, **options: Any) -> None:
        state = begin_anew(timezone.now())
        self.stdout.write(f"epoch {state.epoch}, head {state.head}")
