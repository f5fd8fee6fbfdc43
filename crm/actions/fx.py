"""Exchange rates: imported from a file, never fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from crm.actions import posting
from crm.actions.base import Caller, action, store
from crm.models import FxRate
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure


@dataclass(frozen=True, slots=True)
class Rate:
    """KRW for `per` units of the currency, as posted on the day."""

    currency: str
    on: date
    rate: Decimal
    per: int
    source: str


@dataclass(frozen=True, slots=True)
class RatesImported:
    added: int
    changed: int
    unchanged: int
    entries_valued: int


@action("fx.import")
def import_rates(caller: Caller, /, rates: Sequence[Rate]) -> RatesImported:
    """Keeps the rates and values the ledger entries that had none, by reversal with the cause `fx`.

    A rate that differs from the one kept replaces it, with history; entries valued at the old one stay as they
    were, since their rate is part of them."""
    added = changed = 0
    present = {(r.currency, r.on): r for r in FxRate.objects.filter(currency__in={r.currency for r in rates})}
    for rate in rates:
        row = present.get((rate.currency, rate.on)) or FxRate(currency=rate.currency, on=rate.on)
        is_new = row._state.adding
        before = row.version
        store(row, {"rate": rate.rate, "per": rate.per, "source": rate.source})
        present[rate.currency, rate.on] = row
        added += is_new
        changed += not is_new and row.version != before
    valued = _value_what_had_no_rate({r.currency for r in rates})
    return RatesImported(added, changed, len(rates) - added - changed, valued)


def _value_what_had_no_rate(currencies: set[str]) -> int:
    waiting = standing_entries().filter(measure=Measure.MONEY, krw_value=None, currency__in=currencies)
    reason = _("A rate for this date was imported.")
    return sum(posting.revalue(entry, reason) for entry in waiting.order_by("recorded_at", "id"))
