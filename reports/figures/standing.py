"""The ledger as of a time: what is summed, grouped and counted, and nowhere else."""

import functools
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from crm.models import ChainLink, LedgerEntry
from crm.models.base import Record
from crm.models.fields import ExactSum
from crm.values.measures import Measure

SIGN = Case(When(reverses__isnull=True, then=Value(1)), default=Value(-1), output_field=IntegerField())
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
        return grouped(found, "measure", *by)
    return grouped(found.filter(measure=measure), *by)


def grouped(found: QuerySet[LedgerEntry], *by: str, in_order: bool = True) -> list[dict[str, Any]]:
    """The signed sums of whatever was found, by these groups and in their order, with the keys of `sums`. Where no
    order is asked for, the database need not sort what it reads."""
    groups = found.values(*by).annotate(
        # Not named `value`: an annotation may not hide the column that it adds up.
        total=ExactSum("value"),
        krw=ExactSum("krw_value"),
        standing_entries=AsRead(Sum(SIGN)),
        without_rate=AsRead(Sum(_SIGN_WITHOUT_RATE)),
        approximate_entries=AsRead(Sum(_SIGN_APPROXIMATE)),
        derived_entries=AsRead(Sum(_SIGN_DERIVED)),
    )
    return list(groups.order_by(*by) if in_order else groups.order_by())


def standing(found: QuerySet[LedgerEntry], as_of: datetime) -> QuerySet[LedgerEntry]:
    """Those of the entries that were not reversed by `as_of` and are no reversals themselves."""
    undone = LedgerEntry.objects.filter(reverses=OuterRef("pk"), recorded_at__lte=as_of)
    # An exclusion, not `reverses IS NULL`: SQLite would take the index of that nearly empty column and read it all.
    return found.exclude(reverses__isnull=False).exclude(Exists(undone))


def said_by(found: QuerySet[LedgerEntry], *columns: Any) -> QuerySet[Any, Any]:
    """What is said in these columns by the entries, each once, and as the last column how many of those that say so
    stand: told by their sums, without opening an entry. A reversal says the same as what it reverses."""
    return found.order_by().values_list(*columns).annotate(standing_entries=Sum(SIGN))


def history(model: type[Record]) -> QuerySet[Any]:
    """The rows of the history of all records of the model, in no order."""
    rows: QuerySet[Any] = _history_model(model)._default_manager.order_by()
    return rows


@functools.cache
def _history_model(model: type[Record]) -> Any:
    # The manager at `model.history` is a class of its own each time that it is asked for.
    return model.history.model


def latest(model: type[Record], as_of: datetime) -> QuerySet[Any]:
    """The history rows of all unarchived records of the model, each as it was known at `as_of`."""
    known = history(model).filter(history_date__lte=as_of)
    same_time = Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id"))
    later = known.filter(Q(history_date__gt=OuterRef("history_date")) | same_time, id=OuterRef("id"))
    found: QuerySet[Any] = known.filter(archived_at=None).exclude(Exists(later))
    return found


def record_as_of(model: type[Record], ids: Iterable[UUID | None], as_of: datetime, *names: str) -> dict[UUID, Any]:
    """The records with these ids as they were known at `as_of`, by id: history rows, or only the columns named."""
    wanted = [one for one in set(ids) if one is not None]
    rows = _in_order(history(model).filter(id__in=wanted), ("id", "history_date"), names)
    found: dict[UUID, Any] = {}
    for row in rows:
        # In one action a record may leave two rows with the same date: the later row wins. A record that was
        # entered later than the backfilled one that refers to it is shown as first entered.
        if row.history_date <= as_of or row.id not in found:
            found[row.id] = row
    return found


def parts_as_of(
    model: type[Record], parent: str, ids: Iterable[UUID] | QuerySet[Any], as_of: datetime, *names: str
) -> dict[UUID, list[Any]]:
    """The unarchived parts of the parents with these ids as they were known at `as_of`, by parent id: history rows, or
    only the columns named."""
    wanted = ids if isinstance(ids, QuerySet) else list(ids)
    found = history(model).filter(**{f"{parent}_id__in": wanted}, history_date__lte=as_of)
    needed = ("id", "created_at", "archived_at", f"{parent}_id")
    known = {row.id: row for row in _in_order(found, needed, names)}
    parts: dict[UUID, list[Any]] = {}
    for row in sorted(known.values(), key=lambda r: (r.created_at, str(r.id))):
        if row.archived_at is None:
            parts.setdefault(getattr(row, f"{parent}_id"), []).append(row)
    return parts


