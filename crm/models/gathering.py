"""New rows that wait within an action until many of them can be written in one statement.

Recording a thousand outcomes one statement at a time spends its time between the statements. While an action gathers,
what it records waits here; any statement that names a table with rows waiting writes them first, so that whatever is
read or changed is there. What the database refuses, it refuses at that moment, for all of the rows together."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection, models

from crm.models import guard, writing

if TYPE_CHECKING:
    from crm.models.base import Entry, Record


class Gathered:
    """The rows that wait, by their table, in the order in which the tables were first written to."""

    def __init__(self) -> None:
        self._waiting: dict[type[models.Model], list[Any]] = {}
        self._names: list[str] = []
        self._database = connection.alias

    def add(self, row: "Record | Entry") -> None:
        model = type(row)
        if model not in self._waiting:
            self._names.append(f'"{model._meta.db_table}"')
        self._waiting.setdefault(model, []).append(row)
        row._state.adding, row._state.db = False, self._database

    def write(self) -> None:
        """Writes what waits, with the history rows of what has a history."""
        waiting, self._waiting, self._names = self._waiting, {}, []
        for model, rows in waiting.items():
            history = getattr(model, "history", None)
            tables = [model._meta.db_table] + ([history.model._meta.db_table] if history else [])
            with guard.declared(*tables):
                writing.insert(rows)
                if history:
                    _insert_history(history.model, rows)

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


def _insert_history(model: Any, rows: "Sequence[Record]") -> None:
    """What `bulk_history_create` of the library writes, made by the database of the rows that it has just taken. Who,
    when and why are the action's, and the same for all of them."""
    first = rows[0]
    told = model(
        history_date=first._history_date,
        history_user=first._history_user,
        history_change_reason=first._change_reason,
        history_type="+",
    )
    writing.insert_copies(told, [field.name for field in model.tracked_fields], rows)
