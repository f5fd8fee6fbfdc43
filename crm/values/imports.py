"""How far an import has come, and what its rows are to the record."""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Final

from crm.values.money import AmountError, parse_amount


class ImportState(StrEnum):
    """READ: nothing is written yet. APPLYING and UNDOING are on their way and are gone on with."""

    READ = "read"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class RowGroup(StrEnum):
    """What a row is to the record. WRONG has errors, DUPLICATE waits for a decision; neither is applied."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    WRONG = "wrong"


class AmountUnit(StrEnum):
    """What the bare numbers of a sheet's amounts count. The value is how it is written behind a number."""

    WON = "원"
    THOUSAND_WON = "천원"
    TEN_THOUSAND_WON = "만원"
    MILLION_WON = "백만원"
    HUNDRED_MILLION_WON = "억원"
    DOLLARS = "달러"
    THOUSAND_DOLLARS = "천달러"
    TEN_THOUSAND_DOLLARS = "만달러"
    MILLION_DOLLARS = "백만달러"
    EUROS = "유로"
    THOUSAND_EUROS = "천유로"
    MILLION_EUROS = "백만유로"


_STATED: Final = re.compile(r"단위\s*[:：]?\s*([^)\]]+)")


def amount_unit(text: str) -> AmountUnit | None:
    """The unit that a text names, as it would be read behind a one: `백만원`, `천 달러`, `USD`, `억`. None for what is
    none."""
    named = _counts(text)
    return next((unit for unit in AmountUnit if named is not None and _counts(unit) == named), None)


def _counts(text: str) -> tuple[Decimal, str] | None:
    try:
        one = parse_amount(f"1{text.strip()}")
    except AmountError:
        return None
    return one.value, one.currency


def stated_unit(texts: Iterable[str]) -> AmountUnit | None:
    """The unit of money that texts above a table state: `(단위: 백만원, 명)`. None where none or several do."""
    parts = [part for text in texts for found in _STATED.findall(text) for part in re.split(r"[,/·、]", found)]
    units = {unit for part in parts if (unit := amount_unit(part)) is not None}
    return units.pop() if len(units) == 1 else None


def said_above(unit: str) -> str:
    """What stands above a table whose bare numbers count this, as `stated_unit` reads it; "" where nobody said."""
    return f"(단위: {unit})" if unit else ""
