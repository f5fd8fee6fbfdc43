"""The server killed fifty times, and the database's connections ten, while clients write one by one and in bulk: what was
acknowledged is there, whole, and once."""

import json
import random
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from crm.models import ExternalId, FeedEntry, Organisation
from tests.faults.feed_clients import company, send, token
from tests.served import Served, served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
SERVER_KILLS, CONNECTION_KILLS, ROWS = 50, 10, 20


class Pusher:
    """Sends until it is told to stop, each thing with its key until it is acknowledged: `in_bulk` twenty at a time."""

    def __init__(self, site: Served, key: str, name: str, stops: threading.Event, in_bulk: bool) -> None:
        self._site, self._key, self._name, self._stops, self._in_bulk = site, key, name, stops, in_bulk
        self.acknowledged: list[dict[str, str]] = []
        self.cut_off = 0
        self.wrong: list[Any] = []

    def __call__(self) -> None:
        turn = 0
        while not self._stops.is_set():
            turn += 1
            names = [f"{company((self._name, turn))}-{self._name}-{row}" for row in range(ROWS if self._in_bulk else 1)]
            while not self._push(turn, names) and not self._stops.is_set():
                self.cut_off += 1

    def _push(self, turn: int, names: list[str]) -> bool:
        rows = [{"name": name, "external_id": {"source": "push", "value": name}} for name in names]
        place, body = ("bulk/organisations", {"rows": rows}) if self._in_bulk else ("organisations", {"name": names[0]})
        told = {"Idempotency-Key": f"{self._name}-{turn}"}
        try:
            status, answer, _headers = send("POST", f"{self._site.url}/api/v1/{place}", self._key, body, **told)
        except OSError:
            self._stops.wait(0.05)
            return False
        if status in (409, 503):
            self._stops.wait(0.1)
            return False
        if status not in (200, 201):
            self.wrong.append((status, answer))
            return True
        found = json.loads(answer)
        ids = [one["id"] for one in found["results"]] if self._in_bulk else [found["id"]]
        self.acknowledged.append(dict(zip(names, ids, strict=True)))
        return True


def _end_connections() -> None:
    """What a database that is started anew does to whoever is at work: every connection to this one ends. Not the
    server: other tests are at work on it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _until_one_more(pushers: list[Pusher], waits: threading.Event) -> None:
    """Workers that have just begun read the whole site first: the next kill shall meet them at work."""
    before = sum(len(pusher.acknowledged) for pusher in pushers)
    for _turn in range(600):
        if sum(len(pusher.acknowledged) for pusher in pushers) > before:
            return
        waits.wait(0.05)


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def test_what_was_acknowledged_is_there_once(tmp_path: Path) -> None:
    if _is_postgresql():
        # The tests' own server is told not to wait for its log; an installation's waits.
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" SET synchronous_commit = on')
    key, dice, stops = token(), random.Random(11), threading.Event()
    waits = threading.Event()
    with served(tmp_path) as site:
        pushers = [Pusher(site, key, f"p{number}", stops, in_bulk=number == 0) for number in range(3)]
        threads = [threading.Thread(target=pusher) for pusher in pushers]
        for thread in threads:
            thread.start()
        killed = 0
        for turn in range(SERVER_KILLS):
            _until_one_more(pushers, waits)
            waits.wait(dice.uniform(0, 0.3))
            killed += site.kill_workers() > 0
            if _is_postgresql() and turn % (SERVER_KILLS // CONNECTION_KILLS) == 0:
                _until_one_more(pushers, waits)
                _end_connections()
        stops.set()
        for thread in threads:
            thread.join()
    _hold(pushers, killed)


def _hold(pushers: list[Pusher], killed: int) -> None:
    acknowledged = [one for pusher in pushers for one in pusher.acknowledged]
    ids = {pk: name for one in acknowledged for name, pk in one.items()}
    there = {str(pk): name for pk, name in Organisation.objects.values_list("pk", "name")}
    lost = len(ids.items() - there.items())
    names = list(there.values())
    history = dict.fromkeys(there, 0)
    for pk in Organisation.history.values_list("id", flat=True):
        history[str(pk)] += 1
    told = [str(pk) for pk in FeedEntry.objects.filter(record_type="organisation").values_list("record_id", flat=True)]
    bulk = [name for name in names if "-p0-" in name]
    batches = {name.rpartition("-")[0] for name in bulk}
    halves = sum(bulk.count(f"{batch}-{row}") != 1 for batch in batches for row in range(ROWS))
    halves += sum(number != 1 for number in history.values()) + len(set(there) ^ set(told))
    halves += len(set(bulk) ^ set(ExternalId.objects.values_list("value", flat=True)))
    figures = {
        "killed": killed,
        "cut off": sum(pusher.cut_off for pusher in pushers),
        "acknowledged": len(ids),
        "acknowledged and lost": lost,
        "doubled": len(names) - len(set(names)),
        "half-written": halves,
    }
    print(connection.vendor, figures)
    assert [wrong for pusher in pushers for wrong in pusher.wrong] == []
    assert (figures["acknowledged and lost"], figures["doubled"], figures["half-written"]) == (0, 0, 0)
    assert figures["killed"] == SERVER_KILLS and figures["cut off"] > 0 and figures["acknowledged"] > 0
