"""What can be asked of the figures: refused are questions whose answer would be empty or untrue."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crm.dates import day_text
from crm.models import LedgerEntry
from crm.values.periods import SEOUL, Quarter


class NotAnswerable(Exception):
    """The report that was asked for cannot be given. `field` is period or as_of, the message says why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def first_recorded() -> QuerySet[Any, Any]:
    """When the first entry was recorded: that time, or nothing."""
    return LedgerEntry.objects.order_by("recorded_at").values_list("recorded_at", flat=True)[:1]


def check_asked(
    period: Quarter, *times: datetime, now: datetime, first: Callable[[], datetime | None] | None = None
) -> None:
    """`times`: as of when it is asked; `first` tells `first_recorded` where it was read with something else. Raises
    NotAnswerable: a quarter that has not begun, a time that is not yet, a time before the first record."""
    if period.first_day > now.astimezone(SEOUL).date():
        raise NotAnswerable("period", _("%(period)s has not begun yet.") % {"period": period})
    if any(at > now and at.astimezone(SEOUL).date() > now.astimezone(SEOUL).date() for at in times):
        raise NotAnswerable("as_of", _("The as-of time lies in the future: what will be known then is not known now."))
    begins = first() if first is not None else first_recorded().first()
    if begins is not None and min(times) < begins:
        day = day_text(begins.astimezone(SEOUL).date())
        raise NotAnswerable("as_of", _("Nothing was recorded by then; the first record is of %(day)s") % {"day": day})
