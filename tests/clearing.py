"""Lets the tables be emptied after a transactional test.

Django empties them with its flush command, and the database's own triggers refuse that for what only grows (law 2).
So they are away for the length of the flush, here and nowhere else; the tests themselves always run with them.
"""

from typing import Any

from django.db import connections
from django.test import TransactionTestCase


def install() -> None:
    empty = TransactionTestCase._fixture_teardown

    def empty_without_triggers(self: TransactionTestCase) -> None:
        from crm.models import guard, triggers

        watched = [connections[name] for name in self._databases_names(include_mirrors=False)]
        with guard.suspended():
            for connection in watched:
                triggers.drop(connection)
            try:
                empty(self)
            finally:
                for connection in watched:
                    triggers.create(connection)

    patched: Any = TransactionTestCase
    patched._fixture_teardown = empty_without_triggers
