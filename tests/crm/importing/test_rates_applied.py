"""What an import of rates does to the ledger: values what had none, by reversal, and leaves the rest."""

from datetime import date
from decimal import Decimal

import pytest

from crm.actions import fx, ledger, posting
from crm.actions.fx import Rate, RatesImported
from crm.models import FeedEntry, FxRate, LedgerEntry
from crm.values.measures import Cause
from tests.laws.scenarios import World, figure, make_world

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = date(2023, 1, 6), date(2023, 1, 7)  # signed on the Saturday


@pytest.fixture
def world() -> World:
    return make_world()


def post(world: World, on: date, rate: str = "1271.4", currency: str = "USD", per: int = 1) -> RatesImported:
    return fx.import_rates(world.caller, [Rate(currency, on, Decimal(rate), per, "서울외국환중개")])


def standing(world: World) -> LedgerEntry:
    (entry,) = [e for e in posting.live_entries(world.outcome) if e.measure == "money"]
    return entry


def test_on_a_weekend_the_last_posted_rate_holds(world: World) -> None:
    assert standing(world).krw_value is None
    # Both amounts of the consultation of the 6th, and the outcome's of the 7th.
    assert post(world, FRIDAY).entries_valued == 3
    entry = standing(world)
    assert (entry.krw_value, entry.fx_date, entry.fx_rate) == (Decimal(1_271_400_000), FRIDAY, Decimal("1271.4"))


def test_the_value_comes_by_reversal(world: World) -> None:
    post(world, FRIDAY)
    entry = standing(world)
    assert (entry.cause, entry.replaces_id) == (Cause.FX, world.money.pk)
    reversal = LedgerEntry.objects.get(reverses=world.money)
    assert (reversal.cause, reversal.value, reversal.krw_value) == (Cause.FX, -world.money.value, None)


@pytest.mark.parametrize(("days", "known"), [(10, True), (11, False)])
def test_a_rate_holds_for_ten_days(world: World, days: int, known: bool) -> None:
    post(world, date.fromordinal(SATURDAY.toordinal() - days))
    assert (standing(world).krw_value is not None) is known


@pytest.mark.parametrize("on", [date(2023, 1, 8), date(2022, 12, 1)])
def test_without_a_rate_the_value_is_unknown_and_never_zero(world: World, on: date) -> None:
    post(world, on)
    assert (standing(world).krw_value, standing(world).pk) == (None, world.money.pk)


def test_another_currency_changes_nothing(world: World) -> None:
    assert post(world, FRIDAY, "1350", "EUR").entries_valued == 0


def test_yen_are_quoted_per_hundred(world: World) -> None:
    post(world, FRIDAY, "950.12", "JPY", 100)
    entry = ledger.post_figure(world.caller, world.outcome, figure(value=Decimal(1000), currency="JPY"))
    assert entry.krw_value == Decimal("9501.2")


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    post(world, FRIDAY)
    before = LedgerEntry.objects.count(), FeedEntry.objects.count(), FxRate.history.count()
    assert post(world, FRIDAY) == RatesImported(0, 0, 1, 0)
    assert (LedgerEntry.objects.count(), FeedEntry.objects.count(), FxRate.history.count()) == before


def test_a_changed_rate_is_kept_with_history_and_moves_no_entry(world: World) -> None:
    post(world, FRIDAY)
    valued = standing(world).pk
    assert post(world, FRIDAY, "1280") == RatesImported(0, 1, 0, 0)
    assert [row.rate for row in FxRate.history.order_by("history_id")] == [Decimal("1271.4"), Decimal(1280)]
    assert standing(world).pk == valued


def test_one_absurd_amount_does_not_keep_the_rates_out(world: World) -> None:
    ledger.post_figure(world.caller, world.outcome, figure(value=Decimal(900_000_000_000_000)))
    assert post(world, FRIDAY).entries_valued == 3
