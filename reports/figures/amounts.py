"""Money as figures tell it, whether whole or by shares."""

from dataclasses import dataclass
from decimal import Decimal


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
