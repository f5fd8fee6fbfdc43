"""Whatever is done to one outcome in whatever order: what stands is what was added up, and the past stays."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.actions import ledger, outcomes, posting
from crm.actions.base import Caller
from crm.models import LedgerEntry, Outcome
from crm.values.measures import Cause
from reports.figures.standing import entries, sums
from tests.laws.scenarios import NOW, World, figure, make_world

pytestmark = pytest.mark.django_db
GROUP = ("kind", "series", "standing", "currency", "basis")
DEEDS = ("post", "correct", "reverse", "reclassify", "date", "archive")
Y = date(2023, 1, 1), date(2023, 12, 31)


def do(deed: str, caller: Caller, outcome: Outcome, number: int) -> None:
    money = [e for e in posting.live_entries(outcome) if e.measure == "money"]
    if outcome.archived_at is not None:
        return
    if deed == "post":
        ledger.post_figure(caller, outcome, figure(value=Decimal(number)))
    elif deed == "correct" and money:
        ledger.correct_figure(caller, money[number % len(money)], figure(value=Decimal(number)), "오기")
    elif deed == "reverse" and money:
        ledger.reverse_figure(caller, money[number % len(money)], Cause.WITHDRAWAL, "철회")
    elif deed == "reclassify":
        outcomes.update_outcome(caller, outcome, standing=("confirmed", "provisional", "unconfirmed")[number % 3])
    elif deed == "date":
        outcomes.update_outcome(caller, outcome, signed_on=date(2023, 1 + number % 12, 1))
    elif deed == "archive" and number > 45:
        outcomes.archive_outcome(caller, outcome, "두 번 기록됨")


def reading(moment: object) -> object:
    return sums(entries(*Y, moment), "money", *GROUP), sums(entries(*Y, moment), "count", *GROUP)  # type: ignore[arg-type]


def live_sums(outcome: Outcome) -> dict[tuple[str, ...], Decimal]:
    found: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for entry in posting.live_entries(outcome):
        found[(entry.measure, *(getattr(entry, name) for name in GROUP))] += entry.value
    return dict(found)


def signed_sums(outcome: Outcome) -> dict[tuple[str, ...], Decimal]:
    found: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for entry in LedgerEntry.objects.filter(outcome=outcome):
        found[(entry.measure, *(getattr(entry, name) for name in GROUP))] += entry.value
    return {group: total for group, total in found.items() if total}


@pytest.fixture
def world() -> World:
    return make_world()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(1, 50)), min_size=1, max_size=7))
def test_what_stands_is_the_signed_sum_and_the_past_stays(world: World, steps: list[tuple[str, int]]) -> None:
    undo = transaction.savepoint()
    past: dict[object, object] = {}
    for day, (deed, number) in enumerate(steps):
        moment = NOW + timedelta(days=day, hours=1)
        do(deed, replace(world.caller, now=moment), Outcome.objects.get(pk=world.outcome.pk), number)
        past[moment] = reading(moment)
        assert live_sums(world.outcome) == signed_sums(world.outcome)
    assert {moment: reading(moment) for moment in past} == past
    transaction.savepoint_rollback(undo)
