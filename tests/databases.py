"""The test's own database, as a process of its own is told it."""

import os
from urllib.parse import quote

from django.db import connection

from tests.environment import variable_of


def address() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}@/{told['NAME']}?host={quote(told['HOST'], safe='')}"


def is_own_server() -> bool:
    """Whether this is a PostgreSQL that no other test worker uses: its processes may be killed."""
    return connection.vendor == "postgresql" and variable_of(os.environ.get("PYTEST_XDIST_WORKER", "")) in os.environ
