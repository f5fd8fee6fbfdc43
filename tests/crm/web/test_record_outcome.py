"""Recording an outcome: parties by name, the amount as it is written, evidence, all in one go or not at all."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from uuid_utils.compat import uuid7

from crm.models import Document, LedgerEntry, Organisation, Outcome
from crm.values.evidence import Grade
from crm.values.measures import Basis, Measure, Series, Standing
from crm.web.forms.outcomes import OutcomeForm
from tests.builders import Cast, make_event, make_organisation, make_unit

Text = Callable[[Any], str]
NEW = "/outcomes/new/"


@pytest.fixture
def sent(cast: Cast) -> dict[str, Any]:
    """What the officer sends for the contract of the founding case."""
    return {
        "id": str(uuid7()),
        "kind": "export_contract",
        "title": "공기살균기 수출계약",
        "event": str(make_event().pk),
        "lead_unit": str(cast.unit.pk),
        "cooperating_units": [str(cast.other_unit.pk)],
        "disclosure_level": "open",
        "amount": "연간 1천만 달러",
        "basis": "unstated",
        "source": "시 발표",
        "grade": "city_statement",
        "parties-TOTAL_FORMS": "3",
        "parties-INITIAL_FORMS": "0",
        "parties-0-name": "㈜벤텍프런티어",
        "parties-0-role": "exporter",
        "parties-1-name": "Virus Xbuster",
        "parties-1-role": "buyer",
    }


def test_the_form_begins_with_the_officers_unit(cast: Cast, officer: Client) -> None:
    form = officer.get(NEW).context["form"]
    assert form["lead_unit"].value() == cast.unit.pk
    assert form["basis"].value() == "unstated"


def test_everything_is_recorded_in_one_go(cast: Cast, officer: Client, sent: dict[str, Any], text: Text) -> None:
    known = make_organisation("(주)벤텍프런티어")

    answer = officer.post(NEW, sent)

    outcome = Outcome.objects.get()
    assert answer["Location"] == f"/outcomes/{outcome.pk}/"
    parties = {(p.organisation.name, p.role) for p in outcome.parties.all()}
    assert parties == {("(주)벤텍프런티어", "exporter"), ("Virus Xbuster", "buyer")}
    assert outcome.parties.get(role="exporter").organisation == known
    assert [c.org_unit for c in outcome.cooperating_units.all()] == [cast.other_unit]
    money = outcome.entries.get(measure=Measure.MONEY)
    assert (money.value, money.currency, money.basis, money.series) == (
        Decimal(10_000_000), "USD", Basis.ANNUAL, Series.COMMITTED,
    )  # fmt: skip
    assert money.as_reported == "연간 1천만 달러" and money.recorded_by == cast.officer
    assert "이해한 금액: USD 10,000,000 (1,000만 달러) · 연간" in text(officer.get(answer["Location"]))


def test_what_the_text_does_not_say_about_the_basis_stays_unstated(officer: Client, sent: dict[str, Any]) -> None:
    officer.post(NEW, {**sent, "amount": "1천만 달러"})
    assert LedgerEntry.objects.get(measure=Measure.MONEY).basis == Basis.UNSTATED


def test_jobs_pledged_are_announced(officer: Client, sent: dict[str, Any]) -> None:
    officer.post(NEW, {**sent, "kind": "investment_mou", "amount": "", "jobs": "20", "jobs_approximate": "on"})
    jobs = LedgerEntry.objects.get(measure=Measure.JOBS)
    assert (jobs.value, jobs.series, jobs.approximate) == (20, Series.ANNOUNCED, True)


def test_a_realised_export_rests_on_the_file_that_came_with_it(officer: Client, sent: dict[str, Any]) -> None:
    file = SimpleUploadedFile("수출신고필증.pdf", b"%PDF-1.4")
    changes = {"kind": "realised_export", "grade": "official_record", "amount": "USD 1,200", "basis": "total"}
    officer.post(NEW, {**sent, **changes, "file": file})
    money = LedgerEntry.objects.get(measure=Measure.MONEY)
    assert money.series == Series.REALISED
    assert money.evidence is not None and money.evidence.grade == Grade.OFFICIAL_RECORD
    assert Outcome.objects.get().standing == Standing.UNCONFIRMED


def test_sending_the_form_twice_records_once(officer: Client, sent: dict[str, Any], text: Text) -> None:
    first = officer.post(NEW, sent)
    second = officer.post(NEW, sent)
    assert first["Location"] == second["Location"]
    assert (Outcome.objects.count(), Organisation.objects.count()) == (1, 2)
    assert "이미 저장되었습니다." in text(officer.get(second["Location"]))


def test_sent_twice_at_once_the_second_is_told_that_it_was_saved(
    officer: Client, sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks for the record before the first has made it, and is refused because by then it is there."""
    first, looks = officer.post(NEW, sent), [True, False]
    saved = OutcomeForm.already_saved
    monkeypatch.setattr(OutcomeForm, "already_saved", lambda form: saved(form) if looks.pop() else None)
    second = officer.post(NEW, sent)
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert Outcome.objects.count() == 1 and not looks


