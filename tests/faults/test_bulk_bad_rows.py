"""Batches of a thousand rows in which every tenth is bad, kind of fault by kind of fault: the good land and are told once
each, the bad are named; atomic, nothing is written at all."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from uuid_utils.compat import uuid7

from crm.actions import outcomes
from crm.actions.org_units import record_programme, update_programme
from crm.actions.outcomes import Circle, record_outcome, update_outcome
from crm.models import FeedReader, KeptAnswer, TokenUse
from crm.values.evidence import Grade
from crm.values.measures import Disclosure, OutcomeKind, Role
from tests.faults.feed_clients import token
from tests.laws.scenarios import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
ROWS, EVERY = 1000, 10
BAD = range(EVERY // 2, ROWS, EVERY)
Row = dict[str, Any]
FIRST_ID = str(uuid7())  # of the first row
NOBODYS = "01890000-0000-7000-8000-00000000ffff"


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rows are about: the world, and a hundred programmes that are there, each in its second version."""

    world: World
    programmes: tuple[str, ...]
    open_to_all: str
    closed: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of bad row: the n-th of them, and how it is named. `pointer` is within the row."""

    row: Callable[[Scene, int], Row]
    pointer: str
    code: str
    status: int = 422
    resource: str = "programmes"
    role: Role = Role.ADMINISTRATOR


def _programme(**fields: Any) -> Callable[[Scene, int], Row]:
    return lambda _scene, number: {"name": f"사업 {number}", **fields}


def _plan(**fields: Any) -> Callable[[Scene, int], Row]:
    return lambda scene, number: {"title": f"할 일 {number}", "outcome": scene.open_to_all, **fields}


def _named(value: str) -> Row:
    return {"external_id": {"source": "push", "value": value}}


FAULTS = {
    "a number for a text": Fault(_programme(name=5), "/name", "invalid"),
    "null for a text": Fault(_programme(name=None), "/name", "null"),
    "an unknown field": Fault(_programme(colour="blue"), "/colour", "unknown_field"),
    "a read-only field": Fault(_programme(created_at="2023-01-01T00:00:00Z"), "/created_at", "read_only"),
    "what is required is missing": Fault(lambda _s, n: {"name_en": f"No {n}"}, "/name", "required"),
    "an empty name": Fault(_programme(name=""), "/name", "blank"),
    "too long a text": Fault(_programme(name="가" * 201), "/name", "max_length"),
    "NUL": Fault(_programme(name="사\0업"), "/name", "null_characters_not_allowed"),
    "half a character": Fault(_programme(name="사\ud800업"), "/name", "surrogate_characters_not_allowed"),
    "an amount that is none": Fault(_programme(size_amount="많음", size_currency="KRW"), "/size_amount", "invalid"),
    "an amount that may have lost digits": Fault(
        _programme(size_amount=1.5, size_currency="KRW"), "/size_amount", "not_exact"
    ),
    "a currency that is none": Fault(_programme(size_amount="5", size_currency="QQQ"), "/size_currency", "invalid"),
    "an amount of no currency": Fault(_programme(size_amount="5"), "/size_currency", "invalid"),
    "an unknown reference": Fault(_programme(lead_unit=NOBODYS), "/lead_unit", "does_not_exist"),
    "a day that is none": Fault(_plan(due_on="2023-02-30"), "/due_on", "invalid", resource="follow-ups"),
    "a word that is not in the list": Fault(_plan(status="later"), "/status", "invalid_choice", resource="follow-ups"),
    "a name that stands in an earlier row": Fault(
        lambda _s, n: {"name": f"사업 {n}", **_named("0")}, "", "conflict", 409
    ),
    "a name that is none": Fault(_programme(external_id={"source": "push"}), "/external_id", "invalid"),
    "an id that stands in an earlier row": Fault(
        lambda s, n: {"id": FIRST_ID, "name": "사업"}, "", "conflict", 409
    ),
    "an id of another version of UUID": Fault(
        lambda _s, n: {"id": str(uuid4()), "name": f"사업 {n}"}, "/id", "not_uuid7"
    ),
    "a new name for an id that is taken": Fault(
        lambda s, n: {"id": s.programmes[n], "name": "사업", **_named(f"new-{n}")}, "", "conflict", 409
    ),
    "a stale version": Fault(lambda s, n: {"id": s.programmes[n], "version": 1, "name": "낡은"}, "", "stale", 412),
    "a version of what is not there": Fault(_programme(version=3), "", "not_found", 404),
    "a version that is no number": Fault(_programme(version="3"), "/version", "invalid"),
    "a reference to what the client does not see": Fault(
        lambda s, n: {"title": f"할 일 {n}", "outcome": s.closed}, "/outcome", "does_not_exist", 422,
        "follow-ups", Role.API_CLIENT,
    ),
    "what the role may not": Fault(
        lambda s, n: {"title": f"할 일 {n}", "outcome": str(s.world.outcome.pk)}, "", "permission_denied", 403,
        "follow-ups", Role.API_CLIENT,
    ),
}  # fmt: skip


@pytest.fixture
def scene() -> Scene:
    now = timezone.now()
    world = make_world(now)
    caller = replace(world.caller, now=now)
    hidden = record_outcome(
        caller, outcomes.Testimony("보도자료", Grade.PRESS), Circle(), kind=OutcomeKind.BUSINESS_MOU, title="비공개 협약",
        disclosure_level=Disclosure.CLOSED, lead_unit=world.unit, event=world.event,
    )  # fmt: skip
    update_outcome(caller, world.outcome, version=world.outcome.version, lead_unit=world.unit)
    own = record_outcome(
        caller,
        outcomes.Testimony("보도자료", Grade.PRESS),
        Circle(),
        kind=OutcomeKind.BUSINESS_MOU,
        title="열린 협약",
        event=world.event,
    )
    programmes = [record_programme(caller, name=f"있는 사업 {number}") for number in range(len(BAD))]
    for one in programmes:
        update_programme(caller, one, version=one.version, name_en="Present")
    return Scene(world, tuple(str(one.pk) for one in programmes), str(own.pk), str(hidden.pk))


def _good(scene: Scene, resource: str, number: int) -> Row:
    row: Row = (
        _named(str(number))
        if number % 3 == 0
        else {"id": FIRST_ID if number == 1 else str(uuid7())}
        if number % 3 == 1
        else {}
    )
    if resource == "follow-ups":
        return {**row, "title": f"좋은 할 일 {number}", "outcome": scene.open_to_all}
    return {**row, "name": f"좋은 사업 {number}", "size_amount": str(number), "size_currency": "KRW"}


def _everything() -> dict[str, int]:
    """How many rows each table has, but those that say that the client has asked."""
    asked = (KeptAnswer, TokenUse, FeedReader)
    return {model.__name__: model._base_manager.count() for model in apps.get_models() if model not in asked}


def _place(error: dict[str, str]) -> tuple[int, str, str]:
    """The row, the place within it, and the code."""
    _empty, rows, index, *rest = error["pointer"].split("/")
    assert rows == "rows"
    return int(index), "".join(f"/{step}" for step in rest), error["code"]


@dataclass(frozen=True, slots=True)
class Pusher:
    key: str
    resource: str

    def send(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        told = {"authorization": f"Bearer {self.key}"}
        if method == "get":
            return Client().get(f"/api/v1/{path}", query, headers=told)
        text = json.dumps(body)
        return Client().post(f"/api/v1/{path}", text, content_type="application/json", headers={**told, **query})

    def push(self, rows: list[Row], **options: Any) -> Any:
        return self.send(
            "post", f"bulk/{self.resource}", {"rows": rows, **options}, **{"idempotency-key": str(options)}
        )

    def told_since(self, after: int) -> list[str]:
        """The ids that the feed tells of behind a place."""
        found: list[str] = []
        while True:
            page = self.send("get", "changes", after=after, limit=1000).json()
            found += [entry["id"] for entry in page["results"]]
            after = page["next_after"]
            if not page["has_more"]:
                return found

    def head(self) -> int:
        return int(self.send("get", "changes/digest").json()["head"])


@pytest.mark.parametrize("kind", FAULTS)
def test_of_a_thousand_rows_the_good_land_and_the_bad_are_named(scene: Scene, kind: str) -> None:
    fault = FAULTS[kind]
    client = Pusher(token("pusher", fault.role), fault.resource)
    rows = [_good(scene, fault.resource, number) for number in range(ROWS)]
    for nth, index in enumerate(BAD):
        rows[index] = fault.row(scene, nth)
    head, before = client.head(), _everything()

    refused = client.push(rows, atomic=True)
    assert refused.status_code == 422, refused.content
    named = [(index, fault.pointer, fault.code) for index in BAD]
    assert [_place(error) for error in refused.json()["errors"]] == named
    assert (client.head(), _everything()) == (head, before)

    answer = client.push(rows)
    results = answer.json()["results"]
    assert [one["index"] for one in results] == list(range(ROWS))
    assert {one["status"] for one in results if one["index"] not in BAD} == {201}
    bad = [results[index] for index in BAD]
    assert {one["status"] for one in bad} == {fault.status}
    assert [_place(error) for one in bad for error in one["errors"]] == named
    landed = [one["id"] for one in results if one["status"] == 201]
    assert len(landed) == len(set(landed)) == ROWS - len(BAD)
    assert sorted(client.told_since(head)) == sorted(landed), "each once, and nothing else"
    model = apps.get_model("crm", {"programmes": "Programme", "follow-ups": "FollowUp"}[fault.resource])
    assert model.objects.filter(pk__in=landed).count() == len(landed)
