"""A wrong setting or a missing database ends in one sentence that says what to do, not in a traceback."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class WrongSetting(Exception):
    """A setting from the environment that the program refuses. The message names it and says what to do."""


@contextmanager
def in_one_sentence(status: int = 1) -> Iterator[None]:
    """Turns the refusals that an administrator can mend into one line on stderr and this exit status.
    `IEUM_TRACEBACK=1` shows the whole traceback instead."""
    if os.environ.get("IEUM_TRACEBACK"):
        yield
        return
    from django.db.utils import DatabaseError, OperationalError, ProgrammingError

    try:
        yield
    except WrongSetting as refusal:
        _end(str(refusal), status)
    except DatabaseError as refusal:
        # The bare DatabaseError is SQLite's word for a file that is no database; its other kinds are our own faults.
        if type(refusal) not in (DatabaseError, OperationalError, ProgrammingError):
            raise
        _end(_database_refusal(str(refusal).strip().splitlines()[0]), status)


def _end(sentence: str, status: int) -> NoReturn:
    print(f"ieum: {sentence}", file=sys.stderr, flush=True)
    sys.exit(status)


def _database_refusal(reason: str) -> str:
    # SQLite says "no such table", PostgreSQL 'relation "..." does not exist'.
    if "no such table" in reason or reason.startswith("relation"):
        return f"the database is not set up ({reason}); run `python manage.py migrate` first."
    return f"the database cannot be used ({reason}); check DATABASE_URL and that its server is running."
