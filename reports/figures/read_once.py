"""The entries about a few subjects, read once and added up here by whatever is asked of them.

Of one event or one unit nearly every entry is a sum of its own: the database would go through the same entries again
for each question, and answer with as many rows. The sums are those of `standing.grouped`, to the last key."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from crm.models import LedgerEntry
from crm.values.measures import Measure
from reports.figures.outcomes import Dated
from reports.figures.standing import Hex


class Said(NamedTuple):
    """What one entry says, with the names of its columns; its ids by their digits. In the order of the ledger."""

    value_date: date
    recorded_at: datetime
    id: str
    subject: str
    outcome: str | None
    measure: str
    kind: str
    series: str
    standing: str
    stage: str
    currency: str
    basis: str
    value_quarter: int
    date_basis: str
    evidence_grade: str
    as_reported: str
    approximate: bool
    derived_from: str | None
    reverses: str | None
    value: Decimal
    krw_value: Decimal | None
    fx_date: date | None
    fx_rate: Decimal | None
    fx_per: int | None
    fx_source: str
    outcome_id: UUID | None


_OWN = Said._fields[5:15]
_LAST = Said._fields[19:25]


def read_once(found: QuerySet[LedgerEntry]) -> list[Said]:
    """All of these entries."""
    ids = (Hex("id"), Hex("outcome_id"), Hex("consultation_id"), Hex("event_id"))
    columns = ("value_date", "recorded_at", *ids, *_OWN, "as_reported", "approximate")
    outcomes: dict[str | None, UUID | None] = {None: None}
    entries = []
    causes = (Hex("derived_from_id"), Hex("reverses_id"))
    for day, at, pk, outcome, talk, event, *said in found.order_by().values_list(*columns, *causes, *_LAST):
        if outcome not in outcomes:
            outcomes[outcome] = UUID(outcome)
        entries.append(Said._make((day, at, pk, outcome or talk or event, outcome, *said, outcomes[outcome])))
    # Put in order here: the database would rather read the whole ledger in that order.
    return sorted(entries, key=attrgetter("value_date", "recorded_at", "id"))


def added_up(entries: Iterable[Said], *by: str) -> list[dict[str, Any]]:
    """The signed sums by these groups, with the keys of `standing.sums`; in which nothing stands as well."""
    found: dict[Any, list[Any]] = {}
    group = attrgetter(*by)
    for one in entries:
        key = group(one)
        if (total := found.get(key)) is None:
            total = found[key] = [Decimal(0), None, 0, 0, 0, 0]
        sign = 1 if one.reverses is None else -1
        total[0] += one.value
        total[2] += sign
        if one.krw_value is None:
            total[3] += sign
        else:
            total[1] = one.krw_value if total[1] is None else total[1] + one.krw_value
        if one.approximate:
            total[4] += sign
        if one.derived_from is not None:
            total[5] += sign
    names = ("total", "krw", "standing_entries", "without_rate", "approximate_entries", "derived_entries")
    return [
        dict(zip(by, key if len(by) > 1 else (key,), strict=True)) | dict(zip(names, total, strict=True))
        for key, total in found.items()
    ]


def sums_of(entries: Iterable[Said], *by: str) -> list[dict[str, Any]]:
    """The same, of groups in which something stands."""
    return [row for row in added_up(entries, *by) if row["standing_entries"]]


class Entry(Protocol):
    """What is asked here of entries in whatever form they were read: ids by their digits."""

    @property
    def id(self) -> str: ...
    @property
    def outcome(self) -> str | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def value_date(self) -> date: ...
    @property
    def kind(self) -> str: ...
    @property
    def standing(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def date_basis(self) -> str: ...
    @property
    def reverses(self) -> str | None: ...


E = TypeVar("E", bound=Entry)


def live(entries: Sequence[E]) -> list[E]:
    """Those that no other of them reverses, and that reverse none."""
    undone = {one.reverses for one in entries}
    return [one for one in entries if one.reverses is None and one.id not in undone]


def dated_by(entries: Sequence[Entry]) -> dict[str, Dated]:
    """As `outcomes.dated`: what is said of each outcome by the entry that counts it, else by the earliest."""
    counting: dict[str, Dated] = {}
    others: dict[str, Dated] = {}
    count = Measure.COUNT.value
    for one in live(entries):
        if (pk := one.outcome) is not None:
            said = (one.value_date, one.kind, one.standing, one.stage, one.date_basis)
            found = counting if one.measure == count else others
            if pk not in found or said < found[pk]:
                found[pk] = said
    return others | counting
