"""What is a part of another record: the claims about an event, the other names of an organisation."""

import pytest

from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db
CLAIM = {"measure": "exhibitors", "value": "9", "source": "보도자료", "as_of": "2023-01-02", "status": "disputed"}


def test_a_claim_stands_beside_the_others_and_raises_the_event_s_version(api: ApiClient, world: World) -> None:
    path = f"events/{world.event.pk}"
    before = api.get(path)
    made = api.post(f"{path}/claims", CLAIM)
    assert (made.status_code, made["Location"]) == (201, f"/api/v1/{path}")
    assert made["ETag"] == f'"{before.json()["version"] + 1}"' == api.get(path)["ETag"]
    claims = [{name: claim[name] for name in CLAIM} for claim in made.json()["claims"]]
    assert CLAIM in claims and len(claims) == len(before.json()["claims"]) + 1


def test_an_alias_belongs_to_its_organisation(api: ApiClient, world: World) -> None:
    made = api.post(f"organisations/{world.buyer.pk}/aliases", {"name": "바이러스 엑스버스터", "language": "ko"})
    assert (made.status_code, made["Location"]) == (201, f"/api/v1/organisations/{world.buyer.pk}")
    assert [alias["name"] for alias in made.json()["aliases"]] == ["바이러스 엑스버스터"]


PARTS = pytest.mark.parametrize(
    ("record", "field", "body"),
    [("events/{event}", "claims", CLAIM), ("organisations/{buyer}", "aliases", {"name": "바이러스 엑스버스터"})],
)


@PARTS
def test_a_part_is_put_away_and_the_record_s_version_rises(
    api: ApiClient, world: World, record: str, field: str, body: dict[str, str]
) -> None:
    there = record.format(event=world.event.pk, buyer=world.buyer.pk)
    before = {one["id"] for one in api.get(there).json()[field]}
    made = api.post(f"{there}/{field}", body)
    (part,) = (one["id"] for one in made.json()[field] if one["id"] not in before)
    answer = api.delete(f"{there}/{field}/{part}", if_match=made["ETag"], x_reason="wrong")
    assert answer.status_code == 200 and {one["id"] for one in answer.json()[field]} == before
    assert answer["ETag"] == api.get(there)["ETag"] != made["ETag"]
    problem_of(api.delete(f"{there}/{field}/{part}", if_match=answer["ETag"], x_reason="again"), 404)


@PARTS
def test_a_part_is_put_away_only_by_who_knows_its_record_and_says_why(
    api: ApiClient, world: World, record: str, field: str, body: dict[str, str]
) -> None:
    there = record.format(event=world.event.pk, buyer=world.buyer.pk)
    old = api.get(there)["ETag"]
    made = api.post(f"{there}/{field}", body)
    known = {one["id"] for one in made.json()[field]}
    path = f"{there}/{field}/{max(known)}"
    problem_of(api.delete(path, x_reason="wrong"), 428)
    problem_of(api.delete(path, if_match=old, x_reason="wrong"), 412)
    problem_of(api.delete(path, if_match=made["ETag"]), 422)
    for nothing in ("01890000-0000-7000-8000-00000000ffff", "not-an-id"):
        problem_of(api.delete(f"{there}/{field}/{nothing}", if_match=made["ETag"], x_reason="wrong"), 404)
    problem_of(api.get(path), 405)
    assert {one["id"] for one in api.get(there).json()[field]} == known


@pytest.mark.parametrize(("path", "body"), [("events/{}/claims", CLAIM), ("organisations/{}/aliases", {"name": "x"})])
def test_a_part_is_refused_like_a_record(api: ApiClient, world: World, path: str, body: dict[str, str]) -> None:
    there = path.format(world.event.pk if "events" in path else world.buyer.pk)
    assert ("/colour", "unknown_field") in refused(api.post(there, {**body, "colour": "blue"}))
    problem_of(api.get(there), 405)
    problem_of(api.post(path.format("01890000-0000-7000-8000-00000000ffff"), body), 404)


def test_only_one_claim_of_a_measure_is_confirmed(api: ApiClient, world: World) -> None:
    path = f"events/{world.event.pk}/claims"
    assert api.post(path, {**CLAIM, "status": "confirmed"}).status_code == 201
    problem_of(api.post(path, {**CLAIM, "value": "8", "status": "confirmed"}), 422)


def test_parts_are_read_with_their_record_only(api: ApiClient, world: World) -> None:
    path, tag = f"events/{world.event.pk}", f'"{api.get(f"events/{world.event.pk}").json()["version"]}"'
    assert refused(api.patch(path, {"claims": []}, if_match=tag)) == {("/claims", "read_only")}
