"""Law 5: the difference between two as-of times is exactly the entries recorded between them, by cause."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from crm.actions import fx, ledger, outcomes
from crm.actions.accounts import system_caller
from crm.actions.base import Caller, Forbidden
from crm.models import LedgerEntry
from crm.values.measures import Cause, Measure, Series
from reports.figures.restatement import restatement
from reports.figures.standing import entries, sums
from tests.laws.scenarios import NOW, World, figure, make_world

pytestmark = pytest.mark.django_db
QUARTER = (date(2023, 1, 1), date(2023, 3, 31))


@pytest.fixture
def world() -> World:
    return make_world()


def at(world: World, days: int) -> Caller:
    return replace(world.caller, now=NOW + timedelta(days=days))


def test_opening_and_causes_make_the_closing(world: World) -> None:
    earlier = NOW + timedelta(hours=1)
    ledger.correct_figure(at(world, 5), world.money, figure(value=Decimal(900000)), "오기")
    ledger.post_figure(at(world, 60), world.outcome, figure(value=Decimal(50000)))
    fx.import_rates(at(world, 61), [fx.Rate("USD", date(2023, 1, 6), Decimal("1271.4"), 1, "서울외국환중개")])
    outcomes.update_outcome(at(world, 62), world.outcome, standing="unconfirmed")
    found = restatement(*QUARTER, earlier, NOW + timedelta(days=90))
    assert found.bridges
    for bridge in found.bridges:
        moved = [value for _cause, value in bridge.by_cause]
        assert bridge.opening + sum(moved, Decimal(0)) == bridge.closing
    causes = {cause for bridge in found.bridges for cause, _value in bridge.by_cause}
    assert {Cause.CORRECTION, Cause.LATE_ENTRY, Cause.RECLASSIFICATION} <= causes
    assert {e.recorded_at > earlier for e in found.entries} == {True}


def test_nothing_between_means_no_difference(world: World) -> None:
    found = restatement(*QUARTER, NOW + timedelta(days=1), NOW + timedelta(days=90))
    assert (found.bridges, found.entries) == ((), ())


def test_an_as_of_reading_never_moves_when_later_entries_arrive(world: World) -> None:
    as_of = NOW + timedelta(hours=1)

    def reading() -> list[dict[str, object]]:
        return sums(entries(*QUARTER, as_of), Measure.MONEY, "kind", "series", "currency")

    before = reading()
    ledger.correct_figure(at(world, 5), world.money, figure(value=Decimal(1)), "오기")
    outcomes.archive_outcome(at(world, 6), world.outcome, "두 번 기록됨")
    assert reading() == before


def test_only_a_backfill_carries_an_earlier_time_and_it_is_flagged(world: World) -> None:
    known = datetime(2023, 2, 7, tzinfo=UTC)
    entry = ledger.post_figure(system_caller(NOW, known), world.outcome, figure(value=Decimal(7)))
    assert (entry.recorded_at, entry.entered_at, entry.is_backfill) == (known, NOW, True)
    ordinary = ledger.post_figure(world.caller, world.outcome, figure(value=Decimal(8)))
    assert (ordinary.recorded_at, ordinary.is_backfill) == (NOW, False)


def test_an_officer_may_not_backfill(world: World) -> None:
    officer = Caller(world.officer, NOW, "page", known_at=datetime(2023, 2, 7, tzinfo=UTC))
    count = LedgerEntry.objects.count()
    with pytest.raises(Forbidden):
        ledger.post_figure(officer, world.outcome, figure())
    assert LedgerEntry.objects.count() == count


def test_a_time_to_come_is_no_backfill(world: World) -> None:
    entry = ledger.post_figure(system_caller(NOW, NOW + timedelta(days=1)), world.outcome, figure())
    assert entry.recorded_at == NOW


def test_a_figure_learned_after_its_quarter_is_a_late_entry(world: World) -> None:
    late = ledger.post_figure(at(world, 60), world.outcome, figure(series=Series.EXPECTED))
    assert late.cause == Cause.LATE_ENTRY
    assert world.money.cause == Cause.FIRST
