"""Records of several kinds as they were known at a time, asked of the database in one statement.

Each kind has columns of its own: all come as text, and of what is found are made into what they are."""

import functools
import json
from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Q, QuerySet

from crm.models.base import Record
from crm.models.fields import ExactDecimalField
from reports.figures.standing import Among, history

_Said = Sequence[str | None]
_Row = tuple[str, int, _Said]
"""The id by its digits, whether the row came later than the time that is asked for (1), and what it says."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Rows of the history of one kind of records: `which`, what of them, and what is made of them, oldest first."""

    model: type[Record]
    which: Q
    names: tuple[str, ...]
    made_of: Callable[[list[_Row]], Any]


def records(model: type[Record], ids: Iterable[UUID | None] | QuerySet[Any], *names: str) -> Wanted:
    """What `standing.record_as_of` finds: the records by id."""
    named = _named(model, ("id", *names))

    def made_of(rows: list[_Row]) -> dict[UUID, Any]:
        return {(one := named((pk, *said))).id: one for pk, said in _newest(rows).items()}

    return Wanted(model, is_among("id", ids), names, made_of)


def many(model: type[Record], ids: QuerySet[Any], *names: str) -> Wanted:
    """What `standing.many_as_of` finds: the columns, as a tuple, by the hexadecimal id. Ids are told by digits."""
    readers = [_reader(model, name, by_digits=True) for name in names]

    def made_of(rows: list[_Row]) -> dict[str, tuple[Any, ...]]:
        return {pk: _read(readers, said) for pk, said in _newest(rows).items()}

    return Wanted(model, is_among("id", ids), names, made_of)


def last_of(model: type[Record], which: Q, as_of: datetime, *names: str) -> Wanted:
    """A list of what each of them said last by that time, archived or not, in the order in which they first did."""
    named = _named(model, ("id", *names))

    def made_of(rows: list[_Row]) -> list[Any]:
        return [named((pk, *said)) for pk, said in {pk: said for pk, _later, said in rows}.items()]

    return Wanted(model, which & Q(history_date__lte=as_of), names, made_of)


def parts(
    model: type[Record], parent: str, ids: Iterable[UUID] | QuerySet[Any], as_of: datetime, *names: str
) -> Wanted:
    """What `standing.parts_as_of` finds: the unarchived parts by the id of the parent."""
    whole = f"{parent}_id"
    needed = tuple(dict.fromkeys(("created_at", "archived_at", whole, *names)))
    named, archived = _named(model, ("id", *needed)), needed.index("archived_at")

    def made_of(rows: list[_Row]) -> dict[UUID, list[Any]]:
        last = {pk: said for pk, _later, said in rows}
        known = [named((pk, *said)) for pk, said in last.items() if said[archived] is None]
        found: dict[UUID, list[Any]] = {}
        for part in sorted(known, key=lambda one: (one.created_at, str(one.id))):
            found.setdefault(getattr(part, whole), []).append(part)
        return found

    return Wanted(model, is_among(whole, ids) & Q(history_date__lte=as_of), needed, made_of)


def at_once(as_of: datetime, *wanted: Wanted) -> list[Any]:
    """What each of them finds, in their order, as known at `as_of`."""
    width = max(len(one.names) for one in wanted)
    asked, params = list[str](), list[Any]()
    for place, one in enumerate(wanted):
        try:
            which, given = history(one.model).filter(one.which).values("history_id").query.sql_with_params()
        except EmptyResultSet:
            continue  # the condition is true of nothing
        asked.append(f"SELECT {place}, {_columns(one.model, one.names, width)}{which[which.index(' FROM ') :]}")
        params += [connection.ops.adapt_datetimefield_value(as_of), *given]
    rows: list[list[tuple[Any, ...]]] = [[] for _one in wanted]
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked), params)
            for row in cursor.fetchall():
                rows[row[0]].append(row)
    return [one.made_of(_in_order(found, len(one.names))) for one, found in zip(wanted, rows, strict=True)]


@functools.cache
def _columns(model: type[Record], names: tuple[str, ...], width: int) -> str:
    """What is selected of each row, `width` columns wide, with a place for the as-of time. Written out: two dozen kinds
    with as many columns each take the framework longer to put together than the database to answer."""
    table = history(model).model
    own = connection.ops.quote_name(table._meta.db_table)

    def column(name: str) -> str:
        field = next(one for one in table._meta.concrete_fields if name in (one.name, one.attname))
        return f"{own}.{connection.ops.quote_name(field.column)}"

    digits = f"CAST({column('id')} AS text)"
    digits = digits if connection.vendor == "sqlite" else f"REPLACE({digits}, '-', '')"
    later = f"CASE WHEN {column('history_date')} > %s THEN 1 ELSE 0 END"
    texts = [f"CAST({column(name)} AS text)" for name in ("history_date", *names)]
    nothing = ["CAST(NULL AS text)"] * (width - len(names))
    return ", ".join((digits, column("history_id"), later, *texts, *nothing))


def _in_order(rows: list[tuple[Any, ...]], width: int) -> list[_Row]:
    # Times of one database stand in the order of their texts. In one action a record may leave two rows of one time.
    rows.sort(key=lambda row: (row[4], row[2]))
    return [(row[1], row[3], row[5 : 5 + width]) for row in rows]


def _newest(rows: Iterable[_Row]) -> dict[str, _Said]:
    """What was said last of each. A record that was entered later than the backfilled one that refers to it is shown
    as first entered."""
    found: dict[str, _Said] = {}
    for pk, later, said in rows:
        if not later or pk not in found:
            found[pk] = said
    return found


def is_among(name: str, ids: Iterable[UUID | None] | QuerySet[Any]) -> Q:
    """True of rows that name one of these in that column."""
    if isinstance(ids, QuerySet):
        return Q(**{f"{name}__in": ids})
    return Q(Among(name, sorted({one.hex for one in ids if one is not None})))


@functools.cache
def _named(model: type[Record], names: tuple[str, ...]) -> Callable[[_Said], Any]:
    # The types want names that are written out: these are the columns that were asked for.
    row = namedtuple("row", names)  # type: ignore[misc]
    readers = [_reader(model, name) for name in names]
    return lambda said: row._make(_read(readers, said))


def _read(readers: Sequence[Callable[[str], Any]], said: _Said) -> tuple[Any, ...]:
    return tuple([None if text is None else read(text) for read, text in zip(readers, said, strict=True)])


def _reader(model: type[Record], name: str, by_digits: bool = False) -> Callable[[str], Any]:
    """What makes a value of the column of its text in either of the databases."""
    column: Any = next(one for one in history(model).model._meta.concrete_fields if name in (one.name, one.attname))
    column = getattr(column, "target_field", column)
    if isinstance(column, ExactDecimalField):
        return lambda text: column.from_db_value(int(text), None, None)
    if by_digits and isinstance(column, models.UUIDField):
        return lambda text: text.replace("-", "")
    return next(read for kind, read in _READERS.items() if isinstance(column, kind))


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


# A time is a date too: the narrower kind comes first.
_READERS: Final[dict[type[Any], Callable[[str], Any]]] = {
    models.UUIDField: UUID,
    models.DateTimeField: _time,
    models.DateField: date.fromisoformat,
    models.BooleanField: lambda text: text in ("true", "1"),
    models.IntegerField: int,
    models.JSONField: json.loads,
    models.CharField: str,
    models.TextField: str,
}
