"""Personal data by the API: by its own scope, and every showing logged."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from crm.actions import personal_data
from crm.models import AccessLog, KeptAnswer
from crm.values.measures import Role
from tests.api.answers import problem_of
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.builders import system
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def test_every_showing_is_logged(world: World, api: ApiClient) -> None:
    shown = api.get("contacts", x_purpose="연락").json()["results"]
    logged = AccessLog.objects.filter(deed="viewed")
    assert {str(entry.subject_id) for entry in logged} == {row["id"] for row in shown} != set()
    assert {(entry.channel, entry.purpose) for entry in logged} == {("api", "연락")}


@pytest.mark.parametrize("sent", ["연락".encode().decode("latin-1"), "%EC%97%B0%EB%9D%BD", "연락"])
def test_a_purpose_in_korean_arrives_as_it_was_written(world: World, api: ApiClient, sent: str) -> None:
    api.get(f"contacts/{world.contact.pk}", x_purpose=sent)
    assert AccessLog.objects.get().purpose == "연락"


def test_creating_and_changing_one_shows_it_too(world: World, api: ApiClient) -> None:
    made = api.post("contacts", RESOURCES["contacts"].body(world)).json()
    api.patch(f"contacts/{made['id']}", {"position": "과장"}, if_match='"1"')
    assert AccessLog.objects.filter(subject_id=made["id"]).count() == 2


def test_who_was_purged_is_in_no_answer_that_is_kept(world: World, api: ApiClient) -> None:
    body = RESOURCES["contacts"].body(world)
    for name, until in (("구매 담당", "2030-01-01"), ("수출 담당", "2090-01-01")):
        api.post("contacts", {**body, "name": name, "retention_until": until}, idempotency_key=until)
    assert KeptAnswer.objects.count() == 2
    personal_data.purge_expired_contacts(replace(system(), now=datetime(2030, 1, 3, tzinfo=UTC)))
    (kept,) = KeptAnswer.objects.all()
    assert "수출 담당" in bytes(kept.body).decode()


def test_what_the_client_has_already_is_not_shown_again(world: World, api: ApiClient) -> None:
    assert api.get(f"contacts/{world.contact.pk}", if_none_match=f'"{world.contact.version}"').status_code == 304
    assert not AccessLog.objects.exists()


def test_without_the_scope_nobody_is_shown(world: World, client_of: Any) -> None:
    client = client_of(scopes=("read", "write"))
    problem_of(client.get("contacts"), 403)
    problem_of(client.get(f"contacts/{world.contact.pk}"), 403)
    assert not AccessLog.objects.exists()


def test_without_the_role_nobody_is_shown(world: World, client_of: Any) -> None:
    problem_of(client_of(role=Role.LEADERSHIP).get("contacts"), 403)


def test_a_page_of_which_one_cannot_be_logged_is_not_shown(
    world: World, api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.post("contacts", RESOURCES["contacts"].body(world))
    before = AccessLog.objects.count()
    log, calls = personal_data._log, iter([True, False])

    def fail_at_the_second(*args: Any) -> None:
        if not next(calls):
            raise RuntimeError("the log is full")
        log(*args)

    monkeypatch.setattr(personal_data, "_log", fail_at_the_second)
    problem_of(api.get("contacts"), 500)
    assert AccessLog.objects.count() == before


@pytest.mark.parametrize(("field", "value"), [("phone", "12"), ("email", "nobody"), ("retention_until", "soon"),
                                              ("legal_basis", "")])  # fmt: skip
def test_what_is_not_valid_is_named(world: World, api: ApiClient, field: str, value: str) -> None:
    body = {**RESOURCES["contacts"].body(world), field: value}
    assert [error["pointer"] for error in problem_of(api.post("contacts", body), 422)["errors"]] == [f"/{field}"]
