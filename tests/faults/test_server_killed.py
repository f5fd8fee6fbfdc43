"""The server killed fifty times, and the database's connections ten, while clients write one by one and in bulk: what was
acknowledged is there, whole, and once."""

import random
import threading
from pathlib import Path

import pytest
from django.db import connection

from tests.faults.feed_clients import token
from tests.faults.pushers import hold, pushing, until_one_more
from tests.served import served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
SERVER_KILLS, CONNECTION_KILLS = 50, 10


def _end_connections() -> None:
    """What a database that is shut down in order does to whoever is at work: every connection to this one ends. Not the
    server: other tests are at work on it (test_database_killed.py kills one of its own)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def test_what_was_acknowledged_is_there_once(tmp_path: Path) -> None:
    if _is_postgresql():
        # The tests' own server is told not to wait for its log; an installation's waits.
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" SET synchronous_commit = on')
    key, dice, waits = token(), random.Random(11), threading.Event()
    killed = 0
    with served(tmp_path) as site, pushing(site, key) as pushers:
        for turn in range(SERVER_KILLS):
            # A batch takes longer than the others: every fifth time the kill waits for one.
            until_one_more(pushers[:1] if turn % 5 == 0 else pushers, waits)
            waits.wait(dice.uniform(0, 0.3))
            killed += site.kill_workers() > 0
            if _is_postgresql() and turn % (SERVER_KILLS // CONNECTION_KILLS) == 0:
                until_one_more(pushers, waits)
                _end_connections()
    hold(pushers, SERVER_KILLS, killed)
