"""Steps and realised values on the pages: what is missing is seen before anybody tries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from crm.actions.stages import take_step
from crm.models import Document, LedgerEntry, Outcome, StageStep
from crm.values.measures import Basis, OutcomeKind, PartyRole, Series
from crm.values.stages import Stage
from tests.builders import Cast, figure, make_organisation, make_outcome, system

Fields = Callable[[Any], dict[str, Any]]
Text = Callable[[Any], str]
LACKING = "증빙이 있는 실적: 금액"


@pytest.fixture
def contract(cast: Cast) -> Outcome:
    rate = figure(10_000_000, series=Series.COMMITTED, basis=Basis.ANNUAL)
    return make_outcome(
        "수출계약", kind=OutcomeKind.EXPORT_CONTRACT, figures=[rate], lead_unit=cast.unit, term_years=3,
        parties=[(make_organisation("㈜벤텍프런티어"), PartyRole.EXPORTER)],
    )  # fmt: skip


def page(outcome: Outcome) -> str:
    return f"/outcomes/{outcome.pk}/"


@pytest.fixture
def realised(officer: Client, contract: Outcome, fields: Fields) -> dict[str, Any]:
    form = fields(officer.get(f"{page(contract)}realisations/new/?year=2023"))
    return {
        **form,
        "amount": "250만 달러",
        "value_date": "2023-12-20",
        "source": "관세청 수출신고",
        "document_number": "7",
    }


def realise(client: Client, outcome: Outcome, sent: dict[str, Any], **changes: Any) -> Any:
    return client.post(f"{page(outcome)}realisations/new/", {**sent, **changes})


def test_every_kind_s_stages_and_gates_can_be_read(officer: Client, text: Text) -> None:
    told = text(officer.get("/stages/"))
    for words in ("투자협약", "투자이행", "수출계약", "업무협약", "협조·결재가 모두 끝났을 것"):
        assert words in told, words


def test_the_page_of_an_outcome_names_what_is_missing_before_the_attempt(
    officer: Client, contract: Outcome, text: Text
) -> None:
    assert "납품 중 1건 미비" in text(officer.get(page(contract)))
    assert LACKING in text(officer.get(f"{page(contract)}steps/new/?stage=delivering"))


def test_an_attempt_without_it_is_refused_at_the_field(officer: Client, contract: Outcome, fields: Fields) -> None:
    form = fields(officer.get(f"{page(contract)}steps/new/?stage=delivering"))
    answer = officer.post(f"{page(contract)}steps/new/", {**form, "stage": "delivering"})
    assert LACKING in answer.context["form"].errors["stage"]
    assert not StageStep.objects.exists()


def test_the_first_yearly_figure_opens_the_gate(
    officer: Client, contract: Outcome, realised: dict[str, Any], fields: Fields, text: Text
) -> None:
    saved = realise(officer, contract, realised)
    entry = LedgerEntry.objects.get(series=Series.REALISED)
    assert (entry.value, entry.currency, entry.for_year) == (2_500_000, "USD", 2023)
    assert "이해한 금액: USD 2,500,000" in text(officer.get(saved["Location"]))
    form = fields(officer.get(f"{page(contract)}steps/new/?stage=delivering"))
    told = text(officer.post(f"{page(contract)}steps/new/", form, follow=True))
    assert Outcome.objects.get(pk=contract.pk).stage == Stage.DELIVERING
    assert "체결 → 납품 중" in told


def test_agreed_and_realised_stand_side_by_side_by_year(
    officer: Client, contract: Outcome, realised: dict[str, Any], text: Text
) -> None:
    before = officer.get(page(contract)).content.decode()
    assert f"{page(contract)}realisations/new/?year=2023" in before
    realise(officer, contract, realised)
    answer = officer.get(page(contract))
    told, source = text(answer), answer.content.decode()
    assert source.count("<svg") == 1 and "약속에서 실현까지 (USD)" in source
    assert "약속과 실적" in told and "USD 27,500,000" in told
    assert f"{page(contract)}realisations/new/?year=2023" not in source
    assert f"{page(contract)}realisations/new/?year=2024" in source
    assert f'href="#entry-{LedgerEntry.objects.get(series=Series.REALISED).pk}"' in source


def test_a_realised_value_without_evidence_is_refused_and_the_typed_stays(
    officer: Client, contract: Outcome, realised: dict[str, Any]
) -> None:
    answer = realise(officer, contract, realised, document_number="")
    form = answer.context["form"]
    assert form.errors["document_number"] and form["amount"].value() == "250만 달러"
    assert not LedgerEntry.objects.filter(series=Series.REALISED).exists() and not Document.objects.exists()


def test_value_and_file_are_saved_together_and_once(
    officer: Client, contract: Outcome, realised: dict[str, Any]
) -> None:
    for _time in range(2):
        paper = SimpleUploadedFile("신고필증.pdf", b"%PDF-1.4", "application/pdf")
        assert realise(officer, contract, realised, file=paper, document_number="").status_code == 302
    assert Document.objects.get().entries.get().series == Series.REALISED


def test_jobs_realised_are_whole_numbers(officer: Client, contract: Outcome, realised: dict[str, Any]) -> None:
    assert realise(officer, contract, realised, measure="jobs", amount="열 명").context["form"].errors["amount"]
    realise(officer, contract, realised, measure="jobs", amount="1,234", for_year="")
    assert LedgerEntry.objects.get(series=Series.REALISED).value == 1234


def test_a_stale_tab_is_told_and_loses_nothing(officer: Client, contract: Outcome, fields: Fields) -> None:
    address = f"{page(contract)}steps/new/"
    form = fields(officer.get(f"{address}?stage=terminated"))
    take_step(system(), Outcome.objects.get(pk=contract.pk), Stage.TERMINATED, taken_on=date(2024, 1, 2), reason="해지")
    answer = officer.post(address, {**form, "stage": "terminated", "reason": "계약 해지 통보"})
    shown = answer.context["form"]
    assert shown.errors and shown["reason"].value() == "계약 해지 통보"
    assert StageStep.objects.count() == 1


def test_who_does_not_lead_it_takes_no_steps(cast: Cast, contract: Outcome, signed_in: Callable[..., Client]) -> None:
    other = signed_in(cast.outsider)
    assert f"{page(contract)}steps/new/" not in other.get(page(contract)).content.decode()
    assert other.get(f"{page(contract)}steps/new/").status_code == 403
    assert other.get(f"{page(contract)}realisations/new/").status_code == 403


def test_a_total_that_a_term_makes_is_called_so_and_corrected_at_its_rate(
    officer: Client, contract: Outcome, text: Text
) -> None:
    answer = officer.get(page(contract))
    derived = LedgerEntry.objects.get(derived_from__isnull=False)
    assert "기간으로 계산" in text(answer) and "총액 미상" not in text(answer)
    assert f"/figures/{derived.pk}/correct/" not in answer.content.decode()
    assert f"/figures/{derived.derived_from_id}/correct/" in answer.content.decode()
