"""PUT by the name that another system has for a record: created once, changed by who knows it, never echoed."""

import json
import re
from typing import Any

import pytest

from crm.actions import merges, outcomes
from crm.actions.organisations import record_organisation
from crm.models import Contact, ExternalId, FeedEntry, Merge, Organisation, Outcome
from crm.values.measures import Role
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db
PLACE = "organisations/by-external-id/kotra/K-77"


@pytest.fixture
def feeder(client_of: Any) -> ApiClient:
    made: ApiClient = client_of(Role.ADMINISTRATOR, ("read", "write", "feed"))
    return made


def test_the_first_time_it_is_recorded_under_that_name(api: ApiClient) -> None:
    answer = api.put(PLACE, {"name": "㈜연계"})
    assert (answer.status_code, answer["ETag"]) == (201, '"1"')
    assert answer["Location"] == f"/api/v1/organisations/{answer.json()['id']}"
    again = api.get(PLACE)
    assert (again.status_code, again.json()) == (200, answer.json())
    assert FeedEntry.objects.filter(record_id=answer.json()["id"]).count() == 1


def test_the_same_again_changes_nothing(api: ApiClient) -> None:
    api.put(PLACE, {"name": "㈜연계"})
    entries = FeedEntry.objects.count()
    again = api.put(PLACE, {"name": "㈜연계"}, if_match='"1"')
    assert (again.status_code, again["ETag"], FeedEntry.objects.count()) == (200, '"1"', entries)


def test_what_is_there_is_changed_by_who_knows_its_version(api: ApiClient) -> None:
    first = api.put(PLACE, {"name": "㈜연계", "region": "광주"})
    assert problem_of(api.put(PLACE, {"name": "㈜연계2"}), 428)["type"].endswith("if_match_required")
    assert problem_of(api.put(PLACE, {"name": "㈜연계2"}, if_match='"9"'), 412)["current_version"] == 1
    answer = api.put(PLACE, {"name": "㈜연계2"}, if_match=first["ETag"])
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert (answer.json()["name"], answer.json()["region"]) == ("㈜연계2", "광주")


def test_what_is_told_once_may_be_told_again(api: ApiClient, world: World) -> None:
    body = RESOURCES["outcomes"].body(world)
    place = "outcomes/by-external-id/kotra/%EA%B3%84%EC%95%BD%201"
    assert api.put(place, body).status_code == 201
    again = api.put(place, body, if_match='"1"')
    assert (again.status_code, again["ETag"]) == (200, '"1"')
    assert Outcome.objects.filter(title=body["title"]).count() == 1


@pytest.mark.parametrize("place", ["organisations/by-external-id/KOTRA!/1", "organisations/by-external-id/k/%00",
                                   "organisations/by-external-id/k/" + "x" * 201])  # fmt: skip
def test_what_can_be_no_name_is_not_found(api: ApiClient, place: str) -> None:
    assert api.put(place, {"name": "㈜연계"}).status_code == 404


def test_a_refused_body_leaves_no_name(api: ApiClient) -> None:
    assert refused(api.put(PLACE, {"name": ""})) == {("/name", "blank")}
    assert not ExternalId.objects.filter(value="K-77").exists()


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_every_resource_is_named_the_same_way(api: ApiClient, world: World, name: str) -> None:
    if name == "confirmations":
        assert api.put(f"{name}/by-external-id/kotra/1", {}).status_code == 404
        return
    body: dict[str, Any] = RESOURCES[name].body(world)
    made = api.put(f"{name}/by-external-id/kotra/1", body)
    assert (made.status_code, made["ETag"]) == (201, '"1"'), made.content
    assert api.get(f"{name}/by-external-id/kotra/1").json()["id"] == made.json()["id"]
    again = api.put(f"{name}/by-external-id/kotra/1", body, if_match=made["ETag"])
    assert (again.status_code, again["ETag"], again.json()) == (200, made["ETag"], made.json())


@pytest.fixture
def two(api: ApiClient, world: World) -> tuple[str, str]:
    """Two organisations that one system calls K-1 and K-2, made one: the second stays known by its name."""
    ids = [
        api.put(f"organisations/by-external-id/kotra/{value}", {"name": name}).json()["id"]
        for value, name in (("K-1", "㈜남는"), ("K-2", "㈜가는"))
    ]
    kept, gone = (Organisation.objects.get(pk=pk) for pk in ids)
    merges.merge_organisations(world.caller, kept, gone, reason="같은 회사")
    return ids[0], ids[1]


