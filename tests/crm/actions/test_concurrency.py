"""Two at once on one record: exactly one wins, the other is told, and nothing is half-written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from crm.actions import events, ledger, outcomes, posting
from crm.actions.base import Conflict, Stale
from crm.models import EventClaim, FeedEntry, LedgerEntry, Outcome
from crm.values.measures import Cause
from tests.laws.scenarios import World, figure, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def both(*deeds: Callable[[], object]) -> list[str]:
    """Starts them together, each in its own thread and connection; what became of each, sorted."""
    together = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        try:
            together.wait(10)
            deed()
            return "done"
        except Exception as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


@pytest.fixture
def world() -> World:
    return make_world()


def copy(world: World) -> Outcome:
    return Outcome.objects.get(pk=world.outcome.pk)


def test_of_two_changes_one_is_stale(world: World) -> None:
    one, two = copy(world), copy(world)
    before, version = FeedEntry.objects.count(), one.version
    ended = both(
        lambda: outcomes.update_outcome(world.caller, one, title="첫째", standing="provisional"),
        lambda: outcomes.update_outcome(world.caller, two, title="둘째", standing="unconfirmed"),
    )
    assert ended == ["Stale", "done"]
    now = copy(world)
    assert (now.version, Outcome.history.filter(id=now.pk, version=now.version).count()) == (version + 1, 1)
    assert {e.standing for e in posting.live_entries(now)} == {now.standing}
    assert FeedEntry.objects.filter(record_type="outcome").count() == 2
    assert FeedEntry.objects.count() > before


def test_of_two_corrections_one_is_a_conflict(world: World) -> None:
    ended = both(
        *(
            lambda value=value: ledger.correct_figure(world.caller, world.money, figure(value=Decimal(value)), "오기")
            for value in (5, 6)
        )
    )
    assert ended == ["Conflict", "done"]
    assert LedgerEntry.objects.filter(reverses=world.money).count() == 1
    assert len([e for e in posting.live_entries(world.outcome) if e.measure == "money"]) == 1


def test_taken_back_and_corrected_at_once(world: World) -> None:
    ended = both(
        lambda: ledger.correct_figure(world.caller, world.money, figure(value=Decimal(5)), "오기"),
        lambda: ledger.reverse_figure(world.caller, world.money, Cause.WITHDRAWAL, "철회"),
    )
    assert ended == ["Conflict", "done"]


@pytest.mark.parametrize("_round", range(3))
def test_a_figure_never_lands_on_what_is_archived_at_that_moment(world: World, _round: int) -> None:
    one, two = copy(world), copy(world)
    ended = both(
        lambda: outcomes.archive_outcome(world.caller, one, "두 번 기록됨"),
        lambda: ledger.post_figure(world.caller, two, figure()),
    )
    # Who came second had another version before him, and looks again.
    if ended == ["Stale", "done"]:
        outcomes.archive_outcome(world.caller, copy(world), "두 번 기록됨")
    assert copy(world).archived_at is not None
    assert posting.live_entries(world.outcome) == []


def test_two_claims_are_never_both_confirmed(world: World) -> None:
    nine = events.state_claim(world.caller, world.event, measure="exhibitors", value="9", source="x")
    ended = both(
        lambda: events.confirm_claim(world.caller, world.claim), lambda: events.confirm_claim(world.caller, nine)
    )
    assert EventClaim.objects.filter(status="confirmed").count() == 1
    assert set(ended) <= {"done", Conflict.__name__, Stale.__name__, "ValidationError"}
