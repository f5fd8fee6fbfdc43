"""New rows that wait within an action until many of them can be written in one statement.

Recording a thousand outcomes one statement at a time spends its time between the statements. While an action gathers,
what it records waits here; any statement that names a table with rows waiting writes them first, so that whatever is
read or changed is there. What the database refuses, it refuses at that moment, for all of the rows together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, models

from crm.models import guard

if TYPE_CHECKING:
    from crm.models.base import Entry, Record

_A_STATEMENT: Final = 500


class Gathered:
    """The rows that wait, by their table, in the order in which the tables were first written to."""

    def __init__(self) -> None:
        self._waiting: dict[type[models.Model], list[Any]] = {}
        self._names: list[str] = []

    def add(self, row: "Record | Entry") -> None:
        model = type(row)
        if model not in self._waiting:
            self._names.append(f'"{model._meta.db_table}"')
        self._waiting.setdefault(model, []).append(row)
        row._state.adding, row._state.db = False, connection.alias

    def write(self) -> None:
        """Writes what waits, with the history rows of what has a history."""
        waiting, self._waiting, self._names = self._waiting, {}, []
        for model, rows in waiting.items():
            history = getattr(model, "history", None)
            tables = [model._meta.db_table] + ([history.model._meta.db_table] if history else [])
            with guard.declared(*tables):
                model._base_manager.bulk_create(rows, batch_size=_A_STATEMENT)
                if history:
                    history.bulk_history_create(rows, batch_size=_A_STATEMENT)

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
