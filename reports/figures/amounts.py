"""Money as figures tell it, whether whole or by shares."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from crm.models import LedgerEntry
from crm.values.measures import Basis, Measure, Series


@dataclass(frozen=True, slots=True)
class Amounts:
    """Money of one kind, series, standing and currency, in units of the currency. None is unknown, never zero.

    `krw_total` is the KRW value of `total`, `krw_annual` of `annual`; None while any part of it has no rate. `derived`:
    a part of the total is a yearly rate times its term. `kind` "": what was talked about."""

    kind: str
    series: str
    standing: str
    currency: str
    total: Decimal | None
    annual: Decimal | None
    unstated: Decimal | None
    krw_total: Decimal | None
    krw_annual: Decimal | None
    krw_unstated: Decimal | None
    approximate: bool
    derived: bool


def krw_stated(standing: Iterable[LedgerEntry], series: Series) -> Decimal | None:
    """What the standing entries about one outcome state as totals of the series, in KRW. None where none does, and
    where a part of it has no exchange rate."""
    found = (one for one in standing if one.measure == Measure.MONEY and one.basis == Basis.TOTAL)
    values = [one.krw_value for one in found if one.series == series]
    known = [value for value in values if value is not None]
    return sum(known, Decimal()) if values and len(known) == len(values) else None
