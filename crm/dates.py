"""Dates and times in the form of the language that is spoken: `2023. 1. 7. 14:05`, `7 Jan 2023 14:05`. Whoever prints
one for a person takes it from here."""

from datetime import date, datetime
from typing import Literal

from django.utils import translation

from crm.values.periods import SEOUL, format_date


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
