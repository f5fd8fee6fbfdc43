"""The ledger as of a time: what is summed, grouped and counted, and nowhere else."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When

from crm.models import LedgerEntry
from crm.models.base import Record
from crm.models.fields import ExactSum
from crm.values.measures import Measure

_SIGN = Case(When(reverses__isnull=True, then=Value(1)), default=Value(-1), output_field=IntegerField())
_SIGN_WITHOUT_RATE = Case(
    When(Q(krw_value__isnull=True, reverses__isnull=True), then=Value(1)),
    When(Q(krw_value__isnull=True, reverses__isnull=False), then=Value(-1)),
    default=Value(0),
    output_field=IntegerField(),
)
_SIGN_APPROXIMATE = Case(
    When(Q(approximate=True, reverses__isnull=True), then=Value(1)),
    When(Q(approximate=True, reverses__isnull=False), then=Value(-1)),
    default=Value(0),
    output_field=IntegerField(),
)
_SIGN_DERIVED = Case(
    When(Q(derived_from__isnull=False, reverses__isnull=True), then=Value(1)),
    When(Q(derived_from__isnull=False, reverses__isnull=False), then=Value(-1)),
    default=Value(0),
    output_field=IntegerField(),
)


def entries(first: date | None, last: date, as_of: datetime) -> QuerySet[LedgerEntry]:
    """The entries with a value date from `first` to `last`, both included, that were recorded by `as_of`."""
    found = LedgerEntry.objects.filter(value_date__lte=last, recorded_at__lte=as_of)
    return found if first is None else found.filter(value_date__gte=first)


def sums(found: QuerySet[LedgerEntry], measure: Measure | None, *by: str) -> list[dict[str, Any]]:
    """The signed sums of a measure (None: of each, with the key `measure`), grouped. Keys: the groups, `total`, `krw`,
    `standing_entries`, `without_rate`, `approximate_entries`, `derived_entries`. Groups in which nothing stands any
    more are left out: they are no data, not zero."""
    return [row for row in moves(found, measure, *by) if row["standing_entries"]]


def moves(found: QuerySet[LedgerEntry], measure: Measure | None, *by: str) -> list[dict[str, Any]]:
    """As `sums`, but with the groups whose entries cancel each other: what moved, whether or not it stands."""
    if measure is None:
        by = ("measure", *by)
    else:
        found = found.filter(measure=measure)
    grouped = found.values(*by).annotate(
        # Not named `value`: an annotation may not hide the column that it adds up.
        total=ExactSum("value"),
        krw=ExactSum("krw_value"),
        standing_entries=Sum(_SIGN),
        without_rate=Sum(_SIGN_WITHOUT_RATE),
        approximate_entries=Sum(_SIGN_APPROXIMATE),
        derived_entries=Sum(_SIGN_DERIVED),
    )
    return list(grouped.order_by(*by))


def standing(found: QuerySet[LedgerEntry], as_of: datetime) -> QuerySet[LedgerEntry]:
    """Those of the entries that were not reversed by `as_of` and are no reversals themselves."""
    undone = LedgerEntry.objects.filter(reverses__isnull=False, recorded_at__lte=as_of).values("reverses_id")
    # An exclusion, not `reverses IS NULL`: SQLite would take the index of that nearly empty column and read it all.
    return found.exclude(reverses__isnull=False).exclude(pk__in=undone)


def record_as_of(model: type[Record], ids: Iterable[UUID | None], as_of: datetime) -> dict[UUID, Any]:
    """The records with these ids as they were known at `as_of` (history rows), by id."""
    wanted = [i for i in set(ids) if i is not None]
    rows = model.history.filter(id__in=wanted).order_by("history_date", "history_id")
    found: dict[UUID, Any] = {}
    for row in rows:
        # In one action a record may leave two rows with the same date: the later row wins. A record that was
        # entered later than the backfilled one that refers to it is shown as first entered.
        if row.history_date <= as_of or row.id not in found:
            found[row.id] = row
    return found


def parts_as_of(model: type[Record], parent: str, ids: Iterable[UUID], as_of: datetime) -> dict[UUID, list[Any]]:
    """The unarchived parts of the parents with these ids as they were known at `as_of`, by parent id."""
    rows = model.history.filter(**{f"{parent}_id__in": list(ids)}, history_date__lte=as_of)
    latest = {row.id: row for row in rows.order_by("history_date", "history_id")}
    found: dict[UUID, list[Any]] = {}
    for row in sorted(latest.values(), key=lambda r: (r.created_at, str(r.id))):
        if row.archived_at is None:
            found.setdefault(getattr(row, f"{parent}_id"), []).append(row)
    return found


LEDGER_ORDER = (F("value_date").asc(), F("recorded_at").asc(), F("id").asc())