def test_a_new_name_that_stands_twice_is_one_organisation(officer: Client, sent: dict[str, Any]) -> None:
    officer.post(NEW, {**sent, "parties-1-name": "벤텍프런티어 주식회사"})
    assert Organisation.objects.count() == 1


def test_a_nearly_known_name_is_asked_about(officer: Client, sent: dict[str, Any], text: Text) -> None:
    near = make_organisation("벤텍프론티어")

    answer = officer.post(NEW, sent)

    assert answer.status_code == 200 and not Outcome.objects.exists()
    assert "비슷한 이름이 이미 있습니다." in text(answer)
    officer.post(NEW, {**sent, "parties-0-choice": str(near.pk)})
    assert Outcome.objects.get().parties.get(role="exporter").organisation == near


def test_a_nearly_known_name_may_be_another_organisation(officer: Client, sent: dict[str, Any]) -> None:
    near = make_organisation("벤텍프론티어")
    officer.post(NEW, {**sent, "parties-0-choice": "new"})
    assert Outcome.objects.get().parties.get(role="exporter").organisation != near


def test_two_organisations_of_one_name_are_told_apart(officer: Client, sent: dict[str, Any]) -> None:
    make_organisation("㈜벤텍프런티어", region="서울")
    here = make_organisation("벤텍프런티어", region="광주광역시")
    assert officer.post(NEW, sent).status_code == 200
    officer.post(NEW, {**sent, "parties-0-choice": str(here.pk)})
    assert Outcome.objects.get().parties.get(role="exporter").organisation == here


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"amount": "많이"}, "amount", "금액을 이해하지 못했습니다"),
        ({"amount": "3억~5억원"}, "amount", "금액을 이해하지 못했습니다"),
        ({"amount": "1,000"}, "amount", "통화를 함께 적어 주십시오"),
        ({"amount": "연간 1천만 달러", "basis": "total"}, "basis", "금액에 적힌 내용과 다릅니다"),
        ({"kind": "promise"}, "amount", "이 유형에는 값이 없습니다"),
        ({"title": ""}, "title", "필수"),
        ({"source": ""}, "source", "필수"),
        ({"event": "", "signed_on": ""}, "signed_on", "체결일"),
        ({"signed_on": "2023-13-40"}, "signed_on", "날짜"),
        ({"kind": "realised_export"}, "grade", "실적은"),
        ({"kind": "business_mou", "series": "committed"}, "series", "구속력"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(
    officer: Client, sent: dict[str, Any], changes: dict[str, str], field: str, said: str
) -> None:
    answer = officer.post(NEW, {**sent, **changes})

    form = answer.context["form"]
    assert answer.status_code == 200
    assert said in " ".join(form.errors[field])
    assert not Outcome.objects.exists() and not Organisation.objects.exists()


def test_what_was_typed_is_kept(officer: Client, sent: dict[str, Any]) -> None:
    body = officer.post(NEW, {**sent, "amount": "많이", "note": "메모"}).content.decode()
    for typed in ("공기살균기 수출계약", 'value="많이"', "메모", 'value="㈜벤텍프런티어"', sent["id"]):
        assert typed in body


def test_a_party_needs_a_role(officer: Client, sent: dict[str, Any], text: Text) -> None:
    answer = officer.post(NEW, {**sent, "parties-1-role": ""})
    assert "역할을 선택하십시오." in text(answer) and not Outcome.objects.exists()


def test_a_party_twice_in_one_role_is_refused(officer: Client, sent: dict[str, Any], text: Text) -> None:
    make_organisation("벤텍프런티어")
    again = {"parties-1-name": "벤텍프런티어", "parties-1-role": "exporter"}
    assert "당사자가 두 번" in text(officer.post(NEW, {**sent, **again}))


def test_a_file_that_is_not_kept_takes_everything_back(officer: Client, sent: dict[str, Any]) -> None:
    answer = officer.post(NEW, {**sent, "file": SimpleUploadedFile("run.exe", b"MZ")})
    assert answer.context["form"].errors["file"]
    assert not (Outcome.objects.exists() or Organisation.objects.exists() or Document.objects.exists())


def test_a_unit_no_longer_in_force_is_not_offered(officer: Client) -> None:
    old = make_unit("옛 부서", valid_to=date(2023, 6, 30))
    assert old not in officer.get(NEW).context["form"].fields["lead_unit"].queryset


def test_leadership_cannot_record(leader: Client, sent: dict[str, Any]) -> None:
    assert leader.get(NEW).status_code == 403
    assert leader.post(NEW, sent).status_code == 403
    assert not Outcome.objects.exists()


def test_form_field_id_of_somebody_elses_record_changes_nothing(officer: Client, sent: dict[str, Any]) -> None:
    officer.post(NEW, sent)
    officer.post(NEW, {**sent, "title": "다른 제목"})
    assert Outcome.objects.get().title == "공기살균기 수출계약"


def test_a_formula_for_a_new_party_is_refused_at_its_row(officer: Client, sent: dict[str, Any]) -> None:
    answer = officer.post(NEW, {**sent, "parties-1-name": '=HYPERLINK("http://x","솔")2'})
    first, second, _third = (list(row.errors) for row in answer.context["rows"])
    assert (first, second) == ([], ["name"]) and not Organisation.objects.exists()
