"""Concurrence, approval and delegation through the API: answering what was read, deciding, standing in."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from crm.actions.accounts import issue_token
from crm.actions.outcomes import update_outcome
from crm.models import Account, Approval, Concurrence
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.builders import system
from tests.builders_concurrence import Exchange, agree_all, make_exchange

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange() -> Exchange:
    return make_exchange()


@pytest.fixture
def client() -> Callable[[Account], ApiClient]:
    return lambda account: ApiClient(issue_token(system(), account, "test", ["read", "write"])[1])


def read_hash(api: ApiClient, exchange: Exchange) -> str:
    told: str = api.get(f"outcomes/{exchange.outcome.pk}").json()["content_hash"]
    return told


def test_a_department_answers_what_it_read(exchange: Exchange, client: Callable[[Account], ApiClient]) -> None:
    api, asked = client(exchange.climate_head), exchange.asked(exchange.climate)
    body = {"answer": "agree_with_conditions", "opinion": "환경영향평가 후", "content_hash": read_hash(api, exchange)}
    told = api.patch(f"concurrences/{asked.pk}", body, if_match=f'"{asked.version}"').json()
    assert (told["answer"], told["opinion"], told["capacity"]) == ("agree_with_conditions", "환경영향평가 후", "own")
    assert told["answered_by"] == str(exchange.climate_head.pk)


def test_other_content_is_refused_with_what_changed(exchange: Exchange, client: Callable[[Account], ApiClient]) -> None:
    api, seen = client(exchange.climate_head), exchange.asked(exchange.climate).content_hash
    update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
    asked = exchange.asked(exchange.climate)
    body = {"answer": "agree", "content_hash": seen}
    answer = api.patch(f"concurrences/{asked.pk}", body, if_match=f'"{asked.version}"')
    assert {pointer for pointer, _code in refused(answer)} == {"/content_hash"}
    assert "㈜솔 변경협약" in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"answer": "agree"}, "/content_hash"),
        ({"opinion": "의견"}, "/answer"),
        ({"override_reason": "시급", "answer": "agree"}, "/override_reason"),
    ],
)
def test_half_an_answer_is_refused(
    exchange: Exchange, client: Callable[[Account], ApiClient], body: dict[str, str], pointer: str
) -> None:
    asked = exchange.asked(exchange.climate)
    answer = client(exchange.climate_head).patch(f"concurrences/{asked.pk}", body, if_match=f'"{asked.version}"')
    assert pointer in {found for found, _code in refused(answer)}
    assert Concurrence.objects.get(pk=asked.pk).is_open


def test_of_two_answers_the_second_is_told_the_version(
    exchange: Exchange, client: Callable[[Account], ApiClient]
) -> None:
    api, asked = client(exchange.climate_head), exchange.asked(exchange.climate)
    body = {"answer": "agree", "content_hash": asked.content_hash}
    assert api.patch(f"concurrences/{asked.pk}", body, if_match='"1"').status_code == 200
    assert problem_of(api.patch(f"concurrences/{asked.pk}", body, if_match='"1"'), 412)["current_version"] == 2


def test_submitted_reviewed_and_approved(exchange: Exchange, client: Callable[[Account], ApiClient]) -> None:
    drafter, reviewer, head = client(exchange.drafter), client(exchange.reviewer), client(exchange.head)
    agree_all(exchange)
    made = drafter.post("approvals", {"outcome": str(exchange.outcome.pk), "note": "검토 요청"}).json()
    assert (made["status"], made["content_hash"]) == ("submitted", read_hash(drafter, exchange))
    path, seen = f"approvals/{made['id']}", made["content_hash"]
    reviewed = reviewer.patch(
        path, {"status": "reviewed", "content_hash": seen, "opinion": "이상 없음"}, if_match='"1"'
    )
    assert reviewed.json()["review_opinion"] == "이상 없음"
    body = {"status": "approved", "content_hash": seen, "document_number": "AI국-123"}
    assert head.patch(path, body, if_match='"2"').json()["decided_by"] == str(exchange.head.pk)
    assert drafter.get(f"outcomes/{exchange.outcome.pk}").json()["standing"] == "confirmed"


def test_an_approval_names_the_missing_concurrences(exchange: Exchange, client: Callable[[Account], ApiClient]) -> None:
    made = client(exchange.drafter).post("approvals", {"outcome": str(exchange.outcome.pk)}).json()
    body = {"status": "approved", "content_hash": made["content_hash"]}
    answer = client(exchange.head).patch(f"approvals/{made['id']}", body, if_match='"1"')
    assert answer.status_code == 422
    assert "기후국" in answer.content.decode()
    assert Approval.objects.get().status == "submitted"


@pytest.mark.parametrize("body", [{"status": "approved"}, {"status": "reopened"}, {"opinion": "의견"},
                                  {"status": "recalled", "document_number": "1"}])  # fmt: skip
def test_a_step_takes_what_it_takes(
    exchange: Exchange, client: Callable[[Account], ApiClient], body: dict[str, str]
) -> None:
    api = client(exchange.drafter)
    made = api.post("approvals", {"outcome": str(exchange.outcome.pk)}).json()
    assert api.patch(f"approvals/{made['id']}", body, if_match='"1"').status_code == 422


def test_a_delegation_is_given_used_and_ended(exchange: Exchange, client: Callable[[Account], ApiClient]) -> None:
    today = timezone.localdate().isoformat()
    giver, deputy = client(exchange.climate_head), client(exchange.climate_officer)
    body = {"giver": str(exchange.climate_head.pk), "deputy": str(exchange.climate_officer.pk)}
    made = giver.post("delegations", {**body, "capacity": "acting", "from_on": today, "until_on": today}).json()
    asked = exchange.asked(exchange.climate)
    said = {"answer": "agree", "content_hash": asked.content_hash, "on_behalf_of": str(exchange.climate_head.pk)}
    assert deputy.patch(f"concurrences/{asked.pk}", said, if_match='"1"').json()["capacity"] == "acting"
    path = f"delegations/{made['id']}"
    assert giver.patch(path, {"is_ended": True}, if_match='"1"').json()["is_ended"] is True
    assert giver.patch(path, {"is_ended": False}, if_match='"2"').status_code == 422
