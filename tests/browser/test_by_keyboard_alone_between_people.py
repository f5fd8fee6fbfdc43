"""By keyboard alone, what one does with another: concurrence, review and approval, follow-ups, a partner's answer,
targets."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.actions.confirmations import ask_partner
from crm.models import Approval, Concurrence, FollowUp, OrgUnit, Outcome, PartnerConfirmation, Target
from crm.values.measures import FollowUpStatus, PartyRole
from tests.browser.keyboard import Keyboard
from tests.browser.people import sign_out
from tests.builders import figure, make_follow_up, make_organisation, make_outcome, system


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    return Keyboard(page, site)


def unit(code: str) -> OrgUnit:
    return OrgUnit.objects.get(code=code).current(timezone.localdate())


@pytest.fixture
def outcome(site: str) -> Outcome:
    """Led by the officers' own department, agreed with that of a team lead."""
    return make_outcome(
        "데이터센터 협약", figures=[figure()], lead_unit=unit("ai-industry"), cooperating=[unit("economy-startup")],
        signed_on=date(2023, 1, 7), parties=[(make_organisation("새벽별반도체"), PartyRole.INVESTOR)],
    )  # fmt: skip


def test_a_department_concurs_with_conditions_and_a_superior_approves(keys: Keyboard, outcome: Outcome) -> None:
    keys.sign_in("officer", f"/outcomes/{outcome.pk}/", outcome.title)
    keys.skip_to_content()
    keys.follow("결재 올리기")
    keys.lands_on("결재 올리기")
    keys.write("결재권자에게 남길 말", "보고회 전에 결재 바랍니다")
    keys.deed("상신")
    keys.lands_on(outcome.title)

    keys.sign_in("teamlead")
    keys.skip_to_content()
    keys.follow("내용 확인 및 회신")
    expect(keys.page.locator("li.opened").get_by_role("heading").first).to_be_focused()
    keys.pick("조건부 동의")
    keys.deed("회신")
    expect(keys.page.get_by_role("alert")).to_be_focused()  # a condition has to be said
    keys.write("의견", "부지 협의를 조건으로 함")
    keys.deed("회신")
    expect(keys.page.locator(".messages")).to_be_focused()
    assert Concurrence.objects.get(outcome=outcome).opinion == "부지 협의를 조건으로 함"

    keys.sign_in("teamlead3")
    keys.skip_to_content()
    keys.follow(outcome.title)
    keys.lands_on("결재")
    keys.write("의견", "검토함")
    keys.deed("검토 완료")
    expect(keys.page.locator(".messages")).to_be_focused()

    keys.sign_in("head")
    keys.skip_to_content()
    keys.follow(outcome.title)
    keys.lands_on("결재")
    keys.write("문서번호", "인공지능산업실-101")
    keys.deed("결재")
    expect(keys.page.locator(".messages")).to_be_focused()
    assert Approval.objects.get(outcome=outcome).document_number == "인공지능산업실-101"


@pytest.mark.parametrize(("place", "heading"), [("/", "오늘"), ("/follow-ups/", "후속조치")])
def test_a_follow_up_is_taken_put_off_and_completed(keys: Keyboard, outcome: Outcome, place: str, heading: str) -> None:
    made = make_follow_up("부지 확인", outcome=outcome, org_unit=unit("ai-industry"), due_on=timezone.localdate())
    keys.sign_in("officer", place, heading)
    keys.skip_to_content()
    keys.to("부지 확인", "link")
    keys.deed("내가 맡기")
    expect(keys.page.locator(".messages")).to_be_focused()
    keys.lands_on(heading)
    made.refresh_from_db()
    assert made.assignee is not None and made.assignee.username == "officer"

    keys.to("부지 확인", "link")
    keys.follow("연기")
    keys.lands_on("연기")
    keys.day("연기 기한", "12312090")
    keys.write("연기 사유", "상대 기업의 인사 이동")
    keys.deed("연기")
    keys.lands_on("후속조치")
    made.refresh_from_db()
    assert made.snoozed_until == date(2090, 12, 31)

    other = make_follow_up("착공 확인", outcome=outcome, org_unit=unit("ai-industry"), due_on=timezone.localdate())
    keys.page.goto(keys.site + place)
    keys.lands_on(heading)
    keys.skip_to_content()
    keys.to("착공 확인", "link")
    keys.to("완료", "DisclosureTriangle")
    keys.press("Enter")
    keys.write("결과", "3월 2일 착공함")
    keys.deed("완료로 저장")
    keys.lands_on(heading)
    expect(keys.page.locator(".messages")).to_be_focused()
    other.refresh_from_db()
    assert (other.status, other.result) == (FollowUpStatus.DONE, "3월 2일 착공함")
    assert FollowUp.objects.get(pk=made.pk).status == FollowUpStatus.OPEN


def test_a_partner_is_asked_and_answers_by_the_link(keys: Keyboard, outcome: Outcome) -> None:
    keys.sign_in("officer", f"/outcomes/{outcome.pk}/", outcome.title)
    keys.skip_to_content()
    keys.follow("기업 확인 요청")
    keys.lands_on("기업 확인 요청")
    keys.choose("협력기관", "새벽별반도체")
    keys.deed("링크 발급")
    keys.lands_on("기업 확인 링크")
    keys.to("새벽별반도체", "textbox")
    address = keys.page.evaluate("() => document.activeElement.value")
    assert "/confirm/" in address and PartnerConfirmation.objects.count() == 1

    sign_out(keys.page)
    keys.page.goto(address)
    keys.pick("다른 값이 맞음")
    keys.deed("회신")
    expect(keys.page.get_by_role("alert")).to_be_focused()
    keys.write("올바른 금액", "90만 달러")
    keys.write("직위", "재무팀장")
    keys.deed("회신")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("회신이 접수되었습니다")
    assert PartnerConfirmation.objects.get().stated_amount == 900_000


def test_a_partner_reads_the_link_in_the_other_language(keys: Keyboard, outcome: Outcome) -> None:
    _link, token = ask_partner(system(), outcome, outcome.parties.get().organisation)
    keys.page.goto(f"{keys.site}/confirm/{token}/")
    keys.follow("English")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Please confirm")
    keys.pick("This is right")
    keys.deed("Send the answer")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Your answer has arrived")


def test_a_target_is_set_changed_and_removed(keys: Keyboard) -> None:
    keys.sign_in("admin", "/targets/", "목표")
    keys.skip_to_content()
    keys.follow("목표 설정")
    keys.lands_on("목표 설정")
    keys.choose("측정 항목", "금액")
    keys.choose("계열", "협약·발표")
    keys.write("목표값", "500억원")
    keys.write("출처", "2026년 업무계획")
    keys.deed("저장")
    keys.lands_on("목표")
    made = Target.objects.get()
    assert made.value == 50_000_000_000
    keys.follow(keys.page.locator("td.main a").inner_text())
    keys.lands_on("목표 수정")
    keys.write("목표값", "600억원")
    keys.deed("저장")
    keys.lands_on("목표")
    made.refresh_from_db()
    assert made.value == 60_000_000_000
    keys.follow(keys.page.locator("td.main a").inner_text())
    keys.lands_on("목표 수정")
    keys.deed("목표 삭제")
    keys.lands_on("목표")
    made.refresh_from_db()
    assert made.archived_at is not None
