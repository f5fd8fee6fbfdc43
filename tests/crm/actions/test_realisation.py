"""Amounts over time: realised parts with their evidence, years of a contract, totals that a term makes of a rate."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.actions.documents import Upload
from crm.actions.ledger import correct_figure, post_figure, reverse_figure
from crm.actions.outcomes import update_outcome
from crm.actions.realisation import Realised, record_realisation
from crm.models import Document, LedgerEntry, Outcome
from crm.queries.standing_entries import standing_entries
from crm.queries.yearly import years_due, years_of
from crm.values.evidence import Grade
from crm.values.measures import Basis, Cause, Measure, OutcomeKind, Series
from reports.figures.progress import by_year, ladders, progress
from tests.builders import figure, make_document, make_outcome, system

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def contract() -> Outcome:
    """USD 10 million a year for three years from 2023."""
    rate = figure(10_000_000, series=Series.COMMITTED, basis=Basis.ANNUAL)
    return make_outcome("수출계약", kind=OutcomeKind.EXPORT_CONTRACT, figures=[rate], term_years=3)


def live(outcome: Outcome) -> list[LedgerEntry]:
    return list(standing_entries().filter(outcome=outcome).order_by("id"))


def total(outcome: Outcome) -> Decimal | None:
    """The derived total that stands."""
    found = [e for e in live(outcome) if e.derived_from_id is not None]
    assert len(found) < 2
    return found[0].value if found else None


def realise(outcome: Outcome, value: int = 2_500_000, **changes: Any) -> LedgerEntry:
    told: dict[str, Any] = {
        "measure": Measure.MONEY, "currency": "USD", "grade": Grade.OFFICIAL_RECORD, "source": "수출신고필증",
        "value_date": date(2023, 12, 20), "document_number": "수출-2023-1", **changes,
    }  # fmt: skip
    return record_realisation(system(), outcome, Realised(value=Decimal(value), **told))


def test_a_term_makes_a_total_of_a_rate(contract: Outcome) -> None:
    assert total(contract) == 30_000_000
    rate = next(e for e in live(contract) if e.basis == Basis.ANNUAL)
    assert rate.value == 10_000_000


def test_without_a_term_there_is_no_total() -> None:
    contract = make_outcome(figures=[figure(10_000_000, basis=Basis.ANNUAL)])
    assert total(contract) is None
    update_outcome(system(), contract, term_years=5)
    assert total(contract) == 50_000_000
    update_outcome(system(), Outcome.objects.get(pk=contract.pk), term_years=None)
    assert total(contract) is None


def test_a_year_stated_by_itself_takes_the_place_of_the_rate_in_the_total(contract: Outcome) -> None:
    stated = figure(4_000_000, series=Series.COMMITTED, for_year=2023)
    post_figure(system(), contract, stated)
    assert total(contract) == 20_000_000
    totals = [e.value for e in live(contract) if e.measure == Measure.MONEY and e.basis == Basis.TOTAL]
    assert sum(totals) == 24_000_000


def test_a_corrected_rate_corrects_its_total_and_the_total_alone_is_nobody_s_to_change(contract: Outcome) -> None:
    rate = next(e for e in live(contract) if e.basis == Basis.ANNUAL)
    derived = next(e for e in live(contract) if e.derived_from_id)
    with pytest.raises(ValidationError):
        correct_figure(system(), derived, figure(1), "직접 고침")
    correct_figure(system(), rate, figure(8_000_000, series=Series.COMMITTED, basis=Basis.ANNUAL), "오기")
    assert total(contract) == 24_000_000
    rate = next(e for e in live(contract) if e.basis == Basis.ANNUAL)
    reverse_figure(system(), rate, Cause.WITHDRAWAL, "해지")
    assert total(contract) is None


def test_a_realised_part_comes_with_its_evidence_or_not_at_all(contract: Outcome) -> None:
    entry = realise(contract, for_year=2023)
    assert entry.evidence is not None and entry.evidence.document_number == "수출-2023-1"
    assert (entry.series, entry.evidence_grade, entry.for_year) == (Series.REALISED, Grade.OFFICIAL_RECORD, 2023)
    with pytest.raises(ValidationError) as refused:
        realise(contract, document_number="")
    assert "document_number" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        realise(contract, grade=Grade.PRESS)
    assert "grade" in refused.value.message_dict


def test_a_refused_figure_leaves_no_document_behind(contract: Outcome) -> None:
    before = Document.objects.count()
    with pytest.raises(ValidationError):
        realise(contract, upload=Upload("신고필증.pdf", b"%PDF-1.4"), currency="달러")
    with pytest.raises(ValidationError):
        realise(contract, upload=Upload("신고필증.pdf", b"%PDF-1.4"), value=-1)
    assert Document.objects.count() == before


def test_evidence_on_record_is_used(contract: Outcome) -> None:
    proof = make_document(contract, grade=Grade.SIGNED_DOCUMENT)
    assert realise(contract, evidence=proof, document_number="").evidence == proof
    weak = make_document(contract, grade=Grade.PRESS)
    with pytest.raises(ValidationError):
        realise(contract, evidence=weak, document_number="")


def test_realised_parts_stand_beside_what_was_agreed(contract: Outcome) -> None:
    realise(contract, 2_500_000, for_year=2023)
    realise(contract, 1_000_000, for_year=2024, document_number="수출-2024-1")
    (line,) = progress(live(contract))
    assert (line.agreed, line.realised, line.remaining) == (30_000_000, 3_500_000, 26_500_000)


def test_what_was_announced_and_then_committed_is_agreed_once() -> None:
    outcome = make_outcome(
        kind=OutcomeKind.EXPORT_CONTRACT, figures=[figure(900), figure(1000, series=Series.COMMITTED)]
    )
    realise(outcome, 100)
    (line,) = progress(live(outcome))
    assert (line.agreed, line.remaining) == (1000, 900)


def test_jobs_pledged_and_realised_have_a_line_of_their_own() -> None:
    pledged = figure(20, measure=Measure.JOBS, currency="")
    outcome = make_outcome(figures=[pledged])
    realise(outcome, 7, measure=Measure.JOBS, currency="", source="고용보험 명부")
    (line,) = progress(live(outcome))
    assert (line.measure, line.currency, line.agreed, line.realised, line.remaining) == ("jobs", "", 20, 7, 13)


def test_an_unknown_agreed_amount_leaves_nothing_remaining_known() -> None:
    outcome = make_outcome(kind=OutcomeKind.EXPORT_CONTRACT)
    realise(outcome, 100)
    (line,) = progress(live(outcome))
    assert (line.agreed, line.realised, line.remaining) == (None, 100, None)


def test_the_years_of_a_contract_and_which_are_due(contract: Outcome) -> None:
    assert list(years_of(contract, TODAY)) == [2023, 2024, 2025]
    realise(contract, for_year=2024)
    assert years_due(contract, TODAY) == [2023, 2025]
    assert years_due(contract, date(2024, 12, 31)) == [2023]


def test_each_year_shows_what_was_agreed_for_it_and_what_came(contract: Outcome) -> None:
    post_figure(system(), contract, figure(4_000_000, series=Series.COMMITTED, for_year=2023))
    first = realise(contract, 2_000_000, for_year=2023)
    second = realise(contract, 500_000, for_year=2023, document_number="수출-2023-2")
    years = by_year(live(contract), years_of(contract, TODAY))
    assert [(y.year, y.agreed, y.realised) for y in years] == [
        (2023, 4_000_000, 2_500_000),
        (2024, 10_000_000, None),
        (2025, 10_000_000, None),
    ]
    assert years[0].entries == (first.pk, second.pk)


def test_a_year_announced_and_committed_is_agreed_once(contract: Outcome) -> None:
    post_figure(system(), contract, figure(5_000_000, series=Series.ANNOUNCED, for_year=2023))
    post_figure(system(), contract, figure(4_000_000, series=Series.COMMITTED, for_year=2023))
    assert by_year(live(contract), years_of(contract, TODAY))[0].agreed == 4_000_000


def test_a_value_of_the_future_was_not_realised(contract: Outcome) -> None:
    with pytest.raises(ValidationError) as refused:
        realise(contract, value_date=system().now.date() + timedelta(days=3))
    assert "value_date" in refused.value.message_dict


def test_the_ladder_shows_each_series_as_a_fact_of_its_own(contract: Outcome) -> None:
    assert ladders(live(contract)) == ()
    post_figure(system(), contract, figure(40_000_000, series=Series.ANNOUNCED))
    realise(contract)
    (ladder,) = ladders(live(contract))
    assert (ladder.measure, ladder.currency) == ("money", "USD")
    assert ladder.steps == (("announced", 40_000_000), ("committed", 30_000_000), ("realised", 2_500_000))