def _in_order(found: QuerySet[Any], needed: Sequence[str], names: Sequence[str]) -> QuerySet[Any]:
    rows = found.order_by("history_date", "history_id")
    return rows.values_list(*dict.fromkeys((*needed, *names)), named=True) if names else rows


class Hex(Func):
    """An id by its hexadecimal digits, as `UUID.hex` has them: thousands are read and looked up several times faster
    than as UUIDs, and come in the same order."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS TEXT)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="REPLACE((%(expressions)s)::text, '-', '')", **extra)


class AsRead(ExpressionWrapper):  # type: ignore[type-arg]  # it is generic to the type checker alone
    """What an expression gives, as the database gives it. For thousands of whole numbers the framework would call a
    function each, which makes of it the whole number that it is."""

    def __init__(self, expression: Any, output_field: Any = None) -> None:
        super().__init__(expression, output_field or IntegerField())

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []


class Among(Func):
    """Whether an id is among these, told by their digits: thousands, each of which would be a parameter of its own."""

    output_field = BooleanField()

    def __init__(self, name: str, ids: Iterable[str]) -> None:
        super().__init__(F(name))
        self.ids = tuple(ids)

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, json.dumps(self.ids))

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} = ANY(%s::uuid[])", (*params, f"{{{','.join(self.ids)}}}")


class Led(Func):
    """Whether an id is among these or among what ever came of them, at any remove, by the links of the chain. Records
    of different kinds never share an id."""

    output_field = BooleanField()
    _STEP = (
        "{name} IN (WITH RECURSIVE led(record) AS ({begins} UNION"
        " SELECT COALESCE(link.to_demonstration_id, link.to_outcome_id) FROM {links} link JOIN led ON"
        " link.from_pitch_id = led.record OR link.from_demonstration_id = led.record"
        " OR link.from_outcome_id = led.record) SELECT record FROM led)"
    )

    def __init__(self, name: str, begins: Iterable[UUID]) -> None:
        super().__init__(F(name))
        self.begins = tuple(sorted(one.hex for one in begins))

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        return self._step(compiler, "SELECT value FROM json_each(%s)", json.dumps(self.begins))

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        return self._step(compiler, "SELECT unnest(%s::uuid[])", f"{{{','.join(self.begins)}}}")

    def _step(self, compiler: Any, begins: str, ids: str) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        links = compiler.quote_name_unless_alias(history(ChainLink).model._meta.db_table)
        return self._STEP.format(name=column, begins=begins, links=links), (*params, ids)


def many_as_of(
    model: type[Record], ids: QuerySet[Any] | Iterable[str], as_of: datetime, *columns: Any
) -> dict[str, tuple[Any, ...]]:
    """As `record_as_of`, for thousands: the columns, as a tuple, by the hexadecimal id. Put in order here, where a
    record has more than one row: the database would sort them all with all that they say."""
    is_later = AsRead(Case(When(history_date__gt=as_of, then=Value(1)), default=Value(0), output_field=IntegerField()))
    which = Q(id__in=ids) if isinstance(ids, QuerySet) else Q(Among("id", ids))
    rows = history(model).filter(which).order_by()
    found: dict[str, tuple[Any, ...]] = {}
    # Times of one database stand in the order of their texts.
    at = Cast("history_date", TextField())
    for row in rows.values_list(Hex("id"), is_later, at, "history_id", *columns):
        if row[0] not in found or _comes_before(row[1:4], found[row[0]][1:4]):
            found[row[0]] = row
    return {pk: row[4:] for pk, row in found.items()}


def _comes_before(one: tuple[int, str, int], other: tuple[int, str, int]) -> bool:
    """The last that was known by then; of what was entered later only, the first."""
    if one[0] != other[0]:
        return one[0] < other[0]
    return one < other if one[0] else one > other


LEDGER_ORDER = (F("value_date").asc(), F("recorded_at").asc(), F("id").asc())
