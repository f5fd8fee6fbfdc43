"""The rows of a sheet beside the record: what is new, what changes, what stays, what may be there already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from crm.importing.on_record import OnRecord, Recorded, Tied, companies_of
from crm.importing.outcome_rows import Known, Reading, bare, read_row
from crm.models import Account, Event, ImportBatch, Organisation, Outcome
from crm.models.labels import label
from crm.permissions import may, readable, sees_values
from crm.queries.org_units import units_in_force
from crm.queries.visibility import remember_cooperation, units_of
from crm.values.imports import RowGroup
from crm.values.measures import Basis, Disclosure, Measure
from crm.values.names import company_key

_NEAR: Final = timedelta(days=31)
_PARTIES: Final = ("party", "partner")
_UNITS: Final = frozenset({"lead_unit", "cooperating"})
TEXTS: Final = ("document_number", "content", "note")
# What several columns of one heading say of these belongs together.
_JOINED: Final = frozenset({"content", "note", "source"})


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
    candidates: tuple[Tied, ...] = ()
    parties: dict[str, Organisation | str] = field(default_factory=dict)
    says_again: int = 0

    def leave_to(self, line: int) -> None:
        """Of two rows about one outcome the first holds, which stands in that line."""
        self.reading.errors["title"] = _("The same as in line %(line)d.") % {"line": line}
        self.group, self.says_again = RowGroup.WRONG, line


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
    texts = [_texts(names, cells) for _number, cells in rows]
    known = known_names(today, batch.unit, {name for told, _others in texts for name, text in told.items() if text})
    found = []
    for (number, cells), (told, others) in zip(rows, texts, strict=True):
        unread = [text for name, text in zip(names, cells, strict=True) if text and not name]
        row = Compared(number, told, read_row(told, known, unread))
        _refuse_others(row, others)
        found.append(row)
    _beside_the_record(batch, found, reader)
    return found


def _texts(names: Sequence[str], cells: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """By field, what the cells say, and what further columns of one heading say otherwise."""
    told: dict[str, str] = {}
    others: dict[str, str] = {}
    for name, text in zip(names, cells, strict=True):
        if name and not told.get(name):
            told[name] = text
        elif name and text and text != told[name]:
            if name in _JOINED:
                told[name] += f" / {text}"
            else:
                others[name] = text
    return told, others


def _refuse_others(row: Compared, others: Mapping[str, str]) -> None:
    """Two amounts, companies or days in columns of one heading: which of them holds, nobody knows."""
    for name in others:
        told = {"one": row.cells[name], "other": others[name]}
        row.reading.errors[name] = _("Two columns of this heading say different things: %(one)s, %(other)s.") % told


def _beside_the_record(batch: ImportBatch, rows: Sequence[Compared], reader: Account) -> None:
    """What the rows name outright is read first. Only for those that name nothing so far is read what else their
    companies are party to: most rows of a sheet that comes again are found before."""
    _name_parties(rows)
    right = [row for row in rows if not row.reading.errors]
    record = OnRecord(readable(reader, Outcome.objects.filter(archived_at=None)))
    decisions = {row.number: _decided(batch, row) for row in right}
    record.read_ids({pk for row in right if (pk := _named(row, decisions[row.number]))})
    record.read_titles({row.reading.values["title"] for row in right})
    named = {row.number: _same(row, record, decisions[row.number]) for row in right}
    left = [row for row in right if named[row.number] is None]
    companies = {one.pk: None for row in left for one in row.parties.values() if isinstance(one, Organisation)}
    titles, own = [row.reading.values["title"] for row in left], {UUID(line["id"]) for line in batch.lines}
    record.read_tied(companies, titles, own, _near_any(left))
    guarded = (one.outcome for one in record.by_id.values() if one.outcome.disclosure_level != Disclosure.OPEN)
    remember_cooperation(units_of(reader), guarded)
    for row in rows:
        if row.reading.errors:
            row.group = RowGroup.WRONG
        else:
            found = named[row.number] or _same(row, record, decisions[row.number])
            _judge(row, found, record, decisions[row.number], reader)


def _decided(batch: ImportBatch, row: Compared) -> str:
    decision: str = batch.decisions.get(str(row.number), "")
    return decision


def known_names(today: date, counts: str, written: Set[str]) -> Known:
    """What the fields that are `written` in any row may name."""
    events = Event.objects.filter(archived_at=None).order_by("starts_on", "id") if "event" in written else ()
    units = units_in_force(today) if written & _UNITS else ()
    return Known({bare(e.name): e for e in events}, {bare(u.name): u for u in units}, counts)


def _identity(row: Compared) -> tuple[Any, ...]:
    """Two rows of one identity are about the same outcome: which of them holds, nobody knows."""
    if row.outcome is not None:
        return (row.outcome.pk,)
    values = row.reading.values
    company = row.parties.get("party")
    key = company.pk if isinstance(company, Organisation) else company_key(company or "")
    # The title is made of the company's name where the row has none, in whichever spelling it is written.
    return (values.get("kind"), company_key(values.get("title", "")), values.get("signed_on"), key)


def _uuid(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None


def _judge(row: Compared, found: Recorded | None, record: OnRecord, decision: str, reader: Account) -> None:
    if "id" in row.reading.values and found is None:
        row.reading.errors["id"] = _("No outcome of this identifier is on record.")
        row.group = RowGroup.WRONG
    elif decision == "skip":
        row.group = RowGroup.UNCHANGED
    elif found is not None:
        _beside(row, found, reader)
    elif decision != "another":
        row.candidates = tuple(islice(_candidates(row, record), 5))
        row.group = RowGroup.DUPLICATE if row.candidates else RowGroup.NEW
    row.outcome = found.outcome if found else None


def _beside(row: Compared, found: Recorded, reader: Account) -> None:
    sees = sees_values(reader, found.outcome)
    row.differences = tuple(_differences(row, found)) if sees else ()
    if not sees or (row.differences and not may(reader, "outcome.update", found.outcome)):
        row.reading.errors["title"] = _("This outcome is on record and not yours to change.")
        row.differences, row.group = (), RowGroup.WRONG
        return
    row.group = RowGroup.CHANGED if row.differences else RowGroup.UNCHANGED


def _name_parties(rows: Iterable[Compared]) -> None:
    named = [(row, name, row.reading.values[name]) for row in rows for name in _PARTIES if name in row.reading.values]
    companies = companies_of({company_key(typed) for _row, _name, typed in named})
    for row, name, typed in named:
        several = companies.get(company_key(typed), ())
        if len(several) > 1:
            row.reading.errors[name] = _("Several organisations have this name. Record the outcome by hand.")
        row.parties[name] = several[0] if several else typed


def _named(row: Compared, decision: str) -> UUID | None:
    """The outcome that the row or the officer names by its identifier."""
    return _uuid(row.reading.values.get("id", "")) or _uuid(decision)


def _same(row: Compared, record: OnRecord, decision: str) -> Recorded | None:
    """The outcome that the row names: by identifier or decision, else by kind, title, day and company."""
    values = row.reading.values
    if pk := _named(row, decision):
        return record.by_id.get(pk)
    company = row.parties.get("party")
    for found in record.titled(values["title"]):
        outcome = found.outcome
        if isinstance(company, Organisation):
            is_party = company.pk in found.parties
        else:
            # Which others of nearly its title were read depends on the companies that other rows name.
            is_party = company is None and outcome.title == values["title"]
        if outcome.kind == values["kind"] and outcome.signed_on == values.get("signed_on") and is_party:
            return found
    return None


def _candidates(row: Compared, record: OnRecord) -> Iterator[Tied]:
    """Of the same kind and company, signed within a month of the day or at the same event."""
    values, seen = row.reading.values, set()
    for company in row.parties.values():
        for tied in record.tied_to(company.pk) if isinstance(company, Organisation) else ():
            if tied.kind == values["kind"] and tied.pk not in seen and _is_near(tied, values):
                seen.add(tied.pk)
                yield tied


def _near_any(rows: Sequence[Compared]) -> Q:
    """Of outcomes: what may be one of these rows, roughly. A company has been party to much more in the years
    that a sheet says nothing of."""
    values = [row.reading.values for row in rows]
    near = Q(kind__in={one["kind"] for one in values})
    days = [one["signed_on"] for one in values if "signed_on" in one]
    if days and len(days) == len(values):
        within = Q(signed_on__range=(min(days) - _NEAR, min(max(days), date.max - _NEAR) + _NEAR))
        events = {one["event"].pk for one in values if "event" in one}
        near &= within | Q(signed_on=None) | Q(event__in=events)
    return near


def _is_near(tied: Tied, values: Mapping[str, Any]) -> bool:
    day, event = values.get("signed_on"), values.get("event")
    if tied.signed_on is None or day is None:
        return True
    return abs(tied.signed_on - day) <= _NEAR or (event is not None and tied.event_id == event.pk)


def _differences(row: Compared, found: Recorded) -> Iterator[Difference]:
    """Only what the row says and the record does not: an empty cell changes nothing."""
    values, outcome = row.reading.values, found.outcome
    for name in ("event", "lead_unit", "signed_on", "title", *TEXTS):
        told, present = values.get(name), getattr(outcome, name)
        if told not in (None, "") and told != present:
            yield Difference(name, _said(present), _said(told))
    for name, company in row.parties.items():
        if not isinstance(company, Organisation) or company.pk not in found.parties:
            # It comes to those that are there.
            there = found.parties.values()
            yield Difference(name, ", ".join(there), ", ".join([*there, str(company)]))
    if missing := [unit for unit in values.get("cooperating", ()) if unit.pk not in found.units]:
        present = found.units.values()
        yield Difference("cooperating", ", ".join(present), ", ".join([*present, *map(str, missing)]))
    yield from _figures(values, found)


def _figures(values: Mapping[str, Any], found: Recorded) -> Iterator[Difference]:
    for name, measure in (("amount", Measure.MONEY), ("jobs", Measure.JOBS)):
        told = values.get(name)
        if told is None:
            continue
        stated = [one for one in found.values if one.measure == measure]
        if name == "jobs":
            value, currency, basis = Decimal(told.value), "", ""
        else:
            value, currency, basis = told.value, told.currency, told.basis or ""
        if not any(one.value == value and one.currency == currency and basis in ("", one.basis) for one in stated):
            before = ", ".join(_stated(one.currency, one.value.normalize(), basis and one.basis) for one in stated)
            yield Difference(name, before, _stated(currency, value, basis))


def _stated(currency: str, value: Decimal, basis: str) -> str:
    return f"{currency} {value:,f}".strip() + (f" · {label(Basis(basis))}" if basis else "")


def _said(value: Any) -> str:
    return "" if value is None else str(value)
