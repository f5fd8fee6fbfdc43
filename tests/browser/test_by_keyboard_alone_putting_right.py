"""By keyboard alone, what was recorded by mistake is put right: corrected, put away, brought back at once; a person is
removed who asks for it, two that are alike are told apart, an approval is decided on the day's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.actions.approval import submit
from crm.actions.events import record_participation, state_claim
from crm.actions.outcome_pairs import find_similar_outcomes
from crm.actions.outcomes import Talk, record_consultation
from crm.actions.schedules import set_schedule
from crm.models import (
    Account,
    Approval,
    Contact,
    Event,
    Organisation,
    OrganisationAlias,
    Outcome,
    Record,
    ReportSchedule,
    SimilarOutcomes,
)
from crm.values.measures import PartyRole
from tests.browser.keyboard import Keyboard
from tests.builders import figure, make_contact, make_document, make_event, make_organisation, make_outcome, system
from tests.builders_concurrence import as_caller


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    return Keyboard(page, site)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A record with the page on which it is corrected: what is typed there, the page that comes then, and the column
    that has the last of it. `stands`: the page that it is put away on, and that comes back."""

    record: Record
    place: str
    heading: str
    typed: Mapping[str, str | bool]
    then: str
    column: str
    stands: str = ""


def told(keys: Keyboard) -> None:
    """The page says that it was done, and there the focus is."""
    expect(keys.page.locator(".messages")).to_be_focused()
    keys.sees_focus()


def opened(keys: Keyboard, place: str, heading: str) -> None:
    keys.page.goto(f"{keys.site}{place}")
    keys.lands_on(heading)
    keys.skip_to_content()


def undone(keys: Keyboard, record: Record) -> None:
    record.refresh_from_db()
    assert record.archived_at is not None, record
    keys.deed("되돌리기")
    told(keys)
    record.refresh_from_db()
    assert record.archived_at is None, record


def put_away_and_undo(keys: Keyboard, record: Record, link: str = "보관") -> None:
    keys.follow(link)
    keys.lands_on("보관")
    keys.fill({"사유": "잘못 기록함"})
    keys.deed("보관")
    told(keys)
    undone(keys, record)


def mistakes() -> list[Mistake]:
    event, sol, buyer = make_event("MWC 2024"), make_organisation("무등드론"), make_organisation("Haneul Inc.")
    sitting = record_consultation(
        system(), Talk("상담일지"), event=event, exhibitor=sol, buyer=buyer, met_on=date(2023, 1, 6)
    )
    shown = record_participation(system(), event=event, organisation=sol)
    paper = make_document(outcome := make_outcome("드론 협약"))
    empty = make_event("두 번 적은 보고회")
    return [
        Mistake(sitting, f"/consultations/{sitting.pk}/", str(sitting), {"비고": "통역 있음"}, event.name, "note"),
        Mistake(shown, f"/participations/{shown.pk}/", str(shown), {"전시 제품": "점검 드론"}, "참가 현황", "products"),
        Mistake(paper, f"/documents/{paper.pk}/", "협약서", {"문서번호": "광주-1"}, outcome.title, "document_number"),
        Mistake(
            empty, f"/events/{empty.pk}/edit/", "행사 수정", {"도시": "빛고을"}, empty.name, "city",
            stands=f"/events/{empty.pk}/",
        ),
    ]  # fmt: skip


def test_what_was_recorded_by_mistake_is_corrected_put_away_and_brought_back(keys: Keyboard) -> None:
    keys.sign_in("officer")
    for mistake in mistakes():
        opened(keys, mistake.place, mistake.heading)
        keys.fill(mistake.typed)
        keys.saved("저장", mistake.then)
        mistake.record.refresh_from_db()
        assert getattr(mistake.record, mistake.column) == list(mistake.typed.values())[-1]
        opened(keys, mistake.stands or mistake.place, str(mistake.record))
        if "/participations/" in mistake.place:  # at once, without a reason
            keys.deed("보관")
            told(keys)
            undone(keys, mistake.record)
        else:
            put_away_and_undo(keys, mistake.record)


