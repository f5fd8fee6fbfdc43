"""Filters: each finds what it says; one that is malformed is refused, never ignored."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.answers import contract, refused
from tests.api.conftest import ApiClient
from tests.api.resources import READABLE, RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db

NOBODY = "01890000-0000-7000-8000-00000000ffff"
JUNK = ["x", "0", "-1", "\0", "\ud7ff", "%", "9" * 40, "가" * 600, "2023-13-45", "2023-02-07", "0001-01-01", "9999-12-31",
        "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2023-01-01T00:00:00Z", "true", "maybe", NOBODY,
        "ㅂㅌㅍㄹ", "㈜", "!!", "'; DROP TABLE crm_event; --"]  # fmt: skip


def filters_of(name: str) -> set[str]:
    parameters = contract()["paths"][f"/api/v1/{name}"]["get"]["parameters"]
    return {p["name"] for p in parameters if p["in"] == "query"} - {"limit", "cursor", "ordering"}


@pytest.mark.parametrize("name", READABLE)
def test_no_value_of_any_filter_ends_in_a_crash(api: ApiClient, world: World, name: str) -> None:
    assert filters_of(name)
    for parameter in filters_of(name):
        for junk in JUNK:
            answer = api.get(name, {parameter: junk})
            assert answer.status_code in (200, 400), (parameter, junk, answer.content)


@pytest.mark.parametrize("name", READABLE)
def test_an_unknown_an_empty_and_a_double_parameter_are_refused(api: ApiClient, world: World, name: str) -> None:
    known = min(filters_of(name))
    assert refused(api.get(name, {"colour": "blue"}), 400) == {("?colour", "unknown_parameter")}
    assert refused(api.get(name, {known: ["1", "2"]}), 400) == {(f"?{known}", "duplicate_parameter")}
    assert refused(api.get(name, {known: ""}), 400) == {(f"?{known}", "empty_parameter")}


@pytest.mark.parametrize(
    ("name", "query"),
    [("events", {"archived": "maybe"}), ("events", {"kind": "party"}), ("outcomes", {"event": "x"}),
     ("outcomes", {"binding": "maybe"}), ("outcomes", {"signed_from": "2023. 1. 7."}),
     ("outcomes", {"signed_from": "01/07/2023"}), ("events", {"updated_since": "2023-02-07"}),
     ("events", {"updated_since": "2023-02-07T00:00:00"}), ("ledger-entries", {"recorded_to": "yesterday"})],
)  # fmt: skip
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_malformed_filter_is_refused(
    api: ApiClient, world: World, name: str, query: dict[str, str], language: str
) -> None:
    ((pointer, _code),) = refused(api.get(name, query, accept_language=language), 400)
    assert pointer == f"?{next(iter(query))}"


def test_a_relation_that_is_not_there_has_nothing(api: ApiClient, world: World) -> None:
    assert api.get("outcomes", {"event": NOBODY}).json() == {"results": [], "next": None}


def found(api: ApiClient, name: str, query: dict[str, Any]) -> set[str]:
    return {row["id"] for row in api.get(name, query).json()["results"]}


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_updated_since_and_archived_narrow_every_list(api: ApiClient, world: World, name: str) -> None:
    made = api.post(name, RESOURCES[name].body(world)).json()
    assert made["id"] in found(api, name, {"updated_since": made["updated_at"], "archived": "false"})
    later = (world.caller.now + timedelta(days=1)).isoformat()
    assert found(api, name, {"updated_since": later}) == found(api, name, {"archived": "true"}) == set()


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"kind": "investment_mou"}, True),
        ({"kind": "promise"}, False),
        ({"standing": "confirmed"}, True),
        ({"standing": "provisional"}, False),
        ({"stage": "planned"}, True),
        ({"stage": "withdrawn"}, False),
        ({"signed_from": "2023-01-07", "signed_to": "2023-01-07"}, True),
        ({"signed_from": "2023-01-08"}, False),
        ({"signed_to": "2023-01-06"}, False),
        ({"binding": "false"}, True),
        ({"binding": "true"}, False),
        ({"q": "솔 투자"}, True),
        ({"q": "벤텍"}, False),
    ],
)
def test_outcomes_are_found_by_what_they_are(
    api: ApiClient, world: World, query: dict[str, str], is_found: bool
) -> None:
    assert (str(world.outcome.pk) in found(api, "outcomes", query)) is is_found


def test_outcomes_are_found_by_what_they_are_tied_to(api: ApiClient, world: World) -> None:
    mine = {str(world.outcome.pk)}
    assert mine <= found(api, "outcomes", {"event": str(world.event.pk)})
    assert mine <= found(api, "outcomes", {"lead_unit": str(world.unit.pk)})
    assert mine <= found(api, "outcomes", {"organisation": str(world.company.pk)})
    assert not mine & found(api, "outcomes", {"organisation": str(world.buyer.pk)})
    assert not mine & found(api, "outcomes", {"lead_unit": str(world.heir.pk)})


@pytest.mark.parametrize("text", ["벤텍프런티어", "주식회사 벤텍프런티어", "ㅂㅌㅍㄹ", "VENTEC"])
def test_organisations_are_found_as_on_the_pages(api: ApiClient, world: World, text: str) -> None:
    made = api.post("organisations", {"name": "㈜벤텍프런티어"}).json()
    api.post(f"organisations/{made['id']}/aliases", {"name": "Ventec"})
    assert found(api, "organisations", {"q": text}) == {made["id"]}


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"status": "open"}, True),
        ({"status": "done"}, False),
        ({"due_from": "2023-04-07", "due_to": "2023-04-07"}, True),
        ({"due_to": "2023-04-06"}, False),
    ],
)
def test_follow_ups_are_found(api: ApiClient, world: World, query: dict[str, str], is_found: bool) -> None:
    made = api.post("follow-ups", RESOURCES["follow-ups"].body(world)).json()
    assert (made["id"] in found(api, "follow-ups", {**query, "outcome": str(world.outcome.pk)})) is is_found


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"measure": "money", "series": "announced", "currency": "USD"}, True),
        ({"measure": "jobs"}, False),
        ({"value_from": "2023-01-07", "value_to": "2023-01-07"}, True),
        ({"value_from": "2023-01-08"}, False),
        ({"cause": "withdrawal"}, False),
        ({"recorded_to": "2023-01-01T00:00:00Z"}, False),
        ({"recorded_from": "2023-01-01T00:00:00+09:00"}, True),
    ],
)
def test_ledger_entries_are_found(api: ApiClient, world: World, query: dict[str, str], is_found: bool) -> None:
    assert (str(world.money.pk) in found(api, "ledger-entries", query)) is is_found
