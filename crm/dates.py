"""Dates and times in the form of the language that is spoken: `2023. 1. 7. 14:05`, `7 Jan 2023 14:05`. Whoever prints
one for a person takes it from here."""

from datetime import date, datetime
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from crm.values.periods import FIRST_YEAR, SEOUL, PeriodError, format_date


def language() -> Literal["ko", "en"]:
    return "en" if (translation.get_language() or "ko").startswith("en") else "ko"


def day_text(day: date) -> str:
    return format_date(day, language())


def minute_text(moment: datetime) -> str:
    """On the clock of Seoul."""
    local = moment.astimezone(SEOUL)
    return f"{day_text(local.date())} {local:%H:%M}"


def second_text(moment: datetime) -> str:
    """On the clock of Seoul."""
    local = moment.astimezone(SEOUL)
    return f"{day_text(local.date())} {local:%H:%M:%S}"


def as_of_refused(refusal: PeriodError) -> str:
    """What is wrong with the as-of time that was typed: a year that is not kept is no matter of how it is written."""
    if refusal.code == "out_of_range":
        return _("Choose an as-of day from the year %(first)d to today.") % {"first": FIRST_YEAR}
    return _("Write the as-of day like 2023-03-31.")
