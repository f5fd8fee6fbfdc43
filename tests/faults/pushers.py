"""Clients that write while something is killed under them, and what must be true of the record afterwards."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from crm.models import ExternalId, FeedEntry, Organisation
from tests.faults.feed_clients import company, send
from tests.served import Served

ROWS = 20


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
            rows = range(ROWS if self._in_bulk else 1)
            names = [f"{company((self._name, turn, row))}-{self._name}-{turn}-{row}" for row in rows]
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


@contextmanager
def pushing(site: Served, key: str) -> Iterator[list[Pusher]]:
    """Three at work, the first in bulk; they have stopped behind the block."""
    stops = threading.Event()
    pushers = [Pusher(site, key, f"p{number}", stops, in_bulk=number == 0) for number in range(3)]
    threads = [threading.Thread(target=pusher) for pusher in pushers]
    for thread in threads:
        thread.start()
    try:
        yield pushers
    finally:
        stops.set()
        for thread in threads:
            thread.join()


def until_one_more(pushers: list[Pusher], waits: threading.Event) -> None:
    """Who has just begun reads the whole site first: the next kill shall meet it at work."""
    before = sum(len(pusher.acknowledged) for pusher in pushers)
    for _turn in range(600):
        if sum(len(pusher.acknowledged) for pusher in pushers) > before:
            return
        waits.wait(0.05)
    raise AssertionError("nobody was acknowledged anything for half a minute")


def hold(pushers: list[Pusher], kills: int, killed: int) -> None:
    """What was acknowledged is there, whole, and once; and every kill met somebody at work."""
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
    batches = Counter(name.split("-")[2] for name in bulk)
    halves = sum(number != ROWS for number in batches.values())
    halves += sum(number != 1 for number in history.values()) + len(set(there) ^ set(told))
    halves += len(set(bulk) ^ set(ExternalId.objects.values_list("value", flat=True)))
    figures = {
        "killed": killed,
        "cut off": sum(pusher.cut_off for pusher in pushers),
        "acknowledged": len(ids),
        "in bulk": sum(len(one) for one in pushers[0].acknowledged),
        "acknowledged and lost": lost,
        "doubled": len(names) - len(set(names)),
        "half-written": halves,
    }
    print(connection.vendor, figures)
    assert [wrong for pusher in pushers for wrong in pusher.wrong] == []
    assert (figures["acknowledged and lost"], figures["doubled"], figures["half-written"]) == (0, 0, 0)
    assert figures["killed"] == kills
    assert all(pusher.acknowledged and pusher.cut_off for pusher in pushers), "in bulk as one by one"
