"""The rows of a sheet beside the record: what is new, what changes, what stays, what may be there already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from crm.importing.outcome_rows import Known, Reading, bare, read_row
from crm.models import (
    Account,
    CooperatingUnit,
    Event,
    ImportBatch,
    LedgerEntry,
    Organisation,
    OrganisationAlias,
    Outcome,
    Party,
)
from crm.permissions import may, readable, sees_values
from crm.queries.org_units import units_in_force
from crm.queries.standing_entries import standing_entries
from crm.values.imports import RowGroup
from crm.values.measures import Measure
from crm.values.names import company_key

_NEAR: Final = timedelta(days=31)
_AT_ONCE: Final = 500
TEXTS: Final = ("document_number", "content", "note")


@dataclass(frozen=True, slots=True)
class Difference:
    """What the record has and what the row says, as texts."""

    field: str
    before: str
    after: str


@dataclass(slots=True)
class Compared:
    """One row. `outcome` is the one that it changes or repeats; `candidates` those that it may be. `parties` are its
    companies by field, known ones as records, new ones by name. `says_again`: the line that says the same before it, 0
    where none does."""

    number: int
    cells: Mapping[str, str]
    reading: Reading
    group: RowGroup = RowGroup.NEW
    outcome: Outcome | None = None
    differences: tuple[Difference, ...] = ()
    candidates: tuple[Outcome, ...] = ()
    parties: dict[str, Organisation | str] = field(default_factory=dict)
    says_again: int = 0

    def leave_to(self, line: int) -> None:
        """Of two rows about one outcome the first holds, which stands in that line."""
        self.reading.errors["title"] = _("The same as in line %(line)d.") % {"line": line}
        self.group, self.says_again = RowGroup.WRONG, line


@dataclass(frozen=True, slots=True)
class _Record:
    """What the sheet is compared with, read in a few queries for all rows."""

    by_id: Mapping[UUID, Outcome]
    by_title: Mapping[str, Sequence[Outcome]]
    by_company: Mapping[UUID, Sequence[Outcome]]
    companies: Mapping[str, Sequence[Organisation]]


def compare(batch: ImportBatch, today: date, reader: Account, rows: Sequence[Any] | None = None) -> list[Compared]:
    """The batch's rows (all that are read, or some of them) in their order, beside what the reader may see of the
    record. Of two rows about the same outcome only the first holds; some rows alone are not told apart from others."""
    found = compare_each(batch, today, reader, batch.rows_read() if rows is None else rows)
    seen: dict[tuple[Any, ...], Compared] = {}
    for row in found:
        if row.group in (RowGroup.WRONG, RowGroup.DUPLICATE) or _decided(batch, row) == "skip":
            continue
        first = seen.setdefault(_identity(row), row)
        if first is not row and {first.group, row.group} != {RowGroup.UNCHANGED}:
            row.leave_to(first.number)
    return found


def compare_each(batch: ImportBatch, today: date, reader: Account, rows: Sequence[Any]) -> list[Compared]:
    """Each of these rows by itself beside the record, whatever the others say."""
    names = [batch.columns.get(heading, "") for heading in batch.headings]
    known = known_names(today, batch.unit)
    found = []
    for number, cells in rows:
        told: dict[str, str] = {}
        for name, text in zip(names, cells, strict=True):
            # Of two columns of one heading the first that says something counts.
            if name and not told.get(name):
                told[name] = text
        found.append(Compared(number, told, read_row(told, known)))
    record = _read(found, reader, {UUID(line["id"]) for line in batch.lines})
    for row in found:
        _judge(row, record, _decided(batch, row), reader)
    return found


def _decided(batch: ImportBatch, row: Compared) -> str:
    decision: str = batch.decisions.get(str(row.number), "")
    return decision


def known_names(today: date, counts: str = "") -> Known:
    events = Event.objects.filter(archived_at=None).order_by("starts_on", "id")
    return Known({bare(e.name): e for e in events}, {bare(u.name): u for u in units_in_force(today)}, counts)


def _identity(row: Compared) -> tuple[Any, ...]:
    """Two rows of one identity are about the same outcome: which of them holds, nobody knows."""
    if row.outcome is not None:
        return (row.outcome.pk,)
    values = row.reading.values
    company = row.parties.get("party")
    key = company.pk if isinstance(company, Organisation) else company_key(company or "")
    return (values.get("kind"), bare(values.get("title", "")), values.get("signed_on"), key)


def _read(rows: Iterable[Compared], reader: Account, own: set[UUID]) -> _Record:
    listed = list(rows)
    titles = {str(row.reading.values["title"]) for row in listed if "title" in row.reading.values}
    names = [str(row.reading.values[n]) for row in listed for n in ("party", "partner") if n in row.reading.values]
    companies = _companies({company_key(name) for name in names})
    ids = {pk for row in listed if (pk := _uuid(row.reading.values.get("id", "")))}
    readable_ones = readable(reader, Outcome.objects.filter(archived_at=None))
    company_ids = [company.pk for several in companies.values() for company in several]
    found: dict[UUID, Outcome] = {}
    for some in _some(titles):
        found |= {o.pk: o for o in _outcomes(readable_ones.filter(title__in=some))}
    for some in _some(ids):
        found |= {o.pk: o for o in _outcomes(readable_ones.filter(pk__in=some))}
    tied: dict[UUID, list[Outcome]] = {}
    for some in _some(company_ids):
        parties = Party.objects.filter(organisation__in=some, archived_at=None, outcome__in=readable_ones)
        # What the sheet itself has put on record is not what its later rows may repeat.
        for party in parties.exclude(outcome__in=own).select_related("outcome"):
            tied.setdefault(party.organisation_id, []).append(party.outcome)
    # Titles that differ in spaces and signs are one: also of a row that stands alone.
    written = {bare(title) for title in titles}
    alike = {one.pk for several in tied.values() for one in several if bare(one.title) in written} - found.keys()
    for some in _some(alike):
        found |= {o.pk: o for o in _outcomes(readable_ones.filter(pk__in=some))}
    by_title: dict[str, list[Outcome]] = {}
    for outcome in found.values():
        by_title.setdefault(bare(outcome.title), []).append(outcome)
    return _Record(found, by_title, tied, companies)


def _some(values: Iterable[Any]) -> Iterator[list[Any]]:
    """SQLite takes only so many values in one question."""
    left = iter(values)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _companies(keys: Iterable[str]) -> dict[str, list[Organisation]]:
    found: dict[str, dict[UUID, Organisation]] = {}
    for some in _some(keys):
        for organisation in Organisation.objects.filter(key__in=some, archived_at=None):
            found.setdefault(organisation.key, {})[organisation.pk] = organisation
        aliases = OrganisationAlias.objects.filter(key__in=some, archived_at=None, organisation__archived_at=None)
        for alias in aliases.select_related("organisation"):
            found.setdefault(alias.key, {})[alias.organisation_id] = alias.organisation
    return {key: list(several.values()) for key, several in found.items()}


def _outcomes(which: QuerySet[Outcome]) -> list[Outcome]:
    parties = Party.objects.filter(archived_at=None).select_related("organisation")
    units = CooperatingUnit.objects.filter(archived_at=None).select_related("org_unit")
    values = standing_entries().exclude(measure=Measure.COUNT).filter(derived_from=None)
    found = which.select_related("event", "lead_unit").prefetch_related(
        Prefetch("parties", parties, to_attr="party_rows"),
        Prefetch("cooperating_units", units, to_attr="unit_rows"),
        Prefetch("entries", values.order_by("id"), to_attr="value_entries"),
    )
    return list(found)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _judge(row: Compared, record: _Record, decision: str, reader: Account) -> None:
    _name_parties(row, record)
    if row.reading.errors:
        row.group = RowGroup.WRONG
        return
    row.outcome = _same(row, record, decision, reader)
    if "id" in row.reading.values and row.outcome is None:
        row.reading.errors["id"] = _("No outcome of this identifier is on record.")
        row.group = RowGroup.WRONG
    elif decision == "skip":
        row.group = RowGroup.UNCHANGED
    elif row.outcome is not None:
        _beside(row, row.outcome, reader)
    elif decision != "another":
        row.candidates = tuple(islice(_candidates(row, record), 5))
        row.group = RowGroup.DUPLICATE if row.candidates else RowGroup.NEW


def _beside(row: Compared, outcome: Outcome, reader: Account) -> None:
    if not sees_values(reader, outcome) or not may(reader, "outcome.update", outcome):
        row.reading.errors["title"] = _("This outcome is on record and not yours to change.")
        row.group = RowGroup.WRONG
        return
    row.differences = tuple(_differences(row, outcome))
    row.group = RowGroup.CHANGED if row.differences else RowGroup.UNCHANGED


def _name_parties(row: Compared, record: _Record) -> None:
    for name in ("party", "partner"):
        typed = row.reading.values.get(name)
        if typed is None:
            continue
        several = record.companies.get(company_key(typed), ())
        if len(several) > 1:
            row.reading.errors[name] = _("Several organisations have this name. Record the outcome by hand.")
        row.parties[name] = several[0] if several else typed


def _same(row: Compared, record: _Record, decision: str, reader: Account) -> Outcome | None:
    """The outcome that the row names: by identifier or decision, else by kind, title, day and company."""
    values = row.reading.values
    if pk := _uuid(values.get("id", "")) or _uuid(decision):
        found = readable(reader, Outcome.objects.filter(pk=pk, archived_at=None))
        return record.by_id.get(pk) or next(iter(_outcomes(found)), None)
    for outcome in record.by_title.get(bare(values["title"]), ()):
        company = row.parties.get("party")
        tied = {p.organisation_id for p in outcome.party_rows}  # type: ignore[attr-defined]
        if isinstance(company, Organisation):
            is_party = company.pk in tied
        else:
            # Which others of nearly its title were read depends on the companies that other rows name.
            is_party = company is None and outcome.title == values["title"]
        if outcome.kind == values["kind"] and outcome.signed_on == values.get("signed_on") and is_party:
            return outcome
    return None


def _candidates(row: Compared, record: _Record) -> Iterator[Outcome]:
    """Of the same kind and company, signed within a month of the day or at the same event."""
    values, seen = row.reading.values, set()
    for company in row.parties.values():
        for outcome in record.by_company.get(company.pk, ()) if isinstance(company, Organisation) else ():
            if outcome.kind == values["kind"] and outcome.pk not in seen and _is_near(outcome, values):
                seen.add(outcome.pk)
                yield outcome


def _is_near(outcome: Outcome, values: Mapping[str, Any]) -> bool:
    day, event = values.get("signed_on"), values.get("event")
    if outcome.signed_on is None or day is None:
        return True
    return abs(outcome.signed_on - day) <= _NEAR or (event is not None and outcome.event_id == event.pk)


def _differences(row: Compared, outcome: Outcome) -> Iterator[Difference]:
    """Only what the row says and the record does not: an empty cell changes nothing."""
    values = row.reading.values
    for name in ("event", "lead_unit", "signed_on", "title", *TEXTS):
        told, present = values.get(name), getattr(outcome, name)
        if told not in (None, "") and told != present:
            yield Difference(name, _said(present), _said(told))
    tied = {p.organisation_id: p for p in outcome.party_rows}  # type: ignore[attr-defined]
    for name, company in row.parties.items():
        if not isinstance(company, Organisation) or company.pk not in tied:
            # It comes to those that are there.
            there = [p.organisation.name for p in tied.values()]
            yield Difference(name, ", ".join(there), ", ".join([*there, _said(company)]))
    units = {c.org_unit_id for c in outcome.unit_rows}  # type: ignore[attr-defined]
    if missing := [unit for unit in values.get("cooperating", ()) if unit.pk not in units]:
        present = _said(outcome.unit_rows)  # type: ignore[attr-defined]
        yield Difference("cooperating", present, ", ".join([*([present] if present else []), *map(str, missing)]))
    yield from _figures(values, outcome)


def _figures(values: Mapping[str, Any], outcome: Outcome) -> Iterator[Difference]:
    for name, measure in (("amount", Measure.MONEY), ("jobs", Measure.JOBS)):
        told = values.get(name)
        if told is None:
            continue
        stated = [e for e in outcome.value_entries if e.measure == measure]  # type: ignore[attr-defined]
        value, currency = (told.value, told.currency) if name == "amount" else (Decimal(told), "")
        if not any(entry.value == value and entry.currency == currency for entry in stated):
            yield Difference(name, ", ".join(_entry(entry) for entry in stated), f"{currency} {value:,f}".strip())


def _entry(entry: LedgerEntry) -> str:
    return f"{entry.currency} {entry.value.normalize():,f}".strip()


def _said(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(getattr(part, "org_unit", part)) for part in value)
    if isinstance(value, Organisation):
        return value.name
    return "" if value is None else str(value)