def test_what_comes_under_the_name_of_a_merged_one_changes_the_one_it_is_part_of(
    api: ApiClient, world: World, two: tuple[str, str]
) -> None:
    kept, gone = two
    place = "organisations/by-external-id/kotra/K-2"
    by_name, by_id = api.get(place), api.get(f"organisations/{gone}")
    assert by_name.json() == by_id.json() and by_name.json()["merged_into"] == kept
    body = {"name": "㈜남는", "region": "광주"}
    version = problem_of(api.put(place, body, if_match='"99"'), 412)["current_version"]
    changed = api.put(place, body, if_match=f'"{version}"')
    assert (changed.status_code, changed.json()["id"], changed.json()["region"]) == (200, kept, "광주")
    assert api.get(f"organisations/{kept}")["ETag"] == changed["ETag"]
    assert api.get(place).json() == by_name.json()
    same = api.put(place, {"id": gone, **body}, if_match=changed["ETag"])
    assert (same.status_code, same["ETag"]) == (200, changed["ETag"])


def test_a_row_of_a_batch_under_the_name_of_a_merged_one_does_too(
    api: ApiClient, world: World, two: tuple[str, str]
) -> None:
    kept, gone = two
    row = {"external_id": {"source": "kotra", "value": "K-2"}, "name": "㈜남는", "region": "서울"}
    (result,) = api.post("bulk/organisations", {"rows": [row]}).json()["results"]
    assert (result["status"], result["id"]) == (200, kept)
    shown = api.get(f"organisations/{kept}").json()
    assert (shown["region"], shown["version"]) == ("서울", result["version"])
    (again,) = api.post("bulk/organisations", {"rows": [{**row, "id": gone}]}).json()["results"]
    assert again == result


def test_merged_on_the_name_leads_to_the_last_and_after_the_way_back_to_its_own(
    api: ApiClient, world: World, two: tuple[str, str]
) -> None:
    kept, gone = two
    last = record_organisation(world.caller, name="㈜마지막")
    merges.merge_organisations(world.caller, last, Organisation.objects.get(pk=kept), reason="같은 회사")
    row = {"external_id": {"source": "kotra", "value": "K-2"}, "name": "㈜새 이름"}
    for expected, merged_before in ((str(last.pk), kept), (kept, gone), (gone, None)):
        (result,) = api.post("bulk/organisations", {"rows": [row]}).json()["results"]
        assert (result["status"], result["id"]) == (200, expected)
        if merged_before is not None:
            merges.undo_merge(world.caller, Merge.objects.get(gone=merged_before))


def test_a_merged_one_is_changed_no_more_by_its_id(api: ApiClient, two: tuple[str, str]) -> None:
    _kept, gone = two
    path = f"organisations/{gone}"
    tag = api.get(path)["ETag"]
    problem_of(api.patch(path, {"region": "서울"}, if_match=tag), 409)
    assert api.get(path)["ETag"] == tag


def test_to_a_merged_one_nothing_is_added(api: ApiClient, two: tuple[str, str]) -> None:
    kept, gone = two
    person = {"organisation": gone, "name": "구매 담당", "legal_basis": "동의", "retention_until": "2090-01-01"}
    for refusal in (api.post(f"organisations/{gone}/aliases", {"name": "GN"}), api.post("contacts", person)):
        assert "㈜남는" in problem_of(refusal, 409)["detail"]
    assert (
        not Contact.objects.filter(organisation=gone).exists()
        and api.get(f"organisations/{gone}").json()["aliases"] == []
    )
    assert api.post("contacts", {**person, "organisation": kept}).status_code == 201


NAMING = ("consultations", "contacts", "demonstrations", "judges", "outcomes", "participations", "pitches")


@pytest.mark.parametrize("path", NAMING)
def test_nothing_is_recorded_of_a_merged_one_with_which_nobody_would_see_it(
    api: ApiClient, world: World, two: tuple[str, str], path: str
) -> None:
    kept, gone = two
    body = json.dumps(RESOURCES[path].body(world))
    told = json.loads(re.sub(f"{world.company.pk}|{world.buyer.pk}", gone, body, count=1))
    before = api.get(path).json()
    assert "㈜남는" in problem_of(api.post(path, told), 409)["detail"]
    (result,) = api.post(f"bulk/{path}", {"rows": [told]}).json()["results"]
    assert result["status"] == 409 and api.get(path).json() == before
    assert api.post(path, json.loads(json.dumps(told).replace(gone, kept))).status_code == 201


