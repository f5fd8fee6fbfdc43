"""Which exchange rate holds on a day."""

from datetime import date, timedelta

from crm.models import FxRate

# No rate is posted on weekends and holidays; the last posted one holds. The longest run of Korean holidays is ten
# days: an older rate means that the file is missing, not that the market was closed.
HOLDS_FOR = timedelta(days=10)


def rate_on(currency: str, day: date) -> FxRate | None:
    """The base rate that holds on that day, or None where none is known: never an older or a later one instead."""
    # The calendar's first days have no day ten days earlier.
    oldest = day - HOLDS_FOR if day - date.min >= HOLDS_FOR else date.min
    posted = FxRate.objects.filter(currency=currency, on__lte=day, on__gte=oldest)
    return posted.order_by("-on").first()
