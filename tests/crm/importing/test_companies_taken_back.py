"""Companies that a sheet put on record: once each, and gone with the sheet where nobody needs them by then."""

import html

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from crm.actions.base import Conflict
from crm.actions.merges import merge_organisations
from crm.actions.organisations import add_alias, restore_organisation, update_organisation
from crm.importing.applying import A_STEP_BACK
from crm.models import ImportBatch, Organisation, Outcome
from crm.values.measures import PartyRole
from tests.builders import Cast, make_contact, make_event, make_organisation, make_outcome, system
from tests.crm.importing.sheets import HEADINGS, apply_all, book, bring, groups, signed_in

pytestmark = pytest.mark.django_db
SHEET = book(
    HEADINGS[:5],
    ["업무협약", "첫 협약", "㈜솔", "CES 2023", ""],
    ["업무협약", "둘째 협약", "주식회사 솔", "CES 2023", ""],
    ["수출계약", "셋째 계약", "무등드론", "CES 2023", ""],
)


def take_back(client: Client) -> str:
    """Sends what the button sends until all of it is taken back; gives the page."""
    batch = ImportBatch.objects.order_by("-created_at")[0]
    for position in range(len(batch.lines), 0, -A_STEP_BACK):
        client.post(f"/imports/{batch.pk}/undo/", {"position": str(position)})
    batch.refresh_from_db()
    assert batch.state == "undone"
    return html.unescape(client.get(f"/imports/{batch.pk}/").content.decode())


def on_record() -> list[str]:
    return sorted(Organisation.objects.filter(archived_at=None).values_list("name", flat=True))


def test_a_company_that_several_rows_name_is_recorded_once(officer: Client) -> None:
    make_event()
    bring(officer, SHEET)
    apply_all(officer)
    assert on_record() == ["㈜솔", "무등드론"]
    assert {outcome.title for outcome in Outcome.objects.filter(parties__organisation__name="㈜솔")} == {
        "첫 협약",
        "둘째 협약",
    }


def test_they_go_with_the_sheet_and_the_reason_stays(officer: Client) -> None:
    make_event()
    make_organisation("빛고을전자")
    bring(officer, SHEET)
    apply_all(officer)
    assert "남겨 둔 기업" not in take_back(officer)
    assert on_record() == ["빛고을전자"]
    gone = Organisation.objects.get(name="㈜솔")
    assert "명단.xlsx" in gone.history.latest().history_change_reason


def test_the_same_sheet_can_be_applied_again(officer: Client) -> None:
    make_event()
    for _twice in range(2):
        assert groups(bring(officer, SHEET)) == {"new": [2, 3, 4]}
        apply_all(officer)
        assert on_record() == ["㈜솔", "무등드론"]
        assert Outcome.objects.filter(archived_at=None).count() == 3
        take_back(officer)
    assert on_record() == []


def test_one_that_somebody_uses_by_then_stays_and_is_named(officer: Client) -> None:
    make_event()
    bring(officer, SHEET)
    apply_all(officer)
    sol = Organisation.objects.get(name="㈜솔")
    make_outcome("다른 부서의 협약", parties=[(sol, PartyRole.PARTNER)])
    page = take_back(officer)
    assert "남겨 둔 기업" in page and f'<a href="/organisations/{sol.pk}/">㈜솔</a>' in page
    assert on_record() == ["㈜솔"] and "이 자료에서 0행을 기록했습니다." in page


def test_one_that_somebody_changed_stays(officer: Client) -> None:
    make_event()
    bring(officer, SHEET)
    apply_all(officer)
    update_organisation(system(), Organisation.objects.get(name="무등드론"), region="광주")
    take_back(officer)
    assert on_record() == ["무등드론"]
    assert list(ImportBatch.objects.get().companies_left.values()) == ["무등드론"]


def test_a_company_that_came_with_a_change_goes_too(officer: Client) -> None:
    make_event()
    bring(officer, SHEET)
    apply_all(officer)
    outcome = Outcome.objects.get(title="셋째 계약")
    row = ["수출계약", "셋째 계약", "새빛전장", "CES 2023", "", str(outcome.pk)]
    assert groups(bring(officer, book([*HEADINGS[:5], "식별번호"], row))) == {"changed": [2]}
    apply_all(officer)
    assert "새빛전장" in on_record()
    take_back(officer)
    assert on_record() == ["㈜솔", "무등드론"]
    assert [p.organisation.name for p in outcome.parties.filter(archived_at=None)] == ["무등드론"]


@pytest.fixture
def teamlead(cast: Cast) -> Client:
    return signed_in(cast.teamlead)


@pytest.fixture
def taken_back(officer: Client) -> None:
    make_event()
    bring(officer, SHEET)
    apply_all(officer)
    take_back(officer)


def test_an_outcome_comes_back_with_its_company(officer: Client, teamlead: Client, taken_back: None) -> None:
    outcome = Outcome.objects.get(title="셋째 계약")
    told = teamlead.post(f"/outcomes/{outcome.pk}/restore/", {"reason": "남긴다"}, follow=True)
    assert "함께 복원한 기업·기관: 무등드론." in told.content.decode()
    assert on_record() == ["무등드론"]
    found = officer.get("/organisations/", {"q": "무등드론"}).context["page"].lines
    assert [line.main.text for line in found] == ["무등드론"]
    # The same sheet once more finds it again.
    assert groups(bring(officer, SHEET)) == {"unchanged": [4], "new": [2, 3]}


def test_an_outcome_whose_company_is_there_says_nothing_of_it(teamlead: Client, taken_back: None) -> None:
    for title, is_told in (("첫 협약", True), ("둘째 협약", False)):
        outcome = Outcome.objects.get(title=title)
        told = teamlead.post(f"/outcomes/{outcome.pk}/restore/", {"reason": "남긴다"}, follow=True)
        assert ("함께 복원한" in told.content.decode()) is is_told


def test_a_company_alone_is_found_in_the_archive_and_brought_back(officer: Client, taken_back: None) -> None:
    archive = officer.get("/outcomes/archive/?show=organisations")
    lines = {line.record.text: line for line in archive.context["page"].lines}
    assert set(lines) == {"㈜솔", "무등드론"} and "명단.xlsx" in lines["㈜솔"].reason
    address = lines["㈜솔"].record.address
    page = officer.get(address)
    assert "보관일: " in page.content.decode()
    assert "/edit/" not in page.content.decode() and "/aliases/new/" not in page.content.decode()
    assert "/contacts/new/" not in page.content.decode() and lines["㈜솔"].restore in page.content.decode()
    officer.post(lines["㈜솔"].restore)
    assert on_record() == ["㈜솔"] and "/edit/" in officer.get(address).content.decode()
    assert len(officer.get("/outcomes/archive/?show=organisations").context["page"].lines) == 1


def test_what_is_archived_is_restored_before_it_is_changed(taken_back: None) -> None:
    sol = Organisation.objects.get(name="㈜솔")
    for act in (
        lambda: update_organisation(system(), sol, region="광주"),
        lambda: add_alias(system(), sol, name="SOL"),
        lambda: make_contact(sol),
    ):
        with pytest.raises(ValidationError, match="복원"):
            act()


def test_one_that_was_merged_away_is_not_restored_but_its_merge_undone(officer: Client) -> None:
    kept, gone = make_organisation("솔라텍"), make_organisation("솔라텍코리아")
    merge_organisations(system(), kept, gone, reason="같은 회사")
    assert not officer.get("/outcomes/archive/?show=organisations").context["page"].lines
    with pytest.raises(Conflict, match="솔라텍"):
        restore_organisation(system(), gone)
