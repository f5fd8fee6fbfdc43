"""Answers that are lost on their way back, and many clients at one key and one record."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from api.organisations.views import OrganisationViewSet
from crm.models import Organisation
from tests.faults.feed_clients import company, loses_answers, send, token

pytestmark = pytest.mark.django_db(transaction=True)
LOST, THREADS, CLIENTS = 1000, 50, 100


@pytest.fixture
def key(settings: Any) -> str:
    settings.API_REQUESTS_A_MINUTE = 10**9
    return token()


_site = Client(raise_request_exception=False)


def _in_process(method: str, path: str, key: str, body: Any, **headers: str) -> tuple[int, bytes, Any]:
    """One request in this process, in a thread with a connection of its own."""
    try:
        sent = () if body is None else (json.dumps(body), "application/json")
        answer = getattr(_site, method)(path, *sent, headers={"authorization": f"Bearer {key}", **headers})
        return answer.status_code, answer.content, answer
    finally:
        connections.close_all()


@pytest.mark.timeout(900)
def test_a_thousand_lost_answers_make_a_thousand_records(key: str, live_server: LiveServer) -> None:
    with loses_answers(live_server.url) as proxy:
        proxy.loses = True

        def push(number: int) -> bool:
            """Whether the answer to the second attempt is the one that was lost, byte for byte."""
            body, told = {"name": company(number)}, {"Idempotency-Key": f"push-{number}"}
            with pytest.raises(OSError):
                send("POST", f"{proxy.url}/api/v1/organisations", key, body, **told)
            status, answer, headers = send("POST", f"{live_server.url}/api/v1/organisations", key, body, **told)
            assert (status, headers.get("Idempotency-Replayed")) == (201, "true"), answer
            return answer == proxy.lost[f"push-{number}"]

        # On SQLite one writes at a time: more than one at once would only wait.
        with ThreadPoolExecutor(4 if connection.vendor == "postgresql" else 1) as pool:
            identical = sum(pool.map(push, range(LOST)))
    records = Organisation.objects.filter(name__startswith="㈜").count()
    print(f"lost {len(proxy.lost)}, records {records}, identical {identical}")
    assert (len(proxy.lost), records, identical) == (LOST, LOST, LOST)


def test_fifty_at_one_key_have_one_effect(key: str) -> None:
    def push(_number: int) -> tuple[int, bytes]:
        status, body, answer = _in_process(
            "post", "/api/v1/organisations", key, {"name": "㈜한번"}, **{"idempotency-key": "one"}
        )
        assert status != 409 or answer["Retry-After"]
        return status, body

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(push, range(THREADS)))
    statuses = [status for status, _body in answers]
    assert set(statuses) <= {201, 409} and 201 in statuses
    assert len({body for status, body in answers if status == 201}) == 1
    assert Organisation.objects.filter(name="㈜한번").count() == 1


def test_the_second_is_told_that_the_first_still_runs(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work, may_end = Event(), Event()
    made = OrganisationViewSet.create_record

    def slowly(*args: Any, **kwargs: Any) -> Any:
        at_work.set()
        assert may_end.wait(60)
        return made(*args, **kwargs)

    def push(_number: int) -> tuple[int, bytes, Any]:
        return _in_process("post", "/api/v1/organisations", key, {"name": "㈜한번"}, **{"idempotency-key": "one"})

    monkeypatch.setattr(OrganisationViewSet, "create_record", slowly)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(push, 1)
        assert at_work.wait(60)
        status, _body, answer = push(2)
        may_end.set()
        assert (status, answer.headers["Retry-After"].isdigit()) == (409, True)
        assert first.result()[0] == 201
    status, body, answer = push(3)
    assert (status, body, answer.headers["Idempotency-Replayed"]) == (201, first.result()[1], "true")


def test_a_hundred_at_one_record_lose_no_change(key: str) -> None:
    made = json.loads(_in_process("post", "/api/v1/organisations", key, {"name": "㈜모두"})[1])
    place = f"/api/v1/organisations/{made['id']}"

    def change(number: int) -> int:
        """Reads, and adds to what was read; tries once, as a client that gives up at the first conflict."""
        _status, body, answer = _in_process("get", place, key, None)
        told = {"note": f"{json.loads(body)['note']} {number}"}
        return _in_process("patch", place, key, told, **{"if-match": answer["ETag"]})[0]

    with ThreadPoolExecutor(THREADS) as pool:
        statuses = list(pool.map(change, range(CLIENTS)))
    landed = [number for number, status in enumerate(statuses) if status == 200]
    print(f"landed {len(landed)}, refused {statuses.count(412)}")
    assert set(statuses) == {200, 412}
    found = Organisation.objects.get(pk=made["id"])
    assert found.version == 1 + len(landed)
    assert sorted(int(number) for number in found.note.split()) == landed


def test_a_hundred_at_one_name_make_one_record(key: str) -> None:
    def put(number: int) -> int:
        return _in_process("put", "/api/v1/organisations/by-external-id/kotra/K-1", key, {"name": "㈜이름"})[0]

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(put, range(CLIENTS)))
    assert set(statuses) <= {201, 428} and statuses.count(201) == 1
    assert Organisation.objects.filter(name="㈜이름").count() == 1


def test_batches_about_the_same_records_in_any_order_all_land(key: str) -> None:
    """None waits for one that waits for it, and none is told that another came first."""
    names = [{"external_id": {"source": "kotra", "value": f"{number}"}} for number in range(40)]
    place, made = "/api/v1/bulk/organisations", [{"name": company(number), **one} for number, one in enumerate(names)]
    assert _in_process("post", place, key, {"rows": made})[0] == 200

    def push(number: int) -> tuple[int, set[int]]:
        rows = [{**one, "note": f"{number}"} for one in (names, names[::-1])[number % 2]]
        status, body, _answer = _in_process("post", place, key, {"rows": rows})
        return status, {one["status"] for one in json.loads(body).get("results", ())}

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(push, range(12))) == [(200, {200})] * 12
    assert set(Organisation.objects.values_list("version", flat=True)) == {13}


def test_batches_of_the_same_names_at_once_make_each_record_once(key: str) -> None:
    """As of a client that timed out and sends its batch again while the first still runs."""
    rows = [{"name": company(number), "external_id": {"source": "kotra", "value": f"{number}"}} for number in range(60)]

    def push(_number: int) -> tuple[int, list[int]]:
        status, body, _answer = _in_process("post", "/api/v1/bulk/organisations", key, {"rows": rows})
        return status, [one["status"] for one in json.loads(body).get("results", ())]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(push, range(12)))
    assert {status for status, _rows in answers} == {200}
    assert sorted(status for _status, told in answers for status in told) == [200] * 11 * 60 + [201] * 60
    assert Organisation.objects.filter(version=1).count() == 60
