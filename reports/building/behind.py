"""What stands behind a number, as its page tells it: the sum, then the entries with what a screen has room for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.models.labels import label
from crm.values.measures import Basis, Measure, Series
from crm.values.money import format_number, signed
from reports.building.details import entries_table, entry_row, share_column
from reports.building.rows import as_rows
from reports.building.words import amount
from reports.figures.entries import EntryFigures
from reports.figures.listing import Listing
from reports.figures.outcomes import subject_id
from reports.figures.trace import Added
from reports.report import Row, Table

# The files say the rest; a title leads to the entry itself, which says all of it.
_SHOWN: Final = (
    *("value_date", "about", "series", "measure", "value", "currency", "krw_value", "source", "evidence", "cause"),
    *("recorded_at", "recorded_by"),
)


def behind_text(added: Iterable[Added] | None, outcomes: int, entries: int) -> str:
    """One sentence to hold against the number. `added` is None where the sum is kept from the reader."""
    sums = None if added is None else ", ".join(map(_sum_text, added)) or "0"
    told = [_("Sum not shown: it holds what you may not see") if sums is None else _("Sum %(sum)s") % {"sum": sums}]
    if outcomes:
        told.append(ngettext("%(n)d outcome", "%(n)d outcomes", outcomes) % {"n": outcomes})
    told.append(ngettext("%(n)s ledger entry", "%(n)s ledger entries", entries) % {"n": format_number(entries)})
    return " · ".join(told)


def _sum_text(one: Added) -> str:
    numbers = [signed(total) for _currency, total in one.totals]
    if one.measure == Measure.COUNT:
        return ", ".join(numbers)
    if one.measure == Measure.JOBS:
        return f"{label(Series(one.series))} {label(Measure.JOBS)} {', '.join(numbers)}"
    text = " + ".join(amount(total, currency) for currency, total in one.totals)
    if one.krw is not None and [currency for currency, _total in one.totals] != ["KRW"]:
        text += f" = {amount(one.krw, 'KRW')}"
    basis = "" if one.basis == Basis.TOTAL else f" ({label(Basis(one.basis))})"
    return f"{label(Series(one.series))} {text}{basis}"


def behind_table(entries: Listing[EntryFigures], shares: Mapping[UUID, Decimal]) -> Table:
    """The entries, and with shares the per cent of their outcome that counts, by outcome, in place of the KRW value."""
    whole = entries_table(entries)
    columns = {column.key: column for column in whole.columns}
    shown = [share_column() if key == "krw_value" and shares else columns[key] for key in _SHOWN]
    places = {column.key: place for place, column in enumerate(whole.columns)}

    def read(one: EntryFigures) -> Row:
        row = entry_row(one)
        said = {key: row.values[place] for key, place in places.items()}
        said |= {"share": shares.get(subject_id(one.entry)), "recorded_by": str(one.entry.recorded_by)}
        links = tuple(row.link if column.key == "about" else None for column in shown)
        return replace(row, values=tuple(said[column.key] for column in shown), links=links)

    return replace(whole, caption=_("Ledger entries"), columns=tuple(shown), rows=as_rows(entries, read))
