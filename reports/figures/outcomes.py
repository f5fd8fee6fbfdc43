"""Each outcome of a period with its own figures, as it was known at a time."""

import json
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from crm.models import Consultation, Event, LedgerEntry, Organisation, OrgUnit, Outcome, Party
from crm.values.evidence import Grade, strongest
from crm.values.measures import DateBasis, Measure
from reports.figures.at_once import Wanted, at_once, is_among, parts, records
from reports.figures.classes import classed, regrouped
from reports.figures.listing import Listing, remembering
from reports.figures.standing import AsRead, Hex, grouped, history, many_as_of, said_by


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


Dated = tuple[date, str, str, str, str]
"""Value date, kind, standing, stage and basis of the date."""
_DATE_BASES: Final = {basis.value: basis for basis in DateBasis}


class OutcomeHead(NamedTuple):
    """What an outcome is listed by, as known at the as-of time; heads are in the order of their first columns.
    `is_behind`: a reason for delay or next steps are written down. The values and all that is written besides stand in
    OutcomeFigures."""

    value_date: date
    kind: str
    title: str
    id: UUID
    also_called: tuple[str, ...]
    date_basis: str
    standing: str
    stage: str
    is_behind: bool
    is_synthetic: bool


class OutcomeListing(Listing[OutcomeFigures]):
    """The outcomes of a period, oldest value date first. `heads` says of each what it is listed by."""

    def __init__(self, heads: Sequence[OutcomeHead], read: Callable[[Sequence[OutcomeHead]], Sequence[OutcomeFigures]]):
        super().__init__(heads, read)
        self.heads, self._read_heads = heads, read

    def among(self, ids: Container[UUID]) -> "OutcomeListing":
        """Those with these ids."""
        return OutcomeListing([head for head in self.heads if head.id in ids], self._read_heads)

    def at_hand(self) -> "OutcomeListing":
        """The same, all of them read now: where they are few and told of more than once."""
        known = {one.id: one for one in self}
        return OutcomeListing(self.heads, lambda heads: [known[head.id] for head in heads])

    def behind(self) -> Listing[OutcomeFigures]:
        """Those that are delayed, or of which next steps are known."""
        return Listing([head for head in self.heads if head.is_behind], self.read)


def outcome_figures(first: date, last: date, as_of: datetime) -> OutcomeListing:
    """The outcomes about which entries of these days stand, with what these say of them."""
    about = classed(first, last, as_of).filter(outcome__isnull=False)
    known = many_as_of(Outcome, about.order_by().values("outcome_id"), as_of, *HEAD)
    return listing_of(heads_of(known, dated(about)), about, as_of)


VALUED: Final = ("measure", "outcome_id", "series", "basis", "currency", "evidence_grade")
"""By what the entries of outcomes are added up for `figures_of`, in this order."""
_TOLD: Final = ("event_id", "lead_unit_id", "signed_on", "binding", "delay_reason", "next_steps", "note")


class AtHand(NamedTuple):
    """What is told of some outcomes of a listing, by id, read with something else: what is `on_record` and the `rows`
    that their entries add up to, as `figures_of` takes them."""

    ids: Container[UUID]
    on_record: Sequence[Mapping[UUID, Any]]
    rows: Sequence[dict[str, Any]]


def listing_of(
    heads: Sequence[OutcomeHead], among: QuerySet[LedgerEntry], as_of: datetime, known: AtHand | None = None
) -> OutcomeListing:
    """These outcomes; where some of them are read that are not `known`, their entries are found among those."""

    def read(some: Sequence[OutcomeHead]) -> list[OutcomeFigures]:
        if known is not None and all(head.id in known.ids for head in some):
            return figures_of(some, known.on_record, known.rows)
        return _figures(among, some, as_of)

    return OutcomeListing(heads, remembering(read))


_IS_BEHIND = AsRead(
    Case(When(delay_reason="", next_steps="", then=Value(0)), default=Value(1), output_field=IntegerField())
)
HEAD: Final = (
    *("title", "title_as_signed", Cast("also_called", TextField()), _IS_BEHIND),
    AsRead(Cast("is_synthetic", IntegerField())),
)
"""What of an outcome `heads_of` makes its head: in forms in which thousands are read as they are."""


def head_said(row: Any) -> tuple[Any, ...]:
    """HEAD, of a row with HEAD_READ."""
    is_behind = bool(row.delay_reason or row.next_steps)
    return row.title, row.title_as_signed, json.dumps(row.also_called), is_behind, row.is_synthetic


HEAD_READ: Final = ("title", "title_as_signed", "also_called", "delay_reason", "next_steps", "is_synthetic")


def heads_of(known: Mapping[str, tuple[Any, ...]], dated: Mapping[str, Dated]) -> list[OutcomeHead]:
    """Of what is known of the outcomes (HEAD first) and what dates them, both by the digits of their ids."""
    return sorted([head_of(pk, said, known[pk]) for pk, said in dated.items() if pk in known])


def head_of(pk: str, dated: Dated, known: tuple[Any, ...]) -> OutcomeHead:
    """The head of one of them."""
    value_date, kind, standing, stage, date_basis = dated
    title, as_signed, others, behind, is_synthetic = known[:5]
    also_called = _others(title, as_signed, others) if as_signed or others != "[]" else ()
    said = (also_called, _DATE_BASES[date_basis], standing, stage, bool(behind), bool(is_synthetic))
    return OutcomeHead(value_date, kind, title, UUID(pk), *said)


def _others(title: str, as_signed: str, others: str) -> tuple[str, ...]:
    return tuple(name for name in (as_signed, *json.loads(others)) if name and name != title)


