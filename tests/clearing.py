"""Empties the tables after a transactional test.

Django's own way is its flush command. The database's triggers refuse that for what only grows (law 2), so they are away
for the length of it, here and nowhere else; the tests themselves always run with them. And it empties what Django tells
of the models as well, to write the same again, which takes longer than all the rest: that stays.
"""

from typing import Any, Final

from django.core.management.color import no_style
from django.db import connections
from django.test import TransactionTestCase

_OF_THE_MODELS: Final = frozenset({"django_content_type", "auth_permission"})


def install() -> None:
    case: Any = TransactionTestCase  # the two private names are Django's own, and not in its stubs

    def empty(self: Any) -> None:
        from crm.models import guard, triggers

        with guard.suspended():
            for connection in (connections[name] for name in self._databases_names(include_mirrors=False)):
                tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
                statements = connection.ops.sql_flush(no_style(), sorted(tables - _OF_THE_MODELS))
                triggers.drop(connection)
                try:
                    connection.ops.execute_sql_flush(statements)
                finally:
                    triggers.create(connection)

    case._fixture_teardown = empty
