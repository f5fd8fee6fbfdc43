"""The database killed ten times, every process of it at once, while clients write one by one and in bulk and a mirror
follows the feed: what was acknowledged is there, whole, and once; and the mirror has it all, number after number.

On PostgreSQL it is a server of the test's own, made as an installation makes it, that recovers from its log. On SQLite
the database is a part of the processes that serve: all of them are killed at once and started again."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from django.db import connection

from crm.models import Organisation
from examples.mirror import Mirror
from tests.databases import name_of
from tests.faults.feed_clients import token
from tests.faults.pushers import hold, pushing, until_one_more
from tests.postgres import DURABLE, Server, own_server
from tests.served import Served, served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
KILLS = 10


@contextmanager
def database() -> Iterator[Callable[[Served], int]]:
    """How the database is killed and started again. On PostgreSQL the block runs on a server of its own."""
    if connection.vendor == "sqlite":
        yield _kill_the_site
        return
    told = connection.settings_dict
    with own_server(**DURABLE) as server:
        server.copy(told["HOST"], told["NAME"])
        with _connected_to(server):
            yield lambda _site: _kill(server)


def _kill_the_site(site: Served) -> int:
    killed = site.end()
    site.start()
    return killed


def _kill(server: Server) -> int:
    connection.close()
    killed = server.kill()
    server.start()
    return killed


@contextmanager
def _connected_to(server: Server) -> Iterator[None]:
    """This process on another server than the other tests of its worker."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(name_of(server.url))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


class Follower:
    """The example mirror, that pulls until it is told to stop and notes the number of each entry."""

    def __init__(self, site: str, key: str, path: Path) -> None:
        self._told, self.stops, self.numbers = (site, key, str(path)), threading.Event(), list[int]()
        self.is_whole, self.held = False, set[str]()
        self._thread = threading.Thread(target=self)

    def __call__(self) -> None:
        mirror = Mirror(*self._told)
        apply = mirror.apply

        def noted(page: dict[str, Any]) -> None:
            self.numbers += [entry["seq"] for entry in page["results"]]
            apply(page)

        mirror.apply = noted  # type: ignore[method-assign]
        while not self.stops.wait(0.05):
            try:
                mirror.pull()
            except (URLError, OSError):
                continue
        mirror.pull()
        self.is_whole = mirror.is_whole()
        self.held = {pk for (pk,) in mirror.database.execute("SELECT id FROM record WHERE type = 'organisation'")}
        mirror.database.close()

    def __enter__(self) -> "Follower":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stops.set()
        self._thread.join()


def test_what_was_acknowledged_outlives_the_database(tmp_path: Path) -> None:
    dice, waits = random.Random(13), threading.Event()
    killed = []
    with database() as kill:
        key = token()
        with served(tmp_path) as site, Follower(site.url, key, tmp_path / "mirror.sqlite3") as follower:
            with pushing(site, key) as pushers:
                for turn in range(KILLS):
                    # A batch takes longer than the others: every other time the kill waits for one.
                    until_one_more(pushers[: 1 + 2 * (turn % 2)], waits)
                    waits.wait(dice.uniform(0, 0.5))
                    killed.append(kill(site))
                until_one_more(pushers, waits)
            follower.stops.set()
        assert min(killed) > 2, "with everything that serves"
        hold(pushers, KILLS, len(killed))
        there = {str(pk) for pk in Organisation.objects.values_list("pk", flat=True)}
    gaps = sum(later != earlier + 1 for earlier, later in pairwise(follower.numbers))
    print(f"processes killed {sum(killed)}, entries followed {len(follower.numbers)}, gaps {gaps}")
    assert follower.is_whole and follower.held == there
    assert gaps == 0
