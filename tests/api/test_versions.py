"""What a client is shown of a record changes with its version, and with nothing else: an ETag stands for one content,
and the feed tells of every change."""

import copy
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import RequestFactory

from api.registry import RESOURCES, view_of
from crm.actions import confirmations
from crm.actions.confirmations import Reply
from crm.models import FeedEntry
from crm.queries.confirmations import claim_of
from crm.queries.content import hash_of
from crm.sequencer import number_committed
from crm.values.concurrence import PartnerAnswer
from tests.api.conftest import ApiClient
from tests.api.resources import READABLE
from tests.api.resources import RESOURCES as TRIED
from tests.laws.scenarios import NOW, SCENARIOS, World, make_world

pytestmark = pytest.mark.django_db
Shown = dict[tuple[str, str], dict[str, Any]]


def shown_to(account: Any) -> Shown:
    """Every record as `GET` tells it to this account."""
    plain = RequestFactory().get("/api/v1/")
    request: Any = SimpleNamespace(user=account, auth=None, META=plain.META, headers=plain.headers, _request=plain)
    found = {}
    for name in RESOURCES:
        view = view_of(name, request)
        found |= {(name, str(row["id"])): dict(row) for row in view.represent(list(view.get_queryset()))}
    return found


def changed_silently(before: Shown, after: Shown, head: int) -> set[str]:
    """The fields that tell something else of a record that has no newer version, or of which the feed tells nothing."""
    number_committed()
    told = {str(pk) for pk in FeedEntry.objects.filter(seq__gt=head).values_list("record_id", flat=True)}
    found = set()
    for key, row in after.items():
        old = before.get(key)
        if old is not None and old != row and (row["version"] <= old["version"] or key[1] not in told):
            found |= {f"{key[0]}.{name}" for name in row if row[name] != old[name]}
    return found


@pytest.fixture
def world() -> Iterator[World]:
    """With a link that is open, and one that was answered."""
    with time_machine.travel(NOW, tick=False):
        made = make_world()
        link, _token = confirmations.ask_partner(made.caller, made.outcome, made.company)
        reply = Reply(PartnerAnswer.CONFIRMED, hash_of(claim_of(made.outcome)))
        confirmations.answer_claim(made.caller, link, reply)
        confirmations.ask_partner(made.caller, made.outcome, made.company)
        yield made


def test_what_any_action_changes_has_a_new_version_and_is_in_the_feed(world: World) -> None:
    silent, (before, head) = {}, (shown_to(world.caller.account), number_committed().head)
    for name, scenario in SCENARIOS.items():
        with transaction.atomic():
            # Each on the same record: what it did is taken back.
            scenario(copy.deepcopy(world))
            silent[name] = changed_silently(before, shown_to(world.caller.account), head)
            transaction.set_rollback(True)
    assert {name: fields for name, fields in silent.items() if fields} == {}


@pytest.mark.parametrize("later", [timedelta(days=1), timedelta(days=100)])
def test_time_alone_changes_nothing(api: ApiClient, world: World, later: timedelta) -> None:
    for name, tried in TRIED.items():
        assert api.post(name, tried.body(world)).status_code == 201
    before = shown_to(world.caller.account)
    assert {name for name, _pk in before} >= set(READABLE) - {"criteria", "fx-rates"}
    with time_machine.travel(NOW + later):
        assert shown_to(world.caller.account) == before
