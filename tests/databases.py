"""The test's own database, as a process of its own is told it."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from django.db import connection


def address() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}@/{told['NAME']}?host={quote(told['HOST'], safe='')}"


def name_of(url: str) -> dict[str, Any]:
    """What Django's settings of a connection say for such an address of a PostgreSQL database."""
    parts = urlsplit(url)
    return {"NAME": parts.path.removeprefix("/"), "USER": parts.username, "HOST": parse_qs(parts.query)["host"][0]}
