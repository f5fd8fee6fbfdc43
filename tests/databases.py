"""The test's own database, as a process of its own is told it."""

from urllib.parse import quote

from django.db import connection


def address() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}@/{told['NAME']}?host={quote(told['HOST'], safe='')}"
