"""Each outcome of a period with its own figures, as it was known at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from crm.models import Consultation, Event, LedgerEntry, Organisation, OrgUnit, Outcome, Party
from crm.values.evidence import Grade, strongest
from crm.values.measures import DateBasis, Measure
from reports.figures.standing import parts_as_of, record_as_of, standing, sums


@dataclass(frozen=True, slots=True)
class ValueFigure:
    """One standing value of an outcome: money in units of its currency, or heads. None KRW is unknown."""

    measure: str
    series: str
    basis: str
    value: Decimal
    currency: str
    krw_value: Decimal | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class OutcomeFigures:
    """One outcome as known at the as-of time, with the values that stand in the period, by series."""

    id: UUID
    kind: str
    title: str
    also_called: tuple[str, ...]
    parties: tuple[tuple[str, str], ...]
    event: str
    lead_unit: str
    value_date: date
    date_basis: str
    signed_on: date | None
    standing: str
    stage: str
    binding: bool | None
    values: tuple[ValueFigure, ...]
    evidence_grade: str
    delay_reason: str
    next_steps: str
    note: str
    is_synthetic: bool


def outcome_figures(found: QuerySet[LedgerEntry], as_of: datetime) -> tuple[OutcomeFigures, ...]:
    """The outcomes that the entries are about, oldest value date first."""
    about = found.filter(outcome__isnull=False)
    live = list(standing(about, as_of).order_by("value_date", "outcome_id", "id"))
    ids = {entry.outcome_id for entry in live if entry.outcome_id is not None}
    values = _values(about)
    known = record_as_of(Outcome, ids, as_of)
    parties = _parties(ids, as_of)
    events = record_as_of(Event, (o.event_id for o in known.values()), as_of)
    units = record_as_of(OrgUnit, (o.lead_unit_id for o in known.values()), as_of)
    entries = _by_outcome(live)
    figures = [
        _figures(known[i], entries[i], values.get(i, ()), parties.get(i, ()), events, units) for i in ids & known.keys()
    ]
    return tuple(sorted(figures, key=lambda f: (f.value_date, f.kind, f.title, str(f.id))))


def _by_outcome(live: Iterable[LedgerEntry]) -> dict[UUID, list[LedgerEntry]]:
    found: dict[UUID, list[LedgerEntry]] = {}
    for entry in live:
        if entry.outcome_id is not None:
            found.setdefault(entry.outcome_id, []).append(entry)
    return found


def _values(about: QuerySet[LedgerEntry]) -> dict[UUID, tuple[ValueFigure, ...]]:
    found: dict[UUID, list[ValueFigure]] = {}
    for measure in (Measure.MONEY, Measure.JOBS):
        for row in sums(about, measure, "outcome_id", "series", "basis", "currency"):
            krw = None if row["without_rate"] else row["krw"]
            approximate = bool(row["approximate_entries"])
            value = ValueFigure(measure, row["series"], row["basis"], row["total"], row["currency"], krw, approximate)
            found.setdefault(row["outcome_id"], []).append(value)
    return {outcome_id: tuple(values) for outcome_id, values in found.items()}


def _parties(ids: Iterable[UUID], as_of: datetime) -> dict[UUID, tuple[tuple[str, str], ...]]:
    rows = parts_as_of(Party, "outcome", ids, as_of)
    organisations = record_as_of(Organisation, (p.organisation_id for ps in rows.values() for p in ps), as_of)
    return {
        outcome_id: tuple((organisations[p.organisation_id].name, p.role) for p in parts)
        for outcome_id, parts in rows.items()
    }


def _figures(
    known: Any,
    live: list[LedgerEntry],
    values: tuple[ValueFigure, ...],
    parties: tuple[tuple[str, str], ...],
    events: dict[UUID, Any],
    units: dict[UUID, Any],
) -> OutcomeFigures:
    # The entry that counts the outcome says when; a later value alone (a realised part) says its own date.
    dated = next((e for e in live if e.measure == Measure.COUNT), live[0])
    grade = strongest([Grade(e.evidence_grade) for e in live])
    return OutcomeFigures(
        id=known.id,
        kind=dated.kind,
        title=known.title,
        also_called=tuple(n for n in (known.title_as_signed, *known.also_called) if n and n != known.title),
        parties=parties,
        event=events[known.event_id].name if known.event_id in events else "",
        lead_unit=units[known.lead_unit_id].name if known.lead_unit_id in units else "",
        value_date=dated.value_date,
        date_basis=DateBasis(dated.date_basis),
        signed_on=known.signed_on,
        standing=dated.standing,
        stage=dated.stage,
        binding=known.binding,
        values=values,
        evidence_grade=grade or "",
        delay_reason=known.delay_reason,
        next_steps=known.next_steps,
        note=known.note,
        is_synthetic=known.is_synthetic,
    )


def subject_id(entry: LedgerEntry) -> UUID:
    """The id of the one outcome, consultation or event that the entry is about."""
    return entry.outcome_id or entry.consultation_id or entry.event_id  # type: ignore[return-value]


def subject_names(entries: Iterable[LedgerEntry], as_of: datetime) -> dict[UUID, str]:
    """What the entries are about, by the subject's id, as it was called at the as-of time."""
    rows = list(entries)
    outcomes = record_as_of(Outcome, (e.outcome_id for e in rows), as_of)
    events = record_as_of(Event, (e.event_id for e in rows), as_of)
    talks = record_as_of(Consultation, (e.consultation_id for e in rows), as_of)
    both = [i for t in talks.values() for i in (t.exhibitor_id, t.buyer_id)]
    companies = record_as_of(Organisation, both, as_of)
    names = {i: row.title for i, row in outcomes.items()} | {i: row.name for i, row in events.items()}
    return names | {i: f"{companies[t.exhibitor_id].name} – {companies[t.buyer_id].name}" for i, t in talks.items()}
