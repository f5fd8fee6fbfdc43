"""Two publishers' ladders: KOTRA's rungs are not added, and Busan's inclusive total is computed by a named rule."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from crm.actions import documents, ledger, outcomes
from crm.actions.accounts import system_caller
from crm.actions.events import record_event
from crm.actions.organisations import record_organisation
from crm.models import Document, Outcome
from crm.values.evidence import Grade
from crm.values.measures import Measure, OutcomeKind, Series
from crm.values.periods import Quarter
from reports.building.quarterly import build_quarterly
from reports.figures.ladder import InclusiveRule, expected_contracts, rungs
from reports.figures.quarterly import quarterly
from tests.golden.audit import FIGURES

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 12, 31, tzinfo=UTC)
YEAR = date(2018, 1, 1), date(2018, 12, 31)
SOURCE = "공표 자료"


def record(kind: OutcomeKind, series: Series, value: Decimal, currency: str) -> Outcome:
    """One record of a rung with its published amount."""
    caller = system_caller(NOW)
    outcome = outcomes.record_outcome(
        caller, outcomes.Testimony(SOURCE, Grade.OFFICIAL_RECORD), kind=kind, title=kind.value,
        signed_on=date(2018, 11, 1),
    )  # fmt: skip
    evidence: Document | None = None
    if series == Series.REALISED:
        told: dict[str, Any] = {"title": "실적", "grade": Grade.OFFICIAL_RECORD, "source": SOURCE}
        evidence = documents.attach_document(caller, outcome=outcome, **told)
    figure = ledger.Figure(
        Measure.MONEY, series, value, SOURCE, Grade.OFFICIAL_RECORD, currency=currency, evidence=evidence
    )
    ledger.post_figure(caller, outcome, figure)
    if series == Series.REALISED:
        outcomes.update_outcome(caller, outcome, standing="confirmed")
    return outcome


def consult(value: Decimal) -> None:
    caller = system_caller(NOW)
    event = record_event(caller, kind="export_meet", name="수출상담회", starts_on=date(2018, 11, 1))
    exhibitor, buyer = (record_organisation(caller, name=name) for name in ("참가기업", "바이어"))
    talk = outcomes.Talk(SOURCE, "KRW", consulted=value)
    outcomes.record_consultation(caller, talk, event=event, exhibitor=exhibitor, buyer=buyer, met_on=date(2018, 11, 1))


def test_the_rungs_of_a_ladder_are_not_added() -> None:
    ladder = FIGURES["kotra_2016_export_ladder_krw_tn"]
    trillion = Decimal(10**12)
    consultation, expected, realised = (
        Decimal(str(ladder[name])) * trillion for name in ("consultation", "expected_contract", "realised_export")
    )
    # The largest amount that one figure keeps is 922 trillion won: the published sum is of two sittings.
    consult(consultation / 2)
    consult_again(consultation / 2)
    record(OutcomeKind.EXPECTED_CONTRACT, Series.EXPECTED, expected, "KRW")
    record(OutcomeKind.REALISED_EXPORT, Series.REALISED, realised, "KRW")

    found = {rung.rung: rung.total for rung in rungs(*YEAR, NOW)}
    assert found == {"consultation": consultation, "expected_contract": expected, "realised_export": realised}
    report = build_quarterly(quarterly(Quarter(2018, 4), NOW), "ko")
    numbers = {value for section in report.sections for t in section.tables for row in t.rows for value in row.values}
    assert {consultation, expected, realised} <= numbers
    sums = {consultation + expected, expected + realised, consultation + realised, consultation + expected + realised}
    assert not numbers & sums


def consult_again(value: Decimal) -> None:
    from crm.models import Event, Organisation

    caller = system_caller(NOW)
    exhibitor, buyer = Organisation.objects.get(name="참가기업"), Organisation.objects.get(name="바이어")
    talk = outcomes.Talk(SOURCE, "KRW", consulted=value)
    fields = {"event": Event.objects.get(), "exhibitor": exhibitor, "buyer": buyer, "met_on": date(2018, 11, 2)}
    outcomes.record_consultation(caller, talk, **fields)


def test_an_inclusive_total_is_computed_by_a_named_rule_and_printed_with_it() -> None:
    published = FIGURES["busan_export_consultation"]
    ten_thousand = Decimal(10_000)
    inclusive = Decimal(str(published["expected_contract_usd_10k"])) * ten_thousand
    onsite = Decimal(str(published["onsite_contract_usd_10k"])) * ten_thousand
    record(OutcomeKind.EXPECTED_CONTRACT, Series.EXPECTED, inclusive - onsite, "USD")
    record(OutcomeKind.ONSITE_CONTRACT, Series.COMMITTED, onsite, "USD")

    def total(rule: InclusiveRule) -> Decimal:
        (figure,) = expected_contracts(*YEAR, NOW, rule)
        return figure.total

    assert total(InclusiveRule.ONSITE_INSIDE_EXPECTED) == inclusive
    assert total(InclusiveRule.DISJOINT) == inclusive - onsite
    report = build_quarterly(quarterly(Quarter(2018, 4), NOW), "ko")
    (table,) = [t for s in report.sections for t in s.tables if t.key == "quarter_expected"]
    rows = {row.values[0]: row.values[-1] for row in table.rows}
    assert rows == {"현장계약 별도": inclusive - onsite, "현장계약 포함": inclusive}
    assert any("onsite_inside_expected" in note for note in table.footnotes)
