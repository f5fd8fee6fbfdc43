"""PUT by the name that another system has for a record: created once, changed by who knows it, never echoed."""

from typing import Any

import pytest

from crm.models import ExternalId, FeedEntry, Organisation, Outcome
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db
PLACE = "organisations/by-external-id/kotra/K-77"


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


@pytest.mark.parametrize("tag", ["1", "x", '"1', '"1", 2'])
def test_a_tag_that_is_none_is_refused_whether_there_is_a_record_or_not(api: ApiClient, tag: str) -> None:
    for _time in range(2):
        assert refused(api.put(PLACE, {"name": "㈜연계"}, if_match=tag), 400) == {("If-Match", "bad_header")}
        api.put(PLACE, {"name": "㈜연계"})


def test_one_name_one_record(api: ApiClient) -> None:
    for _time in range(3):
        api.put(PLACE, {"name": "㈜연계"}, if_match='"1"')
    assert Organisation.objects.filter(name="㈜연계").count() == 1
