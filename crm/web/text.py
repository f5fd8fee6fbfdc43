"""Values as the pages print them: dates, times, amounts."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from crm import dates
from crm.dates import language as language
from crm.values.money import format_amount, signed

UNKNOWN = "–"


def day_text(day: date | None) -> str:
    return dates.day_text(day) if day else UNKNOWN


def days_text(first: date, last: date | None) -> str:
    return day_text(first) if last is None or last == first else f"{day_text(first)} – {day_text(last)}"


def time_text(moment: datetime) -> str:
    return dates.minute_text(moment)


def value_text(value: Decimal, currency: str, approximate: bool = False) -> str:
    """`USD 10,000,000`, `about 20`: exact, with the △ of a reversal."""
    text = format_amount(value, currency, language()) if currency else signed(value)
    return _("about %(value)s") % {"value": text} if approximate else text
