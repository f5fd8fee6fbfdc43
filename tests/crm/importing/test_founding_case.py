"""The founding case: loaded whole, contradictions kept, known since the day of the briefing, twice changes nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps

from crm.importing.founding_case.loading import Loaded, load_founding_case
from crm.importing.founding_case.reading import read_founding_case
from crm.models import Event, EventClaim, FollowUp, LedgerEntry, Organisation, OrgUnit, Outcome, Party, UnitSuccession
from crm.values.periods import Quarter, parse_as_of
from reports.figures.quarterly import quarterly
from reports.figures.standing import record_as_of
from tests.founding_case import CASE

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 9, 1, tzinfo=UTC)
Q1 = Quarter(2023, 1)


def load(now: datetime = NOW) -> Loaded:
    return load_founding_case(read_founding_case(CASE.read_bytes()), now)


@pytest.fixture
def case() -> Loaded:
    return load()


def rows_of_every_table() -> dict[str, int]:
    return {model.__name__: model._base_manager.count() for model in apps.get_app_config("crm").get_models()}


def claims(event: str, measure: str) -> set[tuple[str, str]]:
    found = EventClaim.objects.filter(event__code=event, measure=measure)
    return set(found.values_list("value", "status"))


def test_everything_is_there(case: Loaded) -> None:
    assert (Outcome.objects.count(), Event.objects.count(), Organisation.objects.count()) == (7, 3, 7)
    assert OrgUnit.objects.count() == 8
    assert case.added > 0
    assert case.present == 0


def test_twice_changes_nothing(case: Loaded) -> None:
    before = rows_of_every_table()
    again = load(datetime(2024, 1, 1, tzinfo=UTC))
    assert again.added == 0
    assert rows_of_every_table() == before


def test_what_an_officer_changed_stays_when_it_is_loaded_again(case: Loaded) -> None:
    from crm.actions.accounts import system_caller
    from crm.actions.organisations import update_organisation

    organisation = Organisation.objects.get(name="ESTV")
    update_organisation(system_caller(NOW), organisation, sector="e-sports")
    load()
    assert Organisation.objects.get(name="ESTV").sector == "e-sports"


@pytest.mark.parametrize(
    ("event", "measure", "kept"),
    [
        ("ces-2023", "exhibitors", {("8", "superseded"), ("9", "confirmed")}),
        ("us-trip-2023", "length", {("6박 9일", "confirmed"), ("6박 8일", "disputed")}),
    ],
)
def test_contradicting_claims_stand_side_by_side(
    case: Loaded, event: str, measure: str, kept: set[tuple[str, str]]
) -> None:
    assert claims(event, measure) == kept


def test_one_paper_has_two_names(case: Loaded) -> None:
    sol = Outcome.objects.get(code="o2-sol")
    assert (sol.title_as_signed, sol.also_called) == ("투자협약", ["업무협약"])
    assert Party.objects.get(outcome=sol).organisation.name == "㈜솔"


def test_the_annual_contract_has_no_total(case: Loaded) -> None:
    contract = Outcome.objects.get(code="o3-ventech")
    entry = LedgerEntry.objects.get(outcome=contract, measure="money")
    assert (entry.value, entry.basis, entry.as_reported) == (Decimal(10_000_000), "annual", "연간 1천만 달러")
    assert (contract.term_years, contract.signed_on, entry.krw_value) == (None, None, None)


def test_what_the_report_left_out_is_unconfirmed(case: Loaded) -> None:
    assert Outcome.objects.get(code="o7-rtf").standing == "unconfirmed"


def test_a_promise_has_no_money(case: Loaded) -> None:
    promises = Outcome.objects.filter(kind="promise")
    assert promises.count() == 2
    assert set(LedgerEntry.objects.filter(outcome__in=promises).values_list("measure", flat=True)) == {"count"}


def test_directives_wait_unassigned(case: Loaded) -> None:
    follow_ups = FollowUp.objects.filter(directive__isnull=False)
    assert follow_ups.count() == 4
    assert set(follow_ups.values_list("assignee", "org_unit", "due_on")) == {(None, None, None)}


def test_the_units_have_their_heirs(case: Loaded) -> None:
    pairs = set(UnitSuccession.objects.values_list("predecessor__name", "successor__name"))
    assert pairs == {("인공지능산업국", "인공지능산업실"), ("경제창업실", "경제창업국")}
    assert OrgUnit.objects.get(name="경제창업실").current(date(2023, 9, 1)).name == "경제창업국"


def test_it_is_a_backfill_with_the_true_time_of_entry(case: Loaded) -> None:
    for entry in LedgerEntry.objects.all():
        assert entry.recorded_at == datetime(2023, 2, 7, tzinfo=UTC)
        assert (entry.entered_at, entry.is_backfill) == (NOW, True)


def test_claims_were_known_on_their_own_days(case: Loaded) -> None:
    known = dict(EventClaim.objects.filter(measure="exhibitors").values_list("value", "created_at"))
    assert known == {"8": datetime(2023, 1, 3, tzinfo=UTC), "9": datetime(2023, 1, 6, tzinfo=UTC)}


def test_the_day_before_nothing_was_known(case: Loaded) -> None:
    figures = quarterly(Q1, parse_as_of("2023-02-06"))
    assert (figures.quarter.counts, figures.quarter.money, figures.outcomes, figures.entries) == ((), (), (), ())
    assert figures.follow_ups.planned == 0


def test_an_outcome_has_no_history_before_it_was_known(case: Loaded) -> None:
    ids = list(Outcome.objects.values_list("pk", flat=True))
    found = record_as_of(Outcome, ids, parse_as_of("2023-02-07"))
    assert {row.history_date for row in found.values()} == {datetime(2023, 2, 7, tzinfo=UTC)}
