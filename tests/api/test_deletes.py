"""DELETE puts away: with a reason, by who knows the version, and a mirror hears of it."""

from collections.abc import Callable
from typing import Any

import pytest

from crm.models import Outcome
from crm.values.measures import Role
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.feeds import entries
from tests.api.resources import DELETABLE, RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def test_what_is_deleted_is_put_away(api: ApiClient, world: World) -> None:
    place = f"outcomes/{world.outcome.pk}"
    tag = api.get(place)["ETag"]
    assert problem_of(api.delete(place, x_reason="두 번 기록"), 428)["status"] == 428
    assert problem_of(api.delete(place, if_match='"99"', x_reason="두 번 기록"), 412)["current_version"]
    assert refused(api.delete(place, if_match=tag)) == {("/reason", "invalid")}
    assert api.delete(place, if_match=tag, x_reason="%EB%91%90%20%EB%B2%88").status_code == 204
    assert api.get(place).status_code == 404 and api.delete(place, if_match=tag, x_reason="x").status_code == 404
    kept = Outcome.objects.get(pk=world.outcome.pk)
    assert kept.archived_at is not None and kept.history.latest("history_date").history_change_reason == "두 번"
    assert str(kept.pk) in {one["id"] for one in api.all("outcomes", {"archived": "true"})}


@pytest.mark.parametrize("kind", sorted(DELETABLE))
def test_every_kind_that_can_be_deleted_is_gone_with_a_tombstone(
    client_of: Callable[..., ApiClient], world: World, kind: str
) -> None:
    api = client_of(Role.ADMINISTRATOR, ("read", "write", "feed", "personal"))
    made = api.post(kind, RESOURCES[kind].body(world))
    place, change = f"{kind}/{made.json()['id']}", RESOURCES[kind].change
    tag = api.get(place)["ETag"]
    assert refused(api.delete(place, if_match=tag)) == {("/reason", "invalid")}
    problem_of(api.delete(place, if_match='"99"', x_reason="x"), 412)
    assert api.delete(place, if_match=tag, x_reason="by mistake").status_code == 204
    problem_of(api.get(place), 404)
    problem_of(api.patch(place, change, if_match=tag), 404)
    problem_of(api.delete(place, if_match=tag, x_reason="x"), 404)
    (told,) = (one for one in entries(api) if one["id"] == made.json()["id"])
    assert (told["deleted"], told["data"]) == (True, None)
    assert told["reason"] == ("purged" if kind == "contacts" else "deleted")
    kept, shown = ({one["id"] for one in api.all(kind, {"archived": asked})} for asked in ("true", "false"))
    assert made.json()["id"] in kept - shown


def test_what_others_rest_on_is_not_deleted(api: ApiClient, world: World) -> None:
    """The event has outcomes, the document has figures: they would hang in the air."""
    place = f"events/{world.event.pk}"
    assert api.delete(place, if_match=api.get(place)["ETag"], x_reason="x").status_code == 422
    assert api.get(place).status_code == 200


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("demonstrations", {"stage": "terminated", "taken_on": "2023-02-20", "reason": "철회"}),
        ("outcomes", {"stage": "cancelled", "taken_on": "2023-02-20", "reason": "철회"}),
        ("pitches", {"status": "rejected"}),
    ],
)
def test_what_is_deleted_is_not_there_to_be_changed(
    api: ApiClient, world: World, kind: str, step: dict[str, Any]
) -> None:
    made = api.post(kind, RESOURCES[kind].body(world))
    place = f"{kind}/{made.json()['id']}"
    assert api.delete(place, if_match=made["ETag"], x_reason="x").status_code == 204
    for tag in (made["ETag"], '"2"'):
        problem_of(api.patch(place, RESOURCES[kind].change, if_match=tag), 404)
    problem_of(api.post(f"{place}/steps", step), 404)


def test_what_is_never_put_away_says_which_methods_there_are(api: ApiClient, world: World) -> None:
    answer = api.delete(f"organisations/{world.company.pk}", if_match='"1"')
    assert answer.status_code == 405 and "PATCH" in answer["Allow"] and "DELETE" not in answer["Allow"]
