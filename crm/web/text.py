"""Values as the pages print them: dates, times, amounts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from crm.values.money import format_amount, format_number
from crm.values.periods import SEOUL, format_date

UNKNOWN = "–"


def language() -> Literal["ko", "en"]:
    return "en" if (translation.get_language() or "ko").startswith("en") else "ko"


def day_text(day: date | None) -> str:
    return format_date(day) if day else UNKNOWN


def days_text(first: date, last: date | None) -> str:
    return format_date(first) if last is None or last == first else f"{format_date(first)} – {format_date(last)}"


def time_text(moment: datetime) -> str:
    local = moment.astimezone(SEOUL)
    return f"{format_date(local.date())} {local:%H:%M}"


def value_text(value: Decimal, currency: str, approximate: bool = False) -> str:
    """`USD 10,000,000`, `about 20`: exact, with the sign of a reversal."""
    text = format_amount(value, currency, language()) if currency else format_number(value)
    return _("about %(value)s") % {"value": text} if approximate else text
