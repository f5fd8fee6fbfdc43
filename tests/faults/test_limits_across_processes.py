"""The limit of a token, asked for by many at once of a site that serves from two processes: as many as are allowed are
answered, not one more, and each is told how many are left."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.feed_clients import send, token
from tests.served import Served, served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
ALLOWED, ASKED, AT_ONCE = 50, 150, 12
Told = tuple[int, bytes, dict[str, str]]


def test_exactly_so_many_are_answered(tmp_path: Path) -> None:
    with served(tmp_path, requests_a_minute=ALLOWED) as site:
        answers = _within_one_minute(site)
        other = send("GET", f"{site.url}/api/v1/events", token("another"))
    good, late = [[one for one in answers if one[0] == status] for status in (200, 429)]
    print(f"asked {len(answers)}, answered {len(good)}, refused {len(late)}")
    assert (len(good), len(late)) == (ALLOWED, ASKED - ALLOWED)
    assert sorted(int(headers["RateLimit-Remaining"]) for _s, _b, headers in good) == list(range(ALLOWED))
    assert {headers["RateLimit-Limit"] for _s, _b, headers in answers} == {str(ALLOWED)}
    for _status, body, headers in late:
        assert headers["RateLimit-Remaining"] == "0"
        assert 1 <= int(headers["Retry-After"]) <= 60 and headers["Content-Type"] == "application/problem+json"
        assert json.loads(body)["type"].endswith("too_many_requests")
    assert other[0] == 200 and other[2]["RateLimit-Remaining"] == str(ALLOWED - 1), "who storms slows no other"


def _within_one_minute(site: Served) -> list[Told]:
    """All of the answers, from a time in which the minute did not turn: each with a token that asked nothing before."""
    for attempt in range(5):
        key = token(f"client-{attempt}")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            asked = [pool.submit(send, "GET", f"{site.url}/api/v1/events", key) for _time in range(ASKED)]
            answers = [one.result() for one in asked]
        left = [int(headers["RateLimit-Reset"]) for _status, _body, headers in answers]
        # Where the minute turned, the first have few seconds left and the last many.
        if max(left) - min(left) < 45 and left[0] >= left[-1]:
            return answers
    raise AssertionError("the minute turned five times")
