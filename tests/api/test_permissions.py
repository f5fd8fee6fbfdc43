"""What a client of another unit is shown and may do."""

from typing import Any

import pytest

from api.registry import RESOURCES
from crm.actions.accounts import issue_token
from crm.actions.external_ids import name_externally
from crm.models import Outcome
from crm.values.measures import Disclosure, Role
from tests.api.answers import problem_of
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES as RESOURCES_BY_NAME
from tests.builders import figure, make_document, make_follow_up, make_outcome, make_unit, system
from tests.builders_closed import make_closed
from tests.builders_concurrence import person
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def led_elsewhere(level: Disclosure) -> Outcome:
    found = make_outcome(
        "다른 부서의 협약",
        figures=[figure()],
        lead_unit=make_unit("기후국"),
        disclosure_level=level,
        content="비밀 내용",
    )
    make_document(found)
    make_follow_up(outcome=found)
    return found


@pytest.fixture
def outside(world: World) -> ApiClient:
    account = person("outside", Role.API_CLIENT, make_unit("경제국"))
    return ApiClient(issue_token(system(), account, "test", ["read", "write"])[1])


def about(api: ApiClient, name: str, outcome: Outcome) -> list[Any]:
    return api.all(name, {"outcome": str(outcome.pk)})


def test_a_closed_outcome_is_not_there(outside: ApiClient, api: ApiClient) -> None:
    closed = led_elsewhere(Disclosure.CLOSED)
    problem_of(outside.get(f"outcomes/{closed.pk}"), 404)
    problem_of(outside.patch(f"outcomes/{closed.pk}", {"note": "x"}, if_match='"1"'), 404)
    assert outside.get("outcomes", {"q": "다른 부서의 협약"}).json()["results"] == []
    for name in ("documents", "ledger-entries", "follow-ups"):
        assert about(outside, name, closed) == [], name
        assert about(api, name, closed) != [], name


def test_nothing_of_what_is_closed_is_at_an_address_of_its_own_in_a_list_or_under_a_name(
    outside: ApiClient, api: ApiClient
) -> None:
    for name, record in make_closed().records.items():
        places = [f"{name}/{record.pk}"]
        if hasattr(RESOURCES[name], "put_named"):
            name_externally(system(), record, "kotra", name)
            places.append(f"{name}/by-external-id/kotra/{name}")
        for place in places:
            assert api.get(place).json()["id"] == str(record.pk), place
            problem_of(outside.get(place), 404)
        assert str(record.pk) in {row["id"] for row in api.all(name, {})}, name
        assert str(record.pk) not in {row["id"] for row in outside.all(name, {})}, name


def test_a_partly_open_outcome_is_named_without_its_texts_and_values(outside: ApiClient, api: ApiClient) -> None:
    partly = led_elsewhere(Disclosure.PARTLY)
    shown, whole = outside.get(f"outcomes/{partly.pk}").json(), api.get(f"outcomes/{partly.pk}").json()
    assert (shown["title"], shown["content"], shown["is_masked"]) == ("다른 부서의 협약", "", True)
    assert (whole["content"], whole["is_masked"]) == ("비밀 내용", False)
    assert outside.get("outcomes", {"q": "비밀"}).json()["results"] == []
    assert (about(outside, "documents", partly), about(outside, "ledger-entries", partly)) == ([], [])
    assert len(about(outside, "follow-ups", partly)) == 1


def test_an_open_outcome_of_others_is_read_and_not_changed(outside: ApiClient) -> None:
    found = led_elsewhere(Disclosure.OPEN)
    assert outside.get(f"outcomes/{found.pk}").json()["content"] == "비밀 내용"
    problem_of(outside.patch(f"outcomes/{found.pk}", {"note": "x"}, if_match=f'"{found.version}"'), 403)


def test_figures_are_the_city_s_and_their_lines_are_masked(outside: ApiClient, api: ApiClient) -> None:
    led_elsewhere(Disclosure.CLOSED)
    asked = ("figures/quarterly", {"period": "2023Q1"})
    seen, whole = outside.get(*asked).json(), api.get(*asked).json()
    assert seen["quarter"] == whole["quarter"]
    assert "다른 부서의 협약" in {o["title"] for o in whole["outcomes"]}
    assert "다른 부서의 협약" not in str(seen)
    assert len(seen["outcomes"]) == len(whole["outcomes"]) and len(seen["entries"]) == len(whole["entries"])


def test_under_a_name_of_its_own_nothing_more_may_be_recorded_about_others(outside: ApiClient) -> None:
    found = led_elsewhere(Disclosure.OPEN)
    bodies: dict[str, dict[str, Any]] = {
        "follow-ups": {"title": "전화", "outcome": str(found.pk), "due_on": "2023-04-07"},
        "documents": {"title": "협약서", "outcome": str(found.pk), "grade": "press", "source": "보도자료"},
        "concurrences": {"outcome": str(found.pk), "org_unit": str(make_unit("환경국").pk), "due_on": "2090-01-01"},
    }
    for name, body in bodies.items():
        problem_of(outside.post(name, body), 403)
        problem_of(outside.put(f"{name}/by-external-id/kotra/1", body), 403)
        rows = [{**body, "external_id": {"source": "kotra", "value": str(number)}} for number in range(2)]
        answer = outside.post(f"bulk/{name}", {"rows": rows})
        assert [one["status"] for one in answer.json()["results"]] == [403, 403], name


def test_what_is_about_ones_own_is_not_moved_to_what_is_others(
    outside: ApiClient, api: ApiClient, world: World
) -> None:
    found = led_elsewhere(Disclosure.OPEN)
    plan = outside.post("follow-ups", {"title": "전화", "event": str(world.event.pk), "due_on": "2023-04-07"}).json()
    moved = outside.patch(f"follow-ups/{plan['id']}", {"outcome": str(found.pk)}, if_match='"1"')
    problem_of(moved, 403)
    assert api.get(f"follow-ups/{plan['id']}").json()["outcome"] is None
    named = outside.patch(f"follow-ups/{plan['id']}", {"title": "통화"}, if_match='"1"')
    assert named.status_code == 200


def test_a_batch_needs_the_scope_that_its_resource_needs(client_of: Any, world: World) -> None:
    body = RESOURCES_BY_NAME["contacts"].body(world)
    plain = client_of(Role.ADMINISTRATOR, ("read", "write"))
    problem_of(plain.post("contacts", body), 403)
    problem_of(plain.post("bulk/contacts", {"rows": [body]}), 403)
    whole = client_of(Role.ADMINISTRATOR, ("read", "write", "personal"))
    assert whole.post("bulk/contacts", {"rows": [body]}).status_code == 200
