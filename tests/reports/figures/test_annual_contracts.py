"""Contracts with a yearly amount: the rate is in no total, each year is reported or not yet, and what is due is told."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from crm.actions import follow_up_rules, ledger, stages
from crm.models import Outcome
from crm.permissions import Sight
from crm.values.evidence import Grade
from crm.values.follow_up_rules import Trigger
from crm.values.measures import Basis, Measure, OutcomeKind, PartyRole, Series
from crm.values.periods import end_of_day
from crm.values.stages import Stage
from reports.building.annual_contracts import build_annual_contracts
from reports.figures.annual_contracts import AnnualContracts, annual_contracts
from reports.figures.contract_lines import YearlyContract
from reports.report import Report, Table
from tests.builders import figure, make_document, make_organisation, make_outcome, make_unit, money_of, system
from tests.reports.traced import traced_sum

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


def now() -> datetime:
    return timezone.now() + timedelta(milliseconds=1)


def contract(title: str = "㈜벤텍프런티어 수출계약", rate: int = 10_000_000, **fields: Any) -> Outcome:
    told = {"series": Series.COMMITTED, "basis": Basis.ANNUAL, "as_reported": "연간 1천만 달러"}
    wanted = {"kind": OutcomeKind.EXPORT_CONTRACT, "signed_on": date(YEAR - 3, 5, 2), "standing": "confirmed", **fields}
    return make_outcome(title, figures=[figure(rate, **told)], **wanted)


def realise(outcome: Outcome, year: int, value: int, currency: str = "USD") -> None:
    paper = make_document(outcome)
    told: dict[str, Any] = {"currency": currency, "evidence": paper, "for_year": year, "value_date": date(year, 12, 20)}
    realised = ledger.Figure(
        Measure.MONEY,
        Series.REALISED,
        Decimal(value),
        "세관",
        Grade(paper.grade),
        **told,
    )
    ledger.post_figure(system(), outcome, realised)


def found(year: int = YEAR, as_of: datetime | None = None) -> AnnualContracts:
    return annual_contracts(year, as_of or now())


def only(year: int = YEAR, as_of: datetime | None = None) -> YearlyContract:
    (one,) = found(year, as_of).contracts
    return one


def report(year: int = YEAR, **how: Any) -> Report:
    return build_annual_contracts(found(year), how.pop("language", "ko"), **how)


def table(key: str, of: Report | None = None) -> Table:
    (one,) = [t for section in (of or report()).sections for t in section.tables if t.key == key]
    return one


def test_a_rate_without_a_term_has_no_total() -> None:
    contract(parties=[(make_organisation("㈜벤텍프런티어"), PartyRole.EXPORTER)])
    one = only()
    assert (one.rate, one.currency, one.as_reported) == (10_000_000, "USD", ("연간 1천만 달러",))
    assert (one.term_years, one.last_year, one.total) == (None, None, None)
    (row,) = table("contracts").rows
    assert row.values[1] == "㈜벤텍프런티어 (수출기업)"
    assert row.values[5] == 10_000_000
    assert row.values[-1] == "총액 미상"
    numbers = {value for s in report().sections for t in s.tables for r in t.rows for value in r.values}
    assert Decimal(30_000_000) not in numbers, "what nobody stated is not multiplied"


def test_with_a_term_the_total_is_derived_and_opens_its_entries() -> None:
    outcome = contract(term_years=3)
    assert only().total == 30_000_000
    assert (only().first_year, only().last_year) == (YEAR - 3, YEAR - 1)
    ledger.post_figure(
        system(), outcome, figure(8_000_000, series=Series.COMMITTED, for_year=YEAR - 2, basis=Basis.TOTAL)
    )
    assert only().total == 28_000_000
    (row,) = table("contracts").rows
    assert traced_sum(row.links[5] or "") == row.values[5] == 10_000_000
    assert traced_sum(row.links[8] or "") == row.values[8] == 28_000_000


def test_each_year_is_reported_or_not_yet() -> None:
    outcome = contract()
    realise(outcome, YEAR - 2, 9_500_000)
    years = {year.year: year for year in only().years}
    assert list(years) == [YEAR - 3, YEAR - 2, YEAR - 1, YEAR]
    assert (years[YEAR - 2].realised, years[YEAR - 2].state) == (9_500_000, "reported")
    assert (years[YEAR - 3].realised, years[YEAR - 3].state) == (None, "overdue")
    assert (years[YEAR].realised, years[YEAR].state) == (None, "to_come")
    rows = {row.values[1]: row for row in table("contract_years").rows}
    reported = rows[str(YEAR - 2)]
    assert reported.values[4] == traced_sum(reported.links[4] or "") == 9_500_000
    assert rows[str(YEAR - 3)].values[4] is None


def test_only_years_up_to_the_asked_one_are_told() -> None:
    contract()
    assert [year.year for year in only(YEAR - 2).years] == [YEAR - 3, YEAR - 2]
    assert found(YEAR - 4).contracts == (), "it was not agreed by then"


def test_a_figure_in_another_currency_stands_in_a_line_of_its_own() -> None:
    outcome = contract()
    realise(outcome, YEAR - 1, 700, "EUR")
    last = [(year.currency, year.realised, year.state) for year in only().years if year.year == YEAR - 1]
    assert last == [("USD", None, "reported"), ("EUR", Decimal(700), "reported")]


@pytest.mark.parametrize(
    ("day", "state"), [((12, 31), "to_come"), ((1, 1), "due"), ((1, 31), "due"), ((2, 1), "overdue")]
)
def test_a_year_is_due_after_its_end_and_overdue_by_the_rule(day: tuple[int, int], state: str) -> None:
    contract(signed_on=date(YEAR, 3, 1))
    year = YEAR if day == (12, 31) else YEAR + 1
    (first, *_rest) = only(YEAR, end_of_day(date(year, *day))).years
    assert (first.year, first.state) == (YEAR, state)


def test_the_rule_of_the_administrator_says_when_it_is_due() -> None:
    contract(signed_on=date(YEAR, 3, 1))
    follow_up_rules.set_rule(system(), Trigger.YEARLY_FIGURE_DUE, "", [90])
    later = end_of_day(date(YEAR + 1, 2, 1))
    assert annual_contracts(YEAR, later).due_days == 90
    assert only(YEAR, later).years[0].state == "due"


def test_of_an_ended_contract_nothing_is_due() -> None:
    outcome = contract()
    assert table("years_due").rows
    stages.take_step(system(), outcome, Stage.TERMINATED, taken_on=date(YEAR - 1, 1, 2), reason="해지")
    assert {year.state for year in only().years} == {"ended"}
    assert table("years_due").rows == ()
    assert found().rates == (), "and its rate runs no more"


def test_what_is_due_names_the_unit_or_says_that_nobody_has_it() -> None:
    contract(signed_on=date(YEAR - 1, 3, 1), lead_unit=make_unit("경제창업실"))
    contract("다른 계약", signed_on=date(YEAR - 1, 3, 1))
    told = {row.values[0]: row.values[2] for row in table("years_due").rows if row.values[1] == str(YEAR - 1)}
    assert told == {"㈜벤텍프런티어 수출계약": "경제창업실", "다른 계약": "미지정"}


def test_rates_stand_side_by_side_by_kind_series_and_currency() -> None:
    contract()
    contract("둘째 계약", 2_000_000)
    make_outcome(
        "업무협약", kind=OutcomeKind.BUSINESS_MOU, figures=[figure(5, basis=Basis.ANNUAL)], standing="confirmed"
    )
    contract("미확인 계약", 7, standing="unconfirmed")
    sums = {(rate.kind, rate.series, rate.currency): (rate.contracts, rate.rate) for rate in found().rates}
    assert sums == {
        ("export_contract", "committed", "USD"): (2, 12_000_000),
        ("business_mou", "announced", "USD"): (1, 5),
    }
    for row in table("yearly_rates").rows:
        assert traced_sum(row.links[4] or "") == row.values[4]


def test_a_contract_whose_term_is_over_is_in_no_rate_of_a_later_year() -> None:
    contract(term_years=2)
    assert found(YEAR).rates == ()
    assert found(YEAR - 2).rates[0].rate == 10_000_000


def test_a_correction_changes_the_present_and_no_past_time() -> None:
    outcome = contract()
    before = timezone.now()
    told = {"series": Series.COMMITTED, "basis": Basis.ANNUAL}
    ledger.correct_figure(system(), money_of(outcome), figure(6_000_000, **told), "오기")
    assert only().rate == 6_000_000
    assert only(as_of=before).rate == 10_000_000


def test_what_is_kept_from_the_reader_is_not_told() -> None:
    outcome = contract("비밀 계약", 123_456, parties=[(make_organisation("㈜비밀"), PartyRole.BUYER)], term_years=3)
    realise(outcome, YEAR - 2, 98_765)
    masked = frozenset({outcome.pk})
    partly = report(sight=Sight(masked=masked))
    assert "비밀 계약" in str(table("contracts", partly).rows[0].values)
    closed = report(sight=Sight(hidden=masked, masked=masked))
    for shown in (partly, closed):
        rows = [row for s in shown.sections for t in s.tables if t.key != "yearly_rates" for row in t.rows]
        rows += [*shown.outcomes.rows, *shown.entries.rows]
        # Whole amounts: three digits of one stand in some moment, too.
        text = str([row.values for row in rows]).replace(",", "")
        assert not [amount for amount in ("123456", "98765", "370368") if amount in text]
        assert "연간 1천만" not in text
    assert "비밀" not in str([row.values for s in closed.sections for t in s.tables for row in t.rows]).replace(
        "비공개", ""
    )


def test_the_years_of_what_is_kept_from_the_reader_are_not_counted_either() -> None:
    kept, other = contract("비밀 계약"), contract("다른 계약", term_years=3)
    whole, seen = found(), found().but_for({kept.pk})
    assert (len(whole.years), len(whole.due), whole.due.before(date(YEAR + 1, 1, 1))) == (7, 6, 6)
    assert [(year.contract.outcome.id, year.year.year) for year in seen.due] == [
        (other.pk, year) for year in (YEAR - 3, YEAR - 2, YEAR - 1)
    ]
    assert (len(seen.years), len(seen.due), seen.due.before(date(YEAR + 1, 1, 1))) == (3, 3, 3)
    assert seen.contracts.about[:2] == (False, True)
    assert [line.has_total for line in found().but_for({other.pk}).contracts.lines] == [False, False]


def test_without_contracts_it_says_so() -> None:
    for language in ("ko", "en"):
        empty = report(language=language)
        assert all(t.empty for s in empty.sections for t in s.tables)
        assert len(empty.sections[0].paragraphs) == 4
