"""New rows by the hundred, as the database takes them fastest."""

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from django.db import connection, models

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

    def read(self, rows: Iterable[models.Model]) -> list[list[Any]]:
        """Of each record its values, ready for the database."""
        attributes = attrgetter(*(field.attname for field in self.fields))
        found = []
        for row in rows:
            values = list(attributes(row))
            for place in self.asked:
                field = self.fields[place]
                values[place] = field.get_db_prep_save(field.pre_save(row, add=True), connection)
            found.append(values)
        return found


@functools.cache
def columns_of(model: type[models.Model], vendor: str) -> Columns:
    """All but the key that the database counts by itself."""
    fields = [f for f in model._meta.concrete_fields if not f.generated and not isinstance(f, models.AutoField)]
    asked = [place for place, field in enumerate(fields) if type(field) not in _AS_IS[vendor]]
    return Columns(model._meta.db_table, tuple(fields), tuple(asked))


def insert(rows: Sequence[models.Model]) -> list[list[Any]]:
    """Writes these records of one model, which learn no key from it. What the database refuses, it refuses for all of
    them, with Django's own errors. Gives their values, as `columns_of` orders them."""
    columns = columns_of(type(rows[0]), connection.vendor)
    values = columns.read(rows)
    insert_values(columns.table, columns.names, values)
    return values


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
