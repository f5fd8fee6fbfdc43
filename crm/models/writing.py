"""Rows by the hundred, as the database takes them fastest."""

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from django.db import connection, models

from crm.models.fields import array_of

# Fields of which Django hands the driver what the record holds: to any database, and to PostgreSQL besides.
_AS_IS: Final[dict[str, frozenset[type]]] = {
    "sqlite": (anywhere := frozenset({models.CharField, models.TextField, models.PositiveIntegerField})),
    "postgresql": anywhere
    | {models.UUIDField, models.DateField, models.DateTimeField, models.BooleanField, models.ForeignKey},
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Of a table the columns that are written, and how they are read of a record: `fields` in their order, `asked` the
    places of those that Django is asked to make ready for the database."""

    table: str
    fields: tuple[Any, ...]
    asked: tuple[int, ...]

    @property
    def names(self) -> list[str]:
        return [field.column for field in self.fields]

    def read(self, rows: Iterable[models.Model], is_new: bool = True) -> list[list[Any]]:
        """Of each record its values, ready for the database."""
        # Of a single attribute it would give the value instead of a row of one.
        attributes = attrgetter("pk", *(field.attname for field in self.fields))
        found = []
        for row in rows:
            _pk, *values = attributes(row)
            for place in self.asked:
                field = self.fields[place]
                values[place] = field.get_db_prep_save(field.pre_save(row, add=is_new), connection)
            found.append(values)
        return found

    def only(self, attributes: Collection[str]) -> "Columns":
        """Those that are read of these attributes."""
        kept = [place for place, field in enumerate(self.fields) if field.attname in attributes]
        asked = tuple(new for new, place in enumerate(kept) if place in self.asked)
        return Columns(self.table, tuple(self.fields[place] for place in kept), asked)


@functools.cache
def columns_of(model: type[models.Model], vendor: str) -> Columns:
    """All but the key that the database counts by itself."""
    fields = [f for f in model._meta.concrete_fields if not f.generated and not isinstance(f, models.AutoField)]
    asked = [place for place, field in enumerate(fields) if type(field) not in _AS_IS[vendor]]
    return Columns(model._meta.db_table, tuple(fields), tuple(asked))


def insert(rows: Sequence[models.Model]) -> None:
    """Writes these records of one model, which learn no key from it. What the database refuses, it refuses for all of
    them, with Django's own errors."""
    columns = columns_of(type(rows[0]), connection.vendor)
    insert_values(columns.table, columns.names, columns.read(rows))


def update(rows: Sequence[models.Model], attributes: Collection[str]) -> None:
    """Writes of these records of one model, which stand in their table, what they hold of these attributes. What the
    database refuses, it refuses for all of them."""
    key: Any = rows[0]._meta.pk
    columns = columns_of(type(rows[0]), connection.vendor).only(frozenset(attributes) - {key.attname})
    values = columns.read(rows, is_new=False)
    keys = [key.get_db_prep_value(row.pk, connection) for row in rows]
    (_update_at_once if connection.vendor == "postgresql" else _update_each)(columns, values, key, keys)


def _update_at_once(columns: Columns, values: Sequence[Sequence[Any]], key: Any, keys: Sequence[Any]) -> None:
    quote: Callable[[str], str] = connection.ops.quote_name
    told = list(zip((key, *columns.fields), (keys, *zip(*values, strict=True)), strict=True))
    places, arrays = zip(*(array_of(field, given, connection) for field, given in told), strict=True)
    names = [f"v{place}" for place in range(len(told))]
    into = ", ".join(f"{quote(column)} = {name}" for column, name in zip(columns.names, names[1:], strict=True))
    table = quote(columns.table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {into} FROM unnest({', '.join(places)}) AS given ({', '.join(names)}) "
            f"WHERE {table}.{quote(key.column)} = {names[0]}",
            arrays,
        )


def _update_each(columns: Columns, values: Sequence[Sequence[Any]], key: Any, keys: Sequence[Any]) -> None:
    quote: Callable[[str], str] = connection.ops.quote_name
    into = ", ".join(f"{quote(column)} = %s" for column in columns.names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(columns.table)} SET {into} WHERE {quote(key.column)} = %s",
            [[*row, pk] for row, pk in zip(values, keys, strict=True)],
        )


def insert_alike(like: models.Model, differ: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Writes rows of this one's model that are like it but for the fields `differ`, whose values `rows` give."""
    same = _values_of(like, without=differ)
    fields: list[Any] = [like._meta.get_field(name) for name in differ]
    asked = [place for place, field in enumerate(fields) if type(field) not in _AS_IS[connection.vendor]]
    found = []
    for row in rows:
        values = [*row, *same.values()]
        for place in asked:
            values[place] = fields[place].get_db_prep_save(values[place], connection)
        found.append(values)
    insert_values(like._meta.db_table, [*_columns(like, differ), *same], found)


def insert_copies(like: models.Model, copied: Sequence[str], rows: Sequence[models.Model]) -> None:
    """Writes for each of these records, which stand in their table, a row of this one's model that is like it but for
    the fields `copied`: these say what the record's own do."""
    quote: Callable[[str], str] = connection.ops.quote_name
    key: Any = rows[0]._meta.pk
    same = _values_of(like, without=copied)
    into = ", ".join(quote(name) for name in [*_columns(like, copied), *same])
    read = ", ".join([*(quote(name) for name in _columns(rows[0], copied)), *["%s"] * len(same)])
    keys = [key.get_db_prep_value(row.pk, connection) for row in rows]
    for told, some in _told(key, keys, beside=len(same)):
        statement = (
            f"INSERT INTO {quote(like._meta.db_table)} ({into}) SELECT {read} FROM {quote(rows[0]._meta.db_table)} "
            f"WHERE {quote(key.column)} {told} ORDER BY {quote(key.column)}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [*same.values(), *some])


def _told(field: Any, keys: list[Any], beside: int) -> Iterator[tuple[str, list[Any]]]:
    """How a database is told that a column is one of many keys, and what is passed: SQLite in several statements,
    where one takes no more besides the others."""
    if connection.vendor == "postgresql":
        place, array = array_of(field, keys, connection)
        yield f"= ANY({place})", [array]
        return
    most = (connection.features.max_query_params or len(keys) + beside) - beside
    for start in range(0, len(keys), most):
        some = keys[start : start + most]
        yield f"IN ({', '.join(['%s'] * len(some))})", some


def _columns(record: models.Model, names: Sequence[str]) -> list[str]:
    fields: list[Any] = [record._meta.get_field(name) for name in names]
    return [field.column for field in fields]


def _values_of(record: models.Model, without: Sequence[str]) -> dict[str, Any]:
    """By their columns, the values of its other fields."""
    columns = columns_of(type(record), connection.vendor)
    values = zip(columns.fields, columns.read([record])[0], strict=True)
    return {field.column: value for field, value in values if field.name not in without}


def insert_values(table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """The same of values that are ready for the database, into these columns."""
    into = f"{connection.ops.quote_name(table)} ({', '.join(connection.ops.quote_name(name) for name in names)})"
    if connection.vendor == "postgresql":
        _watched(_copy)(f"COPY {into} FROM STDIN", rows, True, {"connection": connection})
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(names))})", rows)


def _copy(statement: str, rows: Sequence[Sequence[Any]], many: bool, context: dict[str, Any]) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _watched(execute: Callable[..., None]) -> Callable[..., None]:
    """With all who watch over statements, the guard among them: Django asks them of every other statement by itself."""
    for wrapper in reversed(connection.execute_wrappers):
        execute = functools.partial(wrapper, execute)
    return execute
