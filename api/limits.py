"""How many requests a token may send: so many a minute, counted exactly, whichever process answers.

The limit is on requests, and a page holds a thousand rows: who pulls everything is not held up by it. On PostgreSQL the
count stands in a row of the database. On SQLite a reader would wait there for whoever writes, so that the count has a
small file of its own beside it."""

import sqlite3
import threading
import time
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from api.problems import TooMany
from crm.models import TokenUse, guard

_MINUTE: Final = 60
_COLUMNS: Final = "token_id, minute, used"
# One statement: who comes second counts on from the first.
_COUNT: Final = (
    f"INSERT INTO crm_tokenuse ({_COLUMNS}) VALUES ({{0}}, {{0}}, 1) ON CONFLICT (token_id) DO UPDATE SET"
    " used = CASE WHEN crm_tokenuse.minute = excluded.minute THEN crm_tokenuse.used + 1 ELSE 1 END,"
    " minute = excluded.minute RETURNING used"
)
_own = threading.local()


@dataclass(frozen=True, slots=True)
class Allowance:
    """Of one minute: how many requests there may be, how many were sent, and seconds until the next minute."""

    most: int
    used: int
    seconds: int

    def headers(self) -> dict[str, str]:
        told = {"Limit": self.most, "Remaining": max(0, self.most - self.used), "Reset": self.seconds}
        return {f"RateLimit-{name}": str(number) for name, number in told.items()}

    def check(self) -> None:
        """Raises TooMany."""
        if self.used > self.most:
            raise TooMany(self.seconds, _("A token may send %(most)d requests a minute.") % {"most": self.most})


def count(token: Any) -> Allowance:
    """Counts a request of the token."""
    now = time.time()
    minute = int(now // _MINUTE)
    used = _in_database(token, minute) if connection.vendor == "postgresql" else _in_file(token, minute)
    return Allowance(settings.API_REQUESTS_A_MINUTE, used, _MINUTE - int(now % _MINUTE))


def _in_database(token: Any, minute: int) -> int:
    with guard.declared(TokenUse._meta.db_table), connection.cursor() as cursor:
        cursor.execute(_COUNT.format("%s"), [token.pk, minute])
        return int(cursor.fetchone()[0])


def _in_file(token: Any, minute: int) -> int:
    row = _file().execute(_COUNT.format("?"), [token.pk.hex, minute]).fetchone()
    return int(row[0])


def _file() -> sqlite3.Connection:
    """The thread's connection. What is in it is worth a minute: nothing is forced to the disk."""
    path = str(settings.DATA_DIR / "limits.sqlite3")
    if getattr(_own, "path", None) != path:
        _own.path, _own.connection = path, _opened(path)
    found: sqlite3.Connection = _own.connection
    return found


def _opened(path: str) -> sqlite3.Connection:
    opened = sqlite3.connect(path, timeout=20, isolation_level=None)
    opened.execute("PRAGMA journal_mode=WAL")
    opened.execute("PRAGMA synchronous=OFF")
    opened.execute("CREATE TABLE IF NOT EXISTS crm_tokenuse (token_id TEXT PRIMARY KEY, minute INTEGER, used INTEGER)")
    return opened
