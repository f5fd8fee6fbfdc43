"""Lets the tables be emptied after a transactional test.

Django empties them with its flush command, and the database's own triggers refuse that for what only grows (law 2).
So they are away for the length of the flush, here and nowhere else; the tests themselves always run with them.
"""

from typing import Any

from django.db import connections
from django.test import TransactionTestCase


def install() -> None:
    case: Any = TransactionTestCase  # the two private names are Django's own, and not in its stubs
    empty = case._fixture_teardown

    def empty_without_triggers(self: Any) -> None:
        from crm.models import guard, triggers

        emptied = [connections[name] for name in self._databases_names(include_mirrors=False)]
        with guard.suspended():
            for connection in emptied:
                triggers.drop(connection)
            try:
                empty(self)
            finally:
                for connection in emptied:
                    triggers.create(connection)

    case._fixture_teardown = empty_without_triggers
