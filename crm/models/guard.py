"""Refuses, in development and in tests, every write to a crm_* table that is not declared at that moment.

A forgotten history row or feed entry is silent; an undeclared write is not. Declared are: the base record's save,
the appending of an entry, and the gate's own rows. The raw driver connection is out of reach here; the ledger's
triggers stand behind it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_WRITE = re.compile(
    r"\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from|merge\s+into|copy)"
    r'\s+(?:only\s+)?(?:"?\w+"?\s*\.\s*)?["`\[]?(crm_\w+)',
    re.IGNORECASE,
)
_TRUNCATE = re.compile(r"^\s*truncate\b", re.IGNORECASE)
_CRM_TABLE = re.compile(r"\bcrm_\w+")

_declared: ContextVar[tuple[str, ...]] = ContextVar("declared_tables", default=())


class UndeclaredWrite(RuntimeError):
    """Somebody wrote to the record without an action: no history, no feed entry. Write an action instead."""


@contextmanager
def declared(*tables: str) -> Iterator[None]:
    """Within the block, and in this thread only, writes to these tables are expected."""
    token = _declared.set(_declared.get() + tables)
    try:
        yield
    finally:
        _declared.reset(token)


def tables_written(sql: str) -> set[str]:
    """The crm_* tables that a statement writes to. Reads and table definitions give an empty set."""
    if sql[:6].upper() == "SELECT" and ";" not in sql:
        return set()
    if _TRUNCATE.match(sql):
        return set(_CRM_TABLE.findall(sql))
    return {table.lower() for table in _WRITE.findall(sql)}


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    undeclared = tables_written(sql) - set(_declared.get())
    if undeclared:
        raise UndeclaredWrite(f"undeclared write to {', '.join(sorted(undeclared))}: use an action (crm/actions)")
    return execute(sql, params, many, context)


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _refuse not in connection.execute_wrappers:
        connection.execute_wrappers.append(_refuse)


def install() -> None:
    """Watches every connection, those of other threads included, from its first statement on."""
    connection_created.connect(_watch, dispatch_uid="crm.guard")
    for connection in connections.all(initialized_only=True):
        _watch(connection)


@contextmanager
def suspended() -> Iterator[None]:
    """For the test runner's clearing of tables between tests, and nothing else. A connection that opens meanwhile is
    watched afterwards too."""
    was_installed = connection_created.disconnect(dispatch_uid="crm.guard")
    for connection in connections.all(initialized_only=True):
        if _refuse in connection.execute_wrappers:
            connection.execute_wrappers.remove(_refuse)
    try:
        yield
    finally:
        if was_installed:
            install()
