"""So many requests a minute, and the client is told how many are left."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from api import limits
from crm.models import ApiToken
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient


@pytest.mark.django_db
class TestRequests:
    def test_every_answer_tells_what_is_left(self, api: ApiClient, settings: Any) -> None:
        settings.API_REQUESTS_A_MINUTE = 5
        answers = [api.get("events") for _time in range(2)]
        assert [answer["RateLimit-Limit"] for answer in answers] == ["5", "5"]
        assert int(answers[0]["RateLimit-Remaining"]) - int(answers[1]["RateLimit-Remaining"]) in (1, -3)
        assert 1 <= int(answers[0]["RateLimit-Reset"]) <= 60

    def test_beyond_it_a_client_waits(self, api: ApiClient, settings: Any) -> None:
        settings.API_REQUESTS_A_MINUTE = 3
        answers = [api.get("events") for _time in range(8)]  # also where the minute turns on the way
        late = [answer for answer in answers if answer.status_code == 429]
        assert late and problem_of(late[0], 429)["type"].endswith("too_many_requests")
        assert 1 <= int(late[0]["Retry-After"]) <= 60
        assert (late[0]["RateLimit-Limit"], late[0]["RateLimit-Remaining"]) == ("3", "0")

    def test_what_is_refused_counts_too(self, client_of: Any, settings: Any) -> None:
        settings.API_REQUESTS_A_MINUTE = 3
        reader = client_of(scopes=("read",))
        answers = [reader.post("events", {}) for _time in range(8)]
        assert {answer.status_code for answer in answers} == {403, 429}
        assert all("RateLimit-Remaining" in answer for answer in answers)

    def test_a_list_tells_only_what_was_asked_for(self, api: ApiClient) -> None:
        rows = api.get("events", {"fields": "name,kind"}).json()["results"]
        assert {tuple(sorted(row)) for row in rows} == {("id", "kind", "name")}
        assert refused(api.get("events", {"fields": "name,secret"}), 400) == {("?fields", "bad_parameter")}


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_exactly(api: ApiClient, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 30
    token = ApiToken.objects.latest("created_at")

    def one(_number: int) -> int:
        try:
            return max(-1, 30 - limits.count(token).used)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        left = sorted(pool.map(one, range(200)))
    # Where the minute turned on the way there were two allowances.
    assert left.count(-1) in (170, 140)
    assert [number for number in left if number >= 0] in (list(range(30)), sorted([*range(30)] * 2))
