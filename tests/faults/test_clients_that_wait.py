"""Clients that wait for the feed, on the site as it is installed: a commit answers them, whichever process it came
through; many of them keep nobody from writing; and one that goes away gives its place back."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from crm.actions.organisations import record_organisation
from tests.builders import system
from tests.faults.feed_clients import company, send, token
from tests.served import Served, served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
# Two processes of so many threads each, half of which may be taken by who waits.
THREADS, MAY_WAIT, PROCESSES, WAIT = 4, 2, 2, 25


@dataclass(frozen=True, slots=True)
class Feed:
    site: Served
    key: str

    def asked(self, after: int, wait: int) -> tuple[dict[str, Any], float]:
        """The page, and how long it took."""
        began = time.monotonic()
        status, body, _headers = send("GET", f"{self.site.url}/api/v1/changes?after={after}&wait={wait}", self.key)
        assert status == 200, body
        return json.loads(body), time.monotonic() - began

    def head(self) -> int:
        return int(self.asked(0, 0)[0]["head"])

    def write(self, name: str) -> str:
        status, body, _headers = send("POST", f"{self.site.url}/api/v1/organisations", self.key, {"name": name})
        assert status == 201, body
        return str(json.loads(body)["id"])


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[Feed]:
    key = token()
    with served(tmp_path, threads=THREADS) as site:
        yield Feed(site, key)


def _ids(page: dict[str, Any]) -> list[str]:
    return [entry["id"] for entry in page["results"]]


def test_a_commit_of_another_process_answers_who_waits(feed: Feed) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = _one_that_waits(feed, pool)
        made = str(record_organisation(replace(system(), now=timezone.now()), name=company("other process")).pk)
        page, seconds = waiting.result(timeout=60)
    print(f"answered after {seconds:.2f} s")
    assert _ids(page) == [made] and seconds < WAIT


def test_many_who_wait_keep_nobody_from_writing(feed: Feed) -> None:
    """Twice as many as there are threads: some wait, the others are told at once that there is nothing."""
    clients, at = 2 * THREADS * PROCESSES, feed.head()
    with ThreadPoolExecutor(clients) as pool:
        waiting = [pool.submit(feed.asked, at, WAIT) for _client in range(clients)]
        at_once = _answered_at_once(waiting, clients - MAY_WAIT * PROCESSES)
        assert all(_ids(page) == [] and seconds < WAIT for page, seconds in at_once)
        left = [one for one in waiting if not one.done()]
        made = feed.write(company("written while they wait"))
        answered = [one.result(timeout=60) for one in left]
    print(f"of {clients} at once {len(at_once)} were told so, {len(left)} waited")
    assert 0 < len(left) <= MAY_WAIT * PROCESSES
    assert all(_ids(page) == [made] and seconds < WAIT for page, seconds in answered)


def test_who_goes_away_gives_its_place_back(feed: Feed) -> None:
    at, parts = feed.head(), urlsplit(feed.site.url)
    asked = (
        f"GET /api/v1/changes?after={at}&wait=3 HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"Authorization: Bearer {feed.key}\r\n\r\n"
    )
    for _client in range(3 * THREADS * PROCESSES):
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as gone:
            gone.sendall(asked.encode())
    with ThreadPoolExecutor(1) as pool:
        waiting = _one_that_waits(feed, pool)
        made = feed.write(company("after they went"))
        assert _ids(waiting.result(timeout=60)[0]) == [made]


def _one_that_waits(feed: Feed, pool: ThreadPoolExecutor) -> "Future[tuple[dict[str, Any], float]]":
    """A client that is not told at once that there is nothing: one second is given to be told so."""
    pause, at = threading.Event(), feed.head()
    for _attempt in range(60):
        found = pool.submit(feed.asked, at, WAIT)
        pause.wait(1)
        if not found.done():
            return found
    raise AssertionError("there is never room to wait")


def _answered_at_once(waiting: list[Any], at_least: int) -> list[tuple[dict[str, Any], float]]:
    """What they were told for whom there was no room. One process may have got more of the clients than the other: then
    there are more of these, and two seconds are given to be told so."""
    for _one in islice(as_completed(waiting, timeout=60), at_least):
        pass
    threading.Event().wait(2)
    return [one.result() for one in waiting if one.done()]
