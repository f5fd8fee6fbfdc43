"""How far an import has come, and what its rows are to the record."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final


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


_SCALES: Final = {"": "", "천": "천", "만": "만", "백만": "백만", "억": "억", "k": "천", "m": "백만"}
_CURRENCIES: Final = {
    "원": "원", "krw": "원", "₩": "원", "": "원",
    "달러": "달러", "불": "달러", "미달러": "달러", "미불": "달러", "usd": "달러", "us$": "달러", "$": "달러",
    "유로": "유로", "eur": "유로", "€": "유로",
}  # fmt: skip
_STATED: Final = re.compile(r"단위\s*[:：]?\s*([^)\]]+)")


def amount_unit(text: str) -> AmountUnit | None:
    """The unit that a text names: `백만원`, `천 달러`, `USD`, `억`. None for what is none."""
    bare = re.sub(r"\s+", "", text).casefold()
    for written, scale in _SCALES.items():
        for currency, unit in _CURRENCIES.items():
            if bare and bare in (written + currency, currency + written):
                return next((one for one in AmountUnit if one.value == scale + unit), None)
    return None


def stated_unit(texts: Iterable[str]) -> AmountUnit | None:
    """The unit of money that texts above a table state: `(단위: 백만원, 명)`. None where none or several do."""
    parts = [part for text in texts for found in _STATED.findall(text) for part in re.split(r"[,/·、]", found)]
    units = {unit for part in parts if (unit := amount_unit(part)) is not None}
    return units.pop() if len(units) == 1 else None
