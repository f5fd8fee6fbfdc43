"""A request that is sent again because its answer was lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from crm.models import FeedEntry, KeptAnswer, Organisation, guard
from crm.values.measures import Role
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def test_the_same_again_is_the_first_answer_byte_for_byte(api: ApiClient) -> None:
    first = api.post("organisations", {"name": "㈜한번"}, idempotency_key="a-1")
    entries = FeedEntry.objects.count()
    again = api.post("organisations", {"name": "㈜한번"}, idempotency_key="a-1")
    assert (again.status_code, again.content) == (201, first.content)
    assert (again["ETag"], again["Location"]) == (first["ETag"], first["Location"])
    assert again["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    assert Organisation.objects.filter(name="㈜한번").count() == 1 and FeedEntry.objects.count() == entries


def test_another_body_is_refused(api: ApiClient) -> None:
    api.post("organisations", {"name": "㈜한번"}, idempotency_key="a-1")
    body = problem_of(api.post("organisations", {"name": "㈜두번"}, idempotency_key="a-1"), 422)
    assert body["type"].endswith("idempotency_key_reused")
    assert not Organisation.objects.filter(name="㈜두번").exists()


def test_a_key_is_of_one_client_and_one_address(api: ApiClient, client_of: Callable[..., ApiClient]) -> None:
    first = api.post("organisations", {"name": "㈜한번"}, idempotency_key="a-1")
    other = client_of(Role.ADMINISTRATOR).post("organisations", {"name": "㈜한번 더"}, idempotency_key="a-1")
    elsewhere = api.post("programmes", {"name": "사업"}, idempotency_key="a-1")
    assert (first.status_code, other.status_code, elsewhere.status_code) == (201, 201, 201)


def test_the_refusal_of_what_was_asked_is_told_again_byte_for_byte(api: ApiClient) -> None:
    taken = api.post("organisations", {"name": "㈜있는"}).json()["id"]
    for number, (body, status) in enumerate([({"name": ""}, 422), ({"name": "㈜둘", "id": taken}, 409)]):
        first = api.post("organisations", body, idempotency_key=f"a-{number}")
        again = api.post("organisations", body, idempotency_key=f"a-{number}")
        problem_of(first, status)
        assert (again.status_code, again["Content-Type"]) == (status, "application/problem+json")
        assert again.content == first.content and again["Idempotency-Replayed"] == "true"


def test_what_was_mended_has_a_key_of_its_own(api: ApiClient) -> None:
    assert refused(api.post("organisations", {"name": ""}, idempotency_key="a-1")) == {("/name", "blank")}
    mended = problem_of(api.post("organisations", {"name": "㈜한번"}, idempotency_key="a-1"), 422)
    assert mended["type"].endswith("idempotency_key_reused")
    assert api.post("organisations", {"name": "㈜한번"}, idempotency_key="a-2").status_code == 201


def test_a_refused_batch_is_refused_again_and_nothing_of_it_is_kept(api: ApiClient) -> None:
    entries = FeedEntry.objects.count()
    batch = {"rows": [{"name": "㈜하나"}, {"name": ""}], "atomic": True}
    answers = [api.post("bulk/organisations", batch, idempotency_key="a-1") for _time in range(2)]
    assert refused(answers[0]) == {("/rows/1/name", "blank")} and answers[0].content == answers[1].content
    assert FeedEntry.objects.count() == entries and not Organisation.objects.filter(name="㈜하나").exists()


def test_what_is_refused_for_who_asks_or_for_the_moment_may_be_right_later(
    api: ApiClient, client_of: Callable[..., ApiClient], settings: Any
) -> None:
    reader = client_of(Role.ADMINISTRATOR, ("read",))
    problem_of(reader.post("organisations", {"name": "㈜한번"}, idempotency_key="a-1"), 403)
    settings.API_REQUESTS_A_MINUTE = 0
    problem_of(api.post("organisations", {"name": "㈜한번"}, idempotency_key="a-1"), 429)
    assert not KeptAnswer.objects.exists()
    settings.API_REQUESTS_A_MINUTE = 100
    assert api.post("organisations", {"name": "㈜한번"}, idempotency_key="a-1").status_code == 201


def test_a_step_within_a_record_is_taken_once(api: ApiClient, world: World) -> None:
    place = f"organisations/{world.company.pk}/aliases"
    answers = [api.post(place, {"name": "SOLAR"}, idempotency_key="a-1") for _time in range(3)]
    assert {answer.status_code for answer in answers} == {201} and len({answer.content for answer in answers}) == 1


def test_after_seven_days_a_key_is_new(api: ApiClient) -> None:
    api.post("organisations", {"name": "㈜한번"}, idempotency_key="a-1")
    kept = KeptAnswer.objects.get()
    with guard.declared("crm_keptanswer"):
        KeptAnswer.objects.update(answered_at=kept.answered_at - timedelta(days=8))
    assert api.post("organisations", {"name": "㈜두번"}, idempotency_key="a-1").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "한글", "a\tb"])
def test_a_bad_key_is_refused(api: ApiClient, key: str) -> None:
    assert refused(api.post("organisations", {"name": "㈜한번"}, idempotency_key=key), 400) == {
        ("Idempotency-Key", "bad_header")
    }
