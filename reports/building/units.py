"""Amounts as a reader wants them: in thousands of dollars, in hundreds of millions of won. The figures stay what they
are; a printed amount is rounded where it is printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports.figures.listing import Listing
from reports.report import Column, CoreReport, Row, Section, Table, Value

R = TypeVar("R", bound=CoreReport)


class ShownIn(StrEnum):
    """What one stands for in the tables of a report: a unit of the currency itself, or so many of them."""

    ONE = "one"
    THOUSAND = "thousand"
    TEN_THOUSAND = "ten_thousand"
    MILLION = "million"


@dataclass(frozen=True, slots=True)
class _Scale:
    foreign: Decimal
    won: Decimal
    name: Promise
    caption: Promise


_SCALES: Final[dict[ShownIn, _Scale]] = {
    ShownIn.THOUSAND: _Scale(
        Decimal(1_000),
        Decimal(1_000_000),
        gettext_lazy("Thousands of the currency, millions of won"),
        gettext_lazy("Unit: 1,000 of the currency, KRW 1,000,000"),
    ),
    ShownIn.TEN_THOUSAND: _Scale(
        Decimal(10_000),
        Decimal(100_000_000),
        gettext_lazy("Ten thousands of the currency, hundred millions of won"),
        gettext_lazy("Unit: 10,000 of the currency, KRW 100,000,000"),
    ),
    ShownIn.MILLION: _Scale(
        Decimal(1_000_000),
        Decimal(100_000_000),
        gettext_lazy("Millions of the currency, hundred millions of won"),
        gettext_lazy("Unit: 1,000,000 of the currency, KRW 100,000,000"),
    ),
}


def unit_choices() -> tuple[tuple[str, str], ...]:
    """What a reader may choose, as (value, text)."""
    exact = pgettext_lazy("display unit", "As recorded")
    return ((ShownIn.ONE.value, str(exact)), *((unit.value, str(scale.name)) for unit, scale in _SCALES.items()))


def in_units(report: R, unit: ShownIn) -> R:
    """The report with the amounts of its sections in that unit, named in the caption of each table of amounts. What
    lists single records stays exact."""
    if unit == ShownIn.ONE:
        return report
    return replace(report, sections=tuple(section_in_units(section, unit) for section in report.sections))


def section_in_units(section: Section, unit: ShownIn) -> Section:
    if unit == ShownIn.ONE:
        return section
    return replace(section, tables=tuple(_table(table, _SCALES[unit]) for table in section.tables))


def _table(table: Table, scale: _Scale) -> Table:
    """Only a table that says of which currency its amounts are: by a column of each row, or as won."""
    keys = [column.key for column in table.columns]
    place = keys.index("currency") if "currency" in keys else None
    scaled = [_is_scaled(column, place is not None) for column in table.columns]
    if not any(scaled):
        return table

    def by(row: Row, key: str) -> Decimal:
        if key.startswith("krw") or (place is not None and row.values[place] == "KRW"):
            return scale.won
        return scale.foreign if place is not None and row.values[place] else Decimal(1)

    def row_in(row: Row) -> Row:
        values: list[Value] = [
            value / by(row, key) if is_scaled and isinstance(value, Decimal) else value
            for value, key, is_scaled in zip(row.values, keys, scaled, strict=True)
        ]
        return replace(row, values=tuple(values))

    columns = tuple(
        replace(column, kind="scaled") if is_scaled else column
        for column, is_scaled in zip(table.columns, scaled, strict=True)
    )
    note = _("Amounts are rounded where they are printed; totals are made of amounts that are not rounded.")
    footnotes = (*table.footnotes, note)
    return replace(table, columns=columns, rows=_each(table.rows, row_in), unit=str(scale.caption), footnotes=footnotes)


def _is_scaled(column: Column, has_currency: bool) -> bool:
    return column.kind == "money" and (has_currency or column.key.startswith("krw"))


def _each(rows: Sequence[Row], change: Callable[[Row], Row]) -> Sequence[Row]:
    return rows.each(change) if isinstance(rows, Listing) else tuple(map(change, rows))
