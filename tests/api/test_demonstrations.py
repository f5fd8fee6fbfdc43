"""Demonstrations, pitches and what came of them, over the API: what is theirs alone."""

import pytest

from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def test_a_step_is_refused_with_what_is_missing_and_then_kept(api: ApiClient, world: World) -> None:
    made = api.post("demonstrations", RESOURCES["demonstrations"].body(world)).json()
    path, step = f"demonstrations/{made['id']}", {"stage": "running", "taken_on": "2023-02-20"}
    problem = problem_of(api.post(f"{path}/steps", step), 422)
    assert {error["pointer"] for error in problem["errors"]} == {"/stage"} and len(problem["errors"]) == 4
    change = {"testbed_site": "시청 주차장", "site_unit": str(world.unit.pk), "starts_on": "2023-02-20"}
    api.patch(path, change, if_match='"1"')
    answer = api.post(f"{path}/steps", step)
    assert (answer.status_code, answer["ETag"], answer.json()["stage"]) == (201, '"3"', "running")
    (taken,) = answer.json()["steps"]
    assert (taken["from_stage"], taken["stage"], taken["taken_on"]) == ("prepared", "running", "2023-02-20")


def test_kpis_are_replaced_as_a_list(api: ApiClient, world: World) -> None:
    made = api.post("demonstrations", RESOURCES["demonstrations"].body(world)).json()
    path = f"demonstrations/{made['id']}"
    changed = api.patch(path, {"kpis": [{"name": "소음", "target": "60"}]}, if_match='"1"').json()
    assert [(kpi["name"], kpi["target"], kpi["measured"]) for kpi in changed["kpis"]] == [("소음", "60", None)]
    assert refused(api.patch(path, {"kpis": [{"name": "소음"}]}, if_match='"2"')) == {("/kpis/0/target", "required")}
    twice = [{"name": "소음", "target": "60"}] * 2
    ((pointer, _code),) = refused(api.patch(path, {"kpis": twice}, if_match='"2"'))
    assert pointer == "/kpis/1/name"


def test_the_stage_is_read_only(api: ApiClient, world: World) -> None:
    body = {**RESOURCES["demonstrations"].body(world), "stage": "certified"}
    assert ("/stage", "read_only") in refused(api.post("demonstrations", body))


def test_a_pitch_is_scored_and_a_conflict_stops_that(api: ApiClient, world: World) -> None:
    pitch = api.post("pitches", RESOURCES["pitches"].body(world)).json()
    criteria, short = f"events/{pitch['event']}/criteria", [{"name": "기술성", "weight": "99"}]
    assert {pointer for pointer, _code in refused(api.post(criteria, {"criteria": short}))} == {"/criteria"}
    assert api.post(criteria, {"criteria": [{"name": "기술성", "weight": 100}]}).status_code == 201
    judge = api.post("judges", RESOURCES["judges"].body(world)).json()
    (criterion,) = api.get("criteria", {"event": pitch["event"]}).json()["results"]
    path = f"pitches/{pitch['id']}"

    def scoring(points: str) -> dict[str, object]:
        given = [{"criterion": criterion["id"], "points": points}]
        return {"judge": judge["id"], "round": "screened", "points": given}

    ((pointer, _code),) = refused(api.post(f"{path}/scores", scoring("101")))
    assert pointer == "/points/0/points"
    scored = api.post(f"{path}/scores", scoring("87.5"))
    assert (scored.status_code, [s["points"] for s in scored.json()["scores"]]) == (201, ["87.5"])
    assert api.post(f"{path}/conflicts", {"judge": judge["id"], "reason": "자문"}).status_code == 201
    ((pointer, _code),) = refused(api.post(f"{path}/scores", scoring("90")))
    assert pointer == "/judge"
    for step in ({"round": "screened"}, {"round": "finals"}):
        last = api.post(f"{path}/steps", step)
    assert {pointer for pointer, _code in refused(last)} == {"/round"}
    assert api.post(f"{path}/steps", {"status": "out", "reason": "점수 미달"}).json()["status"] == "out"


def test_progress_is_read_only(api: ApiClient, world: World) -> None:
    body = {**RESOURCES["pitches"].body(world), "status": "awarded", "place": 1}
    assert refused(api.post("pitches", body)) == {("/status", "read_only"), ("/place", "read_only")}


def test_a_link_stands_once_and_never_in_a_circle(api: ApiClient, world: World) -> None:
    body = RESOURCES["chain-links"].body(world)
    assert api.post("chain-links", body).status_code == 201
    assert {pointer for pointer, _code in refused(api.post("chain-links", body))} == {"/to_outcome"}
    back = {"from_outcome": body["to_outcome"], "to_demonstration": body["from_demonstration"]}
    assert {pointer for pointer, _code in refused(api.post("chain-links", back))} == {"/to_demonstration"}
    problem_of(api.post("chain-links", {"from_outcome": body["to_outcome"]}), 422)


def test_a_link_that_was_taken_away_stays_archived(api: ApiClient, world: World) -> None:
    made = api.post("chain-links", RESOURCES["chain-links"].body(world)).json()
    path = f"chain-links/{made['id']}/remove"
    assert refused(api.post(path, {})) == {("/reason", "required")}
    assert api.post(path, {"reason": "다른 실증의 계약"}).json()["archived_at"]
    assert api.get("chain-links", {"archived": "false"}).json()["results"] == []
