"""Figures about an outcome: posting, correcting by reversal, taking back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from crm.actions import ledger
from crm.models import LedgerEntry, Outcome
from crm.values.evidence import Grade
from crm.values.measures import Basis, Cause, Measure, Series
from tests.builders import Cast, figure, make_document, make_outcome, money_of, system

Fields = Callable[[Any], dict[str, Any]]
Text = Callable[[Any], str]


@pytest.fixture
def outcome(cast: Cast) -> Outcome:
    return make_outcome()


@pytest.fixture
def sent(officer: Client, outcome: Outcome, fields: Fields) -> dict[str, Any]:
    form = fields(officer.get(f"/outcomes/{outcome.pk}/figures/new/"))
    return {**form, "measure": "money", "amount": "1천만 달러", "source": "보도자료", "evidence_grade": "press"}


def post(client: Client, outcome: Outcome, sent: dict[str, Any], **changes: Any) -> Any:
    return client.post(f"/outcomes/{outcome.pk}/figures/new/", {**sent, **changes})


def test_a_figure_is_posted(cast: Cast, officer: Client, outcome: Outcome, sent: dict[str, Any], text: Text) -> None:
    answer = post(officer, outcome, sent, basis="total")
    money = money_of(outcome)
    assert (money.value, money.currency, money.basis, money.series) == (
        Decimal(10_000_000), "USD", Basis.TOTAL, Series.ANNOUNCED,
    )  # fmt: skip
    assert money.recorded_by == cast.officer
    assert "이해한 금액: USD 10,000,000 (1,000만 달러)" in text(officer.get(answer["Location"]))


def test_jobs_are_whole_numbers_without_a_currency(officer: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    post(officer, outcome, sent, measure="jobs", amount="1,200")
    assert LedgerEntry.objects.get(measure=Measure.JOBS).value == 1200
    assert post(officer, outcome, sent, measure="jobs", amount="1.5").context["form"].errors["amount"]


def test_sent_twice_it_is_posted_once(officer: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    post(officer, outcome, sent)
    assert post(officer, outcome, sent).status_code == 302
    assert LedgerEntry.objects.filter(measure=Measure.MONEY).count() == 1


def test_a_realised_figure_needs_evidence(officer: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    answer = post(officer, outcome, sent, series="realised")
    assert answer.context["form"].errors["evidence_grade"]
    paper = make_document(outcome, grade=Grade.OFFICIAL_RECORD)
    answer = post(officer, outcome, sent, series="realised", evidence_grade="official_record", evidence=str(paper.pk))
    assert answer.status_code == 302
    assert money_of(outcome).evidence == paper


def test_a_committed_figure_needs_a_binding_outcome(officer: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    assert post(officer, outcome, sent, series="committed").context["form"].errors["series"]


def test_another_outcomes_evidence_is_not_offered(officer: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    paper = make_document(make_outcome("다른 협약"))
    assert post(officer, outcome, sent, evidence=str(paper.pk)).context["form"].errors["evidence"]


def test_a_correction_reverses_and_posts_anew_and_keeps_the_sources_words(
    officer: Client, outcome: Outcome, fields: Fields
) -> None:
    words = "연간 1천만 달러"
    entry = ledger.post_figure(
        system(), outcome, figure(10_000_000, basis=Basis.ANNUAL, as_reported=words, evidence_grade=Grade.PRESS)
    )
    sent = fields(officer.get(f"/figures/{entry.pk}/correct/"))
    assert sent["amount"] == words

    officer.post(f"/figures/{entry.pk}/correct/", {**sent, "amount": "연간 9백만 달러", "reason": "오기"})

    entry.refresh_from_db()
    corrected = money_of(outcome)
    assert (corrected.value, corrected.basis, corrected.cause) == (Decimal(9_000_000), Basis.ANNUAL, Cause.CORRECTION)
    assert corrected.replaces == entry and corrected.reason == "오기"
    assert entry.reversed_by.value == -entry.value


def test_correcting_what_was_corrected_meanwhile_is_refused(
    officer: Client, outcome: Outcome, fields: Fields, text: Text
) -> None:
    entry = ledger.post_figure(system(), outcome, figure())
    sent = {**fields(officer.get(f"/figures/{entry.pk}/correct/")), "reason": "오기"}
    ledger.correct_figure(system(), entry, figure(5), "먼저")
    answer = officer.post(f"/figures/{entry.pk}/correct/", sent)
    assert "이미 정정된 수치입니다." in text(answer)
    assert money_of(outcome).value == 5


def test_a_correction_takes_a_reason(officer: Client, outcome: Outcome, fields: Fields) -> None:
    entry = ledger.post_figure(system(), outcome, figure())
    sent = fields(officer.get(f"/figures/{entry.pk}/correct/"))
    assert officer.post(f"/figures/{entry.pk}/correct/", sent).context["form"].errors["reason"]


def test_a_figure_is_taken_back(officer: Client, outcome: Outcome) -> None:
    entry = ledger.post_figure(system(), outcome, figure())
    officer.post(f"/figures/{entry.pk}/take-back/", {"cause": "withdrawal", "reason": "철회"})
    entry.refresh_from_db()
    assert entry.reversed_by.cause == Cause.WITHDRAWAL


def test_the_count_of_an_outcome_is_not_corrected(officer: Client, outcome: Outcome) -> None:
    count = outcome.entries.get(measure=Measure.COUNT)
    assert officer.get(f"/figures/{count.pk}/correct/").status_code == 404


def test_leadership_cannot_post(leader: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    entry = ledger.post_figure(system(), outcome, figure())
    assert post(leader, outcome, sent).status_code == 403
    assert leader.post(f"/figures/{entry.pk}/correct/", sent).status_code == 403
    assert leader.post(f"/figures/{entry.pk}/take-back/", {}).status_code == 403


def test_a_contract_s_year_is_stated_and_a_correction_keeps_it(
    officer: Client, outcome: Outcome, sent: dict[str, Any], fields: Fields
) -> None:
    post(officer, outcome, sent, basis="total", for_year="2024")
    money = money_of(outcome)
    assert money.for_year == 2024
    address = f"/figures/{money.pk}/correct/"
    form = fields(officer.get(address))
    assert officer.post(address, {**form, "amount": "900만 달러", "reason": "오기"}).status_code == 302
    corrected = money_of(outcome)
    assert (corrected.value, corrected.for_year, corrected.replaces) == (Decimal(9_000_000), 2024, money)
