"""The ledger of an outcome: every entry as a line, and what stands now, group by group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.urls import reverse

from crm.models import LedgerEntry
from crm.models.labels import label
from crm.values.evidence import Grade
from crm.values.measures import Basis, Cause, DateBasis, Measure, Series
from crm.values.money import format_amount, format_korean, format_number, signed
from crm.web.pages.links import Link
from crm.web.text import UNKNOWN, day_text, language, time_text, value_text


@dataclass(frozen=True, slots=True)
class EntryLine:
    """`is_undone`: a reversal stands against it. `is_reversal`: it takes another back. Either leads to the other.
    `correct` is empty where the reader may not, or nothing is left to correct."""

    id: UUID
    value_date: str
    date_basis: str
    recorded: str
    entered: str
    series: str
    measure: str
    value: str
    currency: str
    basis: str
    krw_value: str
    rate: str
    source: str
    grade: str
    as_reported: str
    evidence: Link | None
    cause: str
    reason: str
    who: str
    is_undone: bool
    is_reversal: bool
    other: str
    correct: str


def entry_line(entry: LedgerEntry, may_correct: bool) -> EntryLine:
    reversal = getattr(entry, "reversed_by", None)
    stands = reversal is None and entry.reverses_id is None
    other = reversal.pk if reversal else entry.reverses_id
    return EntryLine(
        id=entry.pk,
        value_date=day_text(entry.value_date),
        date_basis=label(DateBasis(entry.date_basis)),
        recorded=time_text(entry.recorded_at),
        entered=time_text(entry.entered_at) if entry.is_backfill else "",
        series=label(Series(entry.series)),
        measure=label(Measure(entry.measure)),
        value=value_text(entry.value, "", entry.approximate),
        currency=entry.currency or UNKNOWN,
        basis=label(Basis(entry.basis)) if entry.measure != Measure.COUNT else UNKNOWN,
        krw_value=signed(entry.krw_value) if entry.krw_value is not None else UNKNOWN,
        rate=_rate(entry),
        source=entry.source,
        grade=label(Grade(entry.evidence_grade)),
        as_reported=entry.as_reported,
        evidence=Link(entry.evidence.title, f"#document-{entry.evidence.pk}") if entry.evidence else None,
        cause=label(Cause(entry.cause)),
        reason=entry.reason,
        who=str(entry.recorded_by),
        is_undone=reversal is not None,
        is_reversal=entry.reverses_id is not None,
        other=f"#entry-{other}" if other else "",
        correct=_correct(entry) if may_correct and stands else "",
    )


def _rate(entry: LedgerEntry) -> str:
    if entry.fx_rate is None or entry.fx_date is None:
        return UNKNOWN
    per = f" / {entry.fx_per}" if entry.fx_per != 1 else ""
    return f"{format_number(entry.fx_rate)}{per} ({day_text(entry.fx_date)}, {entry.fx_source})"


def _correct(entry: LedgerEntry) -> str:
    """What follows from something else is corrected there."""
    follows = entry.measure == Measure.COUNT or entry.derived_from_id is not None
    return "" if follows else reverse("figure-correct", args=[entry.pk])


@dataclass(frozen=True, slots=True)
class StandingValue:
    """One standing entry of money or jobs. A value that is no total stands in its own column, and its total is unknown
    unless a term makes one. `is_derived`: it is that total."""

    total: str
    annual: str
    unstated: str
    total_unknown: bool
    is_derived: bool
    korean: str
    krw: str
    source: str
    grade: str
    entry: str
    correct: str


@dataclass(frozen=True, slots=True)
class StandingGroup:
    """The standing entries of one series and measure, never added up here."""

    series: str
    measure: str
    values: tuple[StandingValue, ...]


def standing_groups(entries: Iterable[LedgerEntry], may_correct: bool) -> tuple[StandingGroup, ...]:
    live = [e for e in entries if e.measure != Measure.COUNT and stands(e)]
    series, measures = list(Series), list(Measure)

    def place(entry: LedgerEntry) -> tuple[int, int]:
        return series.index(Series(entry.series)), measures.index(Measure(entry.measure))

    groups = groupby(sorted(live, key=place), key=place)
    return tuple(
        StandingGroup(label(series[s]), label(measures[m]), _values(list(rows), may_correct)) for (s, m), rows in groups
    )


def stands(entry: LedgerEntry) -> bool:
    return entry.reverses_id is None and getattr(entry, "reversed_by", None) is None


def _values(entries: Sequence[LedgerEntry], may_correct: bool) -> tuple[StandingValue, ...]:
    with_total = {entry.derived_from_id for entry in entries}
    return tuple(_value(entry, may_correct, entry.pk in with_total) for entry in entries)


def _value(entry: LedgerEntry, may_correct: bool, has_total: bool) -> StandingValue:
    text = value_text(entry.value, entry.currency, entry.approximate)
    has_korean = language() == "ko" and entry.measure == Measure.MONEY
    return StandingValue(
        total=text if entry.basis == Basis.TOTAL else "",
        annual=text if entry.basis == Basis.ANNUAL else "",
        unstated=text if entry.basis == Basis.UNSTATED else "",
        total_unknown=entry.basis != Basis.TOTAL and not has_total,
        is_derived=entry.derived_from_id is not None,
        korean=format_korean(entry.value, entry.currency) if has_korean else "",
        krw=format_amount(entry.krw_value, "KRW", language()) if entry.krw_value is not None else UNKNOWN,
        source=entry.source,
        grade=label(Grade(entry.evidence_grade)),
        entry=f"#entry-{entry.pk}",
        correct=_correct(entry) if may_correct else "",
    )