def dated(about: QuerySet[LedgerEntry]) -> dict[str, Dated]:
    """What is said of each outcome by the entry that dates it: the one that counts it, else (a realised part alone) the
    earliest that stands."""
    counted = said_by(about.filter(measure=Measure.COUNT), "outcome_id").filter(standing_entries__gt=0)
    # Read is only what the other entries say of outcomes that no entry counts here, or none any more.
    return earliest(about.filter(Q(measure=Measure.COUNT) | ~Q(outcome__in=counted.values("outcome_id"))))


def earliest(found: QuerySet[LedgerEntry]) -> dict[str, Dated]:
    """What is said of each outcome by the earliest of these entries that stands."""
    columns = (Hex("outcome_id"), "value_date", "kind", "standing", "stage", "date_basis")
    said: dict[str, Dated] = {}
    for pk, *told, stands in said_by(found, *columns):
        if stands:
            one = (told[0], told[1], told[2], told[3], told[4])
            said[pk] = min(said[pk], one) if pk in said else one
    return said


def _figures(about: QuerySet[LedgerEntry], heads: Sequence[OutcomeHead], as_of: datetime) -> list[OutcomeFigures]:
    ids = [head.id for head in heads]
    on_record = at_once(as_of, *on_record_of(ids, as_of))
    return figures_of(heads, on_record, grouped(about.filter(is_among("outcome_id", ids)), *VALUED))


def on_record_of(ids: Collection[UUID], as_of: datetime, *names: str) -> tuple[Wanted, ...]:
    """What is on record of these outcomes and told of them, for `figures_of`: the outcomes, with columns of other names
    where they are asked for; their parties; the organisations, the events and the units, by id."""
    ever = history(Outcome).filter(is_among("id", ids))
    theirs = history(Party).filter(is_among("outcome_id", ids))
    return (
        records(Outcome, ids, *dict.fromkeys((*_TOLD, *names))),
        parts(Party, "outcome", ids, as_of, "organisation_id", "role"),
        records(Organisation, theirs.values("organisation_id"), "name"),
        records(Event, ever.values("event_id"), "name"),
        records(OrgUnit, ever.values("lead_unit_id"), "name"),
    )


def figures_of(
    heads: Sequence[OutcomeHead], on_record: Sequence[Mapping[UUID, Any]], rows: Sequence[dict[str, Any]]
) -> list[OutcomeFigures]:
    """The outcomes with their values: of what is on record of them, and of the sums of their entries by VALUED, in the
    order of these."""
    known, parties, organisations, events, units = on_record
    values, grades = _values(rows)
    return [
        OutcomeFigures(
            id=head.id,
            kind=head.kind,
            title=head.title,
            also_called=head.also_called,
            parties=tuple((organisations[one.organisation_id].name, one.role) for one in parties.get(head.id, ())),
            event=events[one.event_id].name if one.event_id in events else "",
            lead_unit=units[one.lead_unit_id].name if one.lead_unit_id in units else "",
            value_date=head.value_date,
            date_basis=head.date_basis,
            signed_on=one.signed_on,
            standing=head.standing,
            stage=head.stage,
            binding=one.binding,
            values=tuple(values.get(head.id, ())),
            evidence_grade=strongest(grades.get(head.id, [])) or "",
            delay_reason=one.delay_reason,
            next_steps=one.next_steps,
            note=one.note,
            is_synthetic=head.is_synthetic,
        )
        for head in heads
        for one in (known[head.id],)
    ]


def _values(rows: Sequence[dict[str, Any]]) -> tuple[dict[UUID, list[ValueFigure]], dict[UUID, list[Grade]]]:
    """The values that stand, money before jobs, and the grades of evidence of all that stands, by outcome."""
    by = VALUED[1:5]
    values: dict[UUID, list[ValueFigure]] = {}
    for measure in (Measure.MONEY, Measure.JOBS):
        for row in regrouped(rows, measure, *by):
            krw = None if row["without_rate"] else row["krw"]
            approximate = bool(row["approximate_entries"])
            value = ValueFigure(measure, row["series"], row["basis"], row["total"], row["currency"], krw, approximate)
            values.setdefault(row["outcome_id"], []).append(value)
    grades: dict[UUID, list[Grade]] = {}
    for row in rows:
        if row["standing_entries"]:
            grades.setdefault(row["outcome_id"], []).append(Grade(row["evidence_grade"]))
    return values, grades


def subject_id(entry: LedgerEntry) -> UUID:
    """The id of the one outcome, consultation or event that the entry is about."""
    return entry.outcome_id or entry.consultation_id or entry.event_id  # type: ignore[return-value]


def subject_names(
    about: Iterable[LedgerEntry], as_of: datetime, known: Mapping[UUID, str] | None = None
) -> dict[UUID, str]:
    """What the entries are about, by the subject's id, as it was called at the as-of time. `known`: of some of them."""
    called = dict(known or {})
    rows = [entry for entry in about if subject_id(entry) not in called]
    if not rows:
        return called
    talked = [entry.consultation_id for entry in rows]
    ever = history(Consultation).filter(is_among("id", talked))
    outcomes, events, talks, companies = at_once(
        as_of,
        records(Outcome, (entry.outcome_id for entry in rows), "title"),
        records(Event, (entry.event_id for entry in rows), "name"),
        records(Consultation, talked, "exhibitor_id", "buyer_id"),
        records(Organisation, ever.values("exhibitor_id").union(ever.values("buyer_id"), all=True), "name"),
    )
    names = {i: row.title for i, row in outcomes.items()} | {i: row.name for i, row in events.items()}
    return called | names | {i: talk_name(t, companies) for i, t in talks.items()}


def talk_name(talk: Any, companies: Mapping[UUID, Any]) -> str:
    """Who talked with whom."""
    return f"{companies[talk.exhibitor_id].name} – {companies[talk.buyer_id].name}"
