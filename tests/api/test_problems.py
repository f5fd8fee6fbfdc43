"""Whatever goes wrong below /api/ comes as a problem: never a page, never the insides."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from api.events.views import EventViewSet
from crm.values.measures import Role
from tests.api.answers import problem_of
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db
ANONYMOUS = Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["nothing", "events/", "events/x/y", "events/not-an-id", "%0A", "../x", ".."])
def test_an_unknown_address_is_a_problem_too(api: ApiClient, path: str) -> None:
    assert problem_of(api.get(path), 404)["instance"].startswith("/api/")


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*", "image/png"])
@pytest.mark.parametrize("path", ["/api/", "/api/v1", "/api/v1/nothing", "/api/docs/x"])
def test_an_unknown_address_is_a_problem_for_everybody(path: str, accept: str) -> None:
    problem_of(ANONYMOUS.get(path, headers={"accept": accept}), 404)


@pytest.mark.parametrize("path", ["/api/v1/schema/", "/api/docs/"])
def test_the_documentation_refuses_with_problems_as_well(path: str) -> None:
    problem_of(ANONYMOUS.get(path, headers={"accept": "image/png"}), 406)
    problem_of(ANONYMOUS.get(path, {"colour": "blue"}), 400)
    answer = ANONYMOUS.post(path)
    problem_of(answer, 405)
    assert "GET" in answer["Allow"]


def test_a_host_that_is_not_ours_is_a_problem_too(api: ApiClient) -> None:
    problem_of(api.get("events", host="evil.example"), 400)


def test_what_nobody_foresaw_keeps_its_insides(
    api: ApiClient, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: Any, **_fields: Any) -> None:
        raise RuntimeError("the password is hunter2")

    monkeypatch.setattr(EventViewSet, "create_action", fail)
    answer = api.post("events", RESOURCES["events"].body(world), x_request_id="night-run-7")
    assert problem_of(answer, 500)["request_id"] == "night-run-7"
    assert b"hunter2" not in answer.content
    assert "hunter2" in caplog.text


@pytest.mark.parametrize(("language", "word"), [("ko", "매개변수"), ("en", "parameter"), ("", "매개변수")])
def test_texts_follow_the_client_s_language_and_codes_do_not(api: ApiClient, language: str, word: str) -> None:
    headers = {"accept_language": language} if language else {}
    body = problem_of(api.get("events", {"colour": "x"}, **headers), 400)
    assert word in body["errors"][0]["detail"]
    assert body["type"] == "urn:ieum:problem:unknown_parameter"


def test_the_client_s_request_id_comes_back(api: ApiClient) -> None:
    assert api.get("events", x_request_id="night-run-7")["X-Request-ID"] == "night-run-7"
    assert problem_of(api.get("nothing", x_request_id="night-run-8"), 404)["request_id"] == "night-run-8"


@pytest.mark.parametrize("given", ["", "x" * 101, "é", "a\tb"])
def test_one_that_could_spoil_a_log_is_replaced(api: ApiClient, given: str) -> None:
    assert len(api.get("events", x_request_id=given)["X-Request-ID"]) == 36


def test_html_is_not_offered(api: ApiClient) -> None:
    problem_of(api.get("events", accept="text/html"), 406)


def test_the_address_does_not_choose_the_format(api: ApiClient) -> None:
    problem_of(api.get("events", {"format": "json"}), 400)
    problem_of(api.get("events", {"format": "xml"}), 400)


@pytest.mark.parametrize("place", ["events", "events/by-external-id/kotra/1", "changes", "figures/quarterly", "schema/",
                                   "events/01890000-0000-7000-8000-00000000ffff", "bulk/events", ""])  # fmt: skip
def test_every_address_says_what_is_offered_and_refuses_the_rest_before_it_reads_parameters(
    client_of: Callable[..., ApiClient], place: str
) -> None:
    api = client_of(Role.ADMINISTRATOR, ("read", "write", "feed"))
    said = Client().generic("OPTIONS", f"/api/v1/{place}", headers={"authorization": f"Bearer {api.token}"})
    offered = set(said["Allow"].split(", "))
    assert said.status_code == 204 and {"OPTIONS"} < offered
    for method in {"TRACE", "PROPFIND", "GET", "POST", "PUT", "PATCH", "DELETE"} - offered:
        path, headers = f"/api/v1/{place}?colour=blue", {"authorization": f"Bearer {api.token}"}
        answer = Client().generic(method, path, headers=headers)
        problem_of(answer, 405)
        assert set(answer["Allow"].split(", ")) == offered
