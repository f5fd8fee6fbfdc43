"""A body that names a record which the client may not see is refused as one that names none: word for word."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from rest_framework import serializers

from api.fields import Reference
from api.registry import RESOURCES as VIEWS
from crm.actions.accounts import issue_token
from crm.actions.demonstrations import record_demonstration
from crm.actions.documents import attach_document
from crm.models import Account, Demonstration, Document, Outcome
from crm.permissions import readable
from crm.values.evidence import Grade
from crm.values.measures import Disclosure, Role
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.builders import make_outcome, make_unit, system
from tests.builders_concurrence import person
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db
# Of the rest every client sees every record.
KEPT = (Outcome, Demonstration, Document)
NOBODY = "01890000-0000-7000-8000-00000000ffff"
OTHERS = {"ledger-entries": lambda w: {
    "outcome": str(w.outcome.pk), "measure": "jobs", "series": "announced", "value": "5", "source": "press",
    "evidence_grade": "press",
}}  # fmt: skip
BODIES = {**{name: one.body for name, one in RESOURCES.items()}, **OTHERS}


@pytest.fixture
def hidden(world: World) -> dict[type[Any], str]:
    """One of each kind of record that can be kept from a client."""
    closed = {"lead_unit": make_unit("기후국"), "disclosure_level": Disclosure.CLOSED}
    outcome = make_outcome("다른 부서의 협약", **closed)
    demonstration = record_demonstration(system(), title="실증", applicant=world.company, technology="로봇", **closed)
    document = attach_document(system(), title="협약서", grade=Grade.SIGNED_DOCUMENT, outcome=outcome, source="원본")
    return {Outcome: str(outcome.pk), Demonstration: str(demonstration.pk), Document: str(document.pk)}


@pytest.fixture
def account(world: World) -> Account:
    return person("outside", Role.API_CLIENT, make_unit("경제국"))


@pytest.fixture
def outside(account: Account) -> ApiClient:
    return ApiClient(issue_token(system(), account, "test", ["read", "write", "personal"])[1])


def references(serializer: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], type[Any]]]:
    """The places in a body at which another record is named, and of which kind it is."""
    for name, field in serializer.fields.items():
        if isinstance(field, Reference) and not field.read_only:
            yield (*path, name), field.queryset.model
        elif isinstance(field, serializers.ListSerializer) and not field.read_only:
            yield from references(field.child, (*path, name, 0))


def places() -> list[tuple[str, tuple[Any, ...], type[Any]]]:
    from api.ledger_entries.serializers import PostSerializer

    found = []
    for name in BODIES:
        serializer = PostSerializer() if name == "ledger-entries" else VIEWS[name].serializer_class()
        found += [(name, path, model) for path, model in references(serializer)]
    return found


def set_at(body: Any, path: tuple[Any, ...], value: str) -> Any:
    changed = deepcopy(body)
    place = changed
    for step in path[:-1]:
        if isinstance(step, str) and not place.get(step):
            place[step] = [{}]
        place = place[step]
    place[path[-1]] = value
    return changed


def test_every_kind_that_can_be_kept_from_a_client_is_tried(account: Account) -> None:
    found = {model for _name, _path, model in places()}
    assert found > set(KEPT)
    for model in found - {*KEPT, Account}:
        assert str(readable(account, model._base_manager.all()).query) == str(model._base_manager.all().query), model


@pytest.mark.parametrize(("name", "path", "model"), [place for place in places() if place[2] in KEPT], ids=str)
def test_hidden_is_as_good_as_unknown(
    outside: ApiClient, world: World, hidden: dict[type[Any], str], name: str, path: tuple[Any, ...], model: type[Any]
) -> None:
    body, told = BODIES[name](world), []
    pointer = "".join(f"/{step}" for step in path)
    for pk in (hidden[model], NOBODY):
        sent = set_at(body, path, pk)
        answer = outside.post(name, sent)
        assert answer.status_code == 422, answer.content
        errors = answer.json()["errors"]
        assert (pointer, "does_not_exist") in {(one["pointer"], one["code"]) for one in errors}
        if hasattr(VIEWS[name], "put_named"):
            row = outside.post(f"bulk/{name}", {"rows": [sent]}).json()["results"][0]
            assert row["status"] == 422
            errors = [*errors, *row["errors"]]
        told.append(_without(errors, pk, *hidden.values()))
    assert told[0] == told[1]


def test_by_a_change_as_well(outside: ApiClient, world: World, hidden: dict[type[Any], str]) -> None:
    made = outside.post("follow-ups", {"title": "전화", "event": str(world.event.pk)})
    path, told = f"follow-ups/{made.json()['id']}", []
    for pk in (hidden[Outcome], NOBODY):
        told.append(_without(outside.patch(path, {"outcome": pk}, if_match=made["ETag"]).json()["errors"], pk))
    assert told[0] == told[1] and "does_not_exist" in told[0]


def _without(errors: Any, *ids: str) -> str:
    told = str(errors)
    for pk in ids:
        told = told.replace(pk, "…")
    return told