@pytest.mark.parametrize("tag", ["1", "x", '"1', '"1", 2'])
def test_a_tag_that_is_none_is_refused_whether_there_is_a_record_or_not(api: ApiClient, tag: str) -> None:
    for _time in range(2):
        assert refused(api.put(PLACE, {"name": "㈜연계"}, if_match=tag), 400) == {("If-Match", "bad_header")}
        api.put(PLACE, {"name": "㈜연계"})


def test_one_name_one_record(api: ApiClient) -> None:
    for _time in range(3):
        api.put(PLACE, {"name": "㈜연계"}, if_match='"1"')
    assert Organisation.objects.filter(name="㈜연계").count() == 1


def _put_away(api: ApiClient, world: World, place: str) -> dict[str, Any]:
    """An outcome under a name, deleted."""
    made = api.put(place, RESOURCES["outcomes"].body(world))
    answer = api.delete(f"outcomes/{made.json()['id']}", if_match=made["ETag"], x_reason="mistake")
    assert (made.status_code, answer.status_code) == (201, 204)
    return dict(made.json())


def test_the_name_of_a_deleted_record_is_free_for_a_new_one(feeder: ApiClient, world: World) -> None:
    place = "outcomes/by-external-id/kotra/C-9"
    old = _put_away(feeder, world, place)
    assert feeder.get(place).status_code == 404
    again = feeder.put(place, RESOURCES["outcomes"].body(world), if_match='"1"')
    assert again.status_code == 201 and again.json()["id"] != old["id"]
    assert feeder.get(place).json() == again.json()
    entries = {one["id"]: one for one in feeder.get("changes", {"types": "outcome", "limit": "1000"}).json()["results"]}
    gone, new = entries[old["id"]], entries[again.json()["id"]]
    assert (gone["deleted"], gone["external_ids"]) == (True, [])
    assert (new["deleted"], new["external_ids"]) == (False, [{"source": "kotra", "value": "C-9"}])
    same = feeder.put(place, RESOURCES["outcomes"].body(world), if_match=again["ETag"])
    assert (same.status_code, same["ETag"]) == (200, again["ETag"])


@pytest.mark.parametrize("is_alone", [True, False])
def test_in_a_batch_too(api: ApiClient, world: World, is_alone: bool) -> None:
    old = _put_away(api, world, "outcomes/by-external-id/kotra/C-9")
    rows = [{**RESOURCES["outcomes"].body(world), "external_id": {"source": "kotra", "value": value}}
            for value in ("C-9", "C-10")[: 1 if is_alone else 2]]  # fmt: skip
    first = api.post("bulk/outcomes", {"rows": rows}).json()["results"]
    assert {one["status"] for one in first} == {201} and first[0]["id"] != old["id"]
    second = api.post("bulk/outcomes", {"rows": rows}).json()["results"]
    assert second == [{**one, "status": 200} for one in first]


def test_the_name_stays_with_the_new_one_when_the_old_one_comes_back(api: ApiClient, world: World) -> None:
    place = "outcomes/by-external-id/kotra/C-9"
    old = _put_away(api, world, place)
    new = api.put(place, RESOURCES["outcomes"].body(world)).json()
    outcomes.restore_outcome(world.caller, Outcome.objects.get(pk=old["id"]), "대조를 위해")
    assert api.get(place).json()["id"] == new["id"] and api.get(f"outcomes/{old['id']}").status_code == 200


def test_the_id_of_a_deleted_record_is_never_another_ones(api: ApiClient, world: World) -> None:
    old = _put_away(api, world, "outcomes/by-external-id/kotra/C-9")
    body = {**RESOURCES["outcomes"].body(world), "id": old["id"]}
    for answer in (api.post("outcomes", body), api.put("outcomes/by-external-id/kotra/C-9", body)):
        assert "id" in problem_of(answer, 409)["detail"]
    (row,) = api.post("bulk/outcomes", {"rows": [{**body, "external_id": {"source": "kotra", "value": "C-9"}}]}).json()[
        "results"
    ]
    assert row["status"] == 409


@pytest.mark.parametrize("field", ["name", "name_en"])
def test_a_formula_is_no_name_of_a_company(api: ApiClient, world: World, field: str) -> None:
    formula = "=cmd|' /C calc'!A0"
    for refusal in (
        api.post("organisations", {"name": "㈜달", field: formula}),
        api.put(PLACE, {"name": "㈜달", field: formula}),
        api.post(f"organisations/{world.company.pk}/aliases", {"name": formula}),
    ):
        assert {pointer for pointer, _code in refused(refusal)} <= {f"/{field}", "/name"}
    assert api.post("organisations", {"name": "E=mc2 랩스"}).status_code == 201
