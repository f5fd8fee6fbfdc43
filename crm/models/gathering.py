"""Rows that wait within an action until many of them can be written in one statement.

Recording or changing a thousand outcomes one statement at a time spends its time between the statements. While an
action gathers, what it writes waits here; any statement that names a table with rows waiting writes them first, so that
whatever is read or changed is there. What the database refuses, it refuses at that moment, for all of the rows
together."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, models

from crm.models import guard, writing

if TYPE_CHECKING:
    from crm.models.base import Entry, Record


class Overtaken(IntegrityError):
    """Somebody else changed one of the rows since it was read: none of them is written."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A row with the columns that changed, by their attributes, and the version that it had when it was read."""

    row: "Record"
    columns: frozenset[str]
    expected: int


class Gathered:
    """The rows that wait, by their table, in the order in which the tables were first written to."""

    def __init__(self) -> None:
        self._new: dict[type[models.Model], list[Any]] = {}
        self._changed: dict[type[models.Model], list[_Change]] = {}
        self._names: list[str] = []
        self._database = connection.alias

    def add(self, row: "Record | Entry") -> None:
        self._wait_for(type(row))
        self._new.setdefault(type(row), []).append(row)
        row._state.adding, row._state.db = False, self._database

    def change(self, row: "Record", columns: Collection[str], expected: int) -> None:
        """For a row that the action changes for the first time. One that it changes again has to be written at once:
        each change has its place in the history."""
        self._wait_for(type(row))
        self._changed.setdefault(type(row), []).append(_Change(row, frozenset(columns), expected))

    def _wait_for(self, model: type[models.Model]) -> None:
        if model not in self._new and model not in self._changed:
            self._names.append(f'"{model._meta.db_table}"')

    def write(self) -> None:
        """Writes what waits, with the history rows of what has a history. Raises Overtaken."""
        new, changed, self._new, self._changed, self._names = self._new, self._changed, {}, {}, []
        for model, rows in new.items():
            with guard.declared(*_tables(model)):
                writing.insert(rows)
                if hasattr(model, "history"):
                    _insert_history(rows, "+")
        # What changed may name what is new, not the other way round.
        for model, changes in changed.items():
            with guard.declared(*_tables(model)):
                _write_changes(changes)

    def before(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self._names and any(name in sql for name in self._names):
            self.write()
        return execute(sql, params, many, context)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Writes what waits before any statement of the block that names its table, and at its end."""
        with connection.execute_wrapper(self.before):
            yield
            self.write()


def _tables(model: Any) -> list[str]:
    history = getattr(model, "history", None)
    return [model._meta.db_table] + ([history.model._meta.db_table] if history else [])


def _write_changes(changes: Sequence[_Change]) -> None:
    _hold(changes)
    together: dict[frozenset[str], list[Record]] = {}
    for change in changes:
        together.setdefault(change.columns, []).append(change.row)
    for columns, rows in together.items():
        writing.update(rows, sorted(columns))
        _insert_history(rows, "~")


def _hold(changes: Sequence[_Change]) -> None:
    """Whoever holds many rows takes them in one order: two batches about the same ones wait for one another instead of
    each for the other's."""
    expected = {change.row.pk: change.expected for change in changes}
    everyone = type(changes[0].row)._base_manager.filter(pk__any_of=list(expected)).order_by("pk")
    if dict(everyone.select_for_update(no_key=True).values_list("pk", "version")) != expected:
        raise Overtaken("a row that was to be changed is at another version")


def _insert_history(rows: "Sequence[Record]", kind: str) -> None:
    """What `bulk_history_create` of the library writes, made by the database of the rows that it has just taken. Who,
    when and why are the action's, and the same for all of them."""
    first = rows[0]
    model: Any = type(first).history.model
    told = model(
        history_date=first._history_date,
        history_user=first._history_user,
        history_change_reason=first._change_reason,
        history_type=kind,
    )
    writing.insert_copies(told, [field.name for field in model.tracked_fields], rows)