def test_another_name_a_claim_and_a_person_are_put_right_and_a_person_is_removed(keys: Keyboard) -> None:
    company, event = make_organisation("무등드론", aliases=["무등항공"]), Event.objects.get(name="CES 2023")
    contact = make_contact(company, name="대외협력 담당")
    claim = state_claim(system(), event, measure="visitors", value="십만 명", source="다른 행사의 보도")
    keys.sign_in("officer", f"/events/{event.pk}/", event.name)
    keys.skip_to_content()
    put_away_and_undo(keys, claim, "보관: 십만 명")

    opened(keys, f"/organisations/{company.pk}/", company.name)
    keys.deed("삭제: 무등항공")
    told(keys)
    undone(keys, OrganisationAlias.objects.get(organisation=company))

    keys.follow("정정")
    keys.lands_on("연락처 보기")
    keys.deed("연락처 보기")
    expect(keys.page.locator("main")).to_contain_text("대외협력 담당")
    keys.skip_to_content()
    keys.fill({"전화": "전화 없음"})
    keys.refused("저장")
    keys.fill({"전화": "062-613-2114"})
    keys.saved("저장", company.name)
    contact.refresh_from_db()
    assert contact.phone == "+82626132114"
    keys.deed("되돌리기")
    told(keys)
    contact.refresh_from_db()
    assert contact.phone != "+82626132114"

    keys.follow("연락처 삭제")
    keys.lands_on("연락처 삭제")
    keys.fill({"사유": "본인 요청"})
    keys.saved("완전히 삭제", company.name)
    assert Contact.objects.get(organisation=company).purged_at is not None
    assert Organisation.objects.get(pk=company.pk).archived_at is None


def test_two_outcomes_are_told_apart_and_an_approval_is_decided_where_the_day_shows_it(keys: Keyboard) -> None:
    unit = Account.objects.get(username="officer").org_unit
    sides = {"parties": [(make_organisation("무등드론"), PartyRole.INVESTOR)], "lead_unit": unit}
    outcome = make_outcome("드론 공장 협약", figures=[figure()], signed_on=date(2023, 1, 7), **sides)
    make_outcome("드론 공장 협약서", signed_on=date(2023, 1, 20), **sides)
    find_similar_outcomes(system(), timezone.localdate())
    pair = SimilarOutcomes.objects.get(first__parties__organisation__name="무등드론")
    submit(as_caller(Account.objects.get(username="officer")), outcome)

    keys.sign_in("officer", "/outcomes/duplicates/", "중복 의심 성과")
    keys.skip_to_content()
    for deed, is_apart in (("서로 다름", True), ("되돌리기", False)):
        keys.deed(deed)
        told(keys)
        pair.refresh_from_db()
        assert (pair.apart_at is not None) is is_apart

    keys.sign_in("head")
    keys.skip_to_content()
    keys.follow("내용 보고 결재")
    expect(keys.page.locator("li.opened").get_by_role("heading").first).to_be_focused()
    keys.write("문서번호", "인공지능산업실-102")
    keys.deed("결재")
    told(keys)
    keys.lands_on("오늘")
    assert Approval.objects.get(outcome=outcome).document_number == "인공지능산업실-102"
    assert Outcome.objects.get(pk=outcome.pk).archived_at is None


def test_what_was_stopped_is_found_in_the_archive_and_taken_up_again(keys: Keyboard) -> None:
    told_by = {"report": "quarterly", "rhythm": "quarterly", "day": 5, "formats": ["pdf"], "is_active": False}
    schedule = set_schedule(system(), name="분기 보고", **told_by)
    keys.sign_in("leader", "/outcomes/archive/", "보관함")
    keys.skip_to_content()
    keys.follow("보고서 발송 일정")
    keys.lands_on("보관함")
    keys.skip_to_content()
    keys.deed("재개: 분기 보고")
    keys.lands_on("보고서 발송 일정")
    told(keys)
    assert ReportSchedule.objects.get(pk=schedule.pk).is_active
