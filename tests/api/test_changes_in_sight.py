"""The change feed tells a client what it may see, that it sees something no longer, and to start over where its sight changed."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest

from crm import sequencer
from crm.actions import outcomes
from crm.actions.documents import update_document
from crm.actions.follow_ups import update_follow_up
from crm.values.evidence import Grade
from crm.values.measures import Disclosure, Role
from tests.api.answers import problem_of
from tests.api.conftest import ApiClient
from tests.api.feeds import ALL, changed, entries, moved, other_token, outsider, pages, place
from tests.builders import make_document, make_follow_up, make_outcome, make_unit
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client_of: Callable[..., ApiClient], world: World) -> ApiClient:
    return client_of(Role.ADMINISTRATOR, ALL)


def test_what_a_client_may_not_see_is_in_no_page_and_no_digest(
    client_of: Callable[..., ApiClient], world: World
) -> None:
    secret = outcomes.record_outcome(
        world.caller,
        outcomes.Testimony("보도자료", Grade.PRESS),
        outcomes.Circle(),
        kind="business_mou",
        title="비공개 협약",
        disclosure_level=Disclosure.CLOSED,
        lead_unit=world.unit,
        event=world.event,
    )
    client = outsider(client_of, world)
    assert str(secret.pk) not in str(client.get("changes", {"limit": "1000"}).json())
    assert client.get(f"outcomes/{secret.pk}").status_code == 404
    told = client.get("changes/digest", {"types": "outcome"}).json()["types"]["outcome"]["count"]
    assert told == len(client.all("outcomes", {}))


def test_what_leaves_its_sight_is_a_tombstone_and_what_is_about_it_too(
    client_of: Callable[..., ApiClient], world: World
) -> None:
    changed(world, lead_unit=world.unit)
    client = outsider(client_of, world)
    at = place(client)
    changed(world, disclosure_level=Disclosure.CLOSED)
    gone = {entry["type"]: entry for entry in entries(client, after=at)}
    assert gone["outcome"]["id"] == str(world.outcome.pk)
    assert {"outcome", "ledger_entry", "follow_up"} <= set(gone)
    assert all((one["deleted"], one["reason"], one["data"]) == (True, "access_lost", None) for one in gone.values())
    at = place(client)
    changed(world, disclosure_level=Disclosure.OPEN)
    back = {entry["type"]: entry for entry in entries(client, after=at)}
    assert {"outcome", "ledger_entry", "follow_up"} <= set(back)
    assert not any(one["deleted"] for one in back.values())


def test_what_is_moved_out_of_its_sight_is_a_tombstone(client_of: Callable[..., ApiClient], world: World) -> None:
    unit, client = make_unit("기후국"), outsider(client_of, world)
    secret = make_outcome("비공개 협약", lead_unit=unit, disclosure_level=Disclosure.CLOSED)
    plan, paper = make_follow_up(outcome=world.outcome), make_document(world.outcome)
    never = make_follow_up(outcome=secret)
    at = place(client)
    update_follow_up(world.caller, plan, outcome=secret)
    update_document(world.caller, paper, outcome=secret)
    update_follow_up(world.caller, never, title="내부 회의")
    gone = {entry["id"]: entry["reason"] for entry in entries(client, after=at) if entry["deleted"]}
    assert gone == {str(plan.pk): "access_lost", str(paper.pk): "access_lost"}


def test_another_unit_means_starting_over(client_of: Callable[..., ApiClient], world: World) -> None:
    client = outsider(client_of, world)
    first = client.get("changes", {"limit": "2"}).json()
    moved(client, world)
    parts = urlsplit(first["next"])
    body = problem_of(client.get(parts.path, dict(parse_qsl(parts.query))), 410)
    assert body["type"].endswith("scope-changed")
    assert problem_of(client.get("changes", {"after": "2"}), 410)["type"].endswith("scope-changed")
    assert entries(client, after=0)
    assert client.get("changes", {"after": "2"}).status_code == 200


def test_each_type_starts_over_by_itself(client_of: Callable[..., ApiClient], world: World) -> None:
    """Ready-made pipelines read a type each, with one token."""
    client = moved(outsider(client_of, world), world)
    assert entries(client, after=0, types="organisation")
    at = {"after": "2"}
    assert client.get("changes", at | {"types": "organisation"}).status_code == 200
    for others in ({"types": "event"}, {"types": "event,organisation"}, {}):
        assert problem_of(client.get("changes", at | others), 410)["type"].endswith("scope-changed")
    assert client.get("changes/organisation", at).status_code == 200
    assert problem_of(client.get("changes/event", at), 410)
    assert entries(client, after=0)
    assert client.get("changes/event", at).status_code == 200


def test_an_old_place_beyond_what_was_read_again_leads_nowhere(
    client_of: Callable[..., ApiClient], world: World
) -> None:
    """It died between starting over and keeping its new place: the old one stands behind what it missed."""
    client = outsider(client_of, world)
    old = place(client)
    moved(client, world)
    assert problem_of(client.get("changes", {"after": str(old)}), 410)
    first = client.get("changes", {"after": "0", "limit": "2"}).json()
    assert problem_of(client.get("changes", {"after": str(old)}), 410)
    assert client.get("changes", {"after": str(first["next_after"])}).status_code == 200


@pytest.mark.parametrize("scopes", [ALL, ("read:events", "feed")])
def test_with_another_token_it_goes_on_where_that_sees_the_same(
    reader: ApiClient, world: World, scopes: tuple[str, ...]
) -> None:
    """What a token of other scopes brings into sight stands behind places that were passed long ago."""
    old = other_token(reader, ("read:events", "feed"))
    at = place(old)
    new = other_token(old, scopes)
    answer = new.get("changes", {"after": str(at)})
    if scopes == ALL:
        assert problem_of(answer, 410)["type"].endswith("scope-changed")
        assert problem_of(new.get("changes", {"after": str(at)}), 410)
        assert {"outcome", "event"} <= {entry["type"] for entry in entries(new, after=0)}
        answer = new.get("changes", {"after": str(at)})
    assert answer.status_code == 200
    assert old.get("changes", {"after": str(at)}).status_code == 200, "the other token is as good as before"


def test_a_first_token_may_follow_from_now_on(reader: ApiClient) -> None:
    head = sequencer.number_committed().head
    assert reader.get("changes", {"after": str(head)}).status_code == 200


def test_a_token_without_the_scope_is_refused(client_of: Callable[..., ApiClient]) -> None:
    assert client_of(Role.ADMINISTRATOR, ("read",)).get("changes").status_code == 403


def test_a_token_of_one_resource_reads_that_one(client_of: Callable[..., ApiClient], world: World) -> None:
    client = client_of(Role.ADMINISTRATOR, ("feed", "read:events"))
    assert {entry["type"] for entry in entries(client)} == {"event"}
    assert client.get("events").status_code == 200
    assert client.get("outcomes").status_code == 403
    assert client.post("events", {}).status_code == 403


def test_people_are_told_to_those_with_the_scope_only(client_of: Callable[..., ApiClient], world: World) -> None:
    client = client_of(Role.ADMINISTRATOR, ("read", "feed"))
    assert "contact" not in {entry["type"] for entry in entries(client)}
    assert world.contact.name not in str(pages(client))
