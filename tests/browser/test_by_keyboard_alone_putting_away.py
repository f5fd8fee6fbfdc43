"""By keyboard alone, what is put away, brought back, handed over and taken away again."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.actions.confirmations import ask_partner
from crm.actions.events import record_participation
from crm.models import (
    Account,
    CalendarFeed,
    Event,
    EventCost,
    FollowUp,
    OrgUnit,
    Outcome,
    PitchEntry,
    WebhookEndpoint,
)
from crm.values.measures import PartyRole
from tests.browser.keyboard import Keyboard
from tests.builders import figure, make_organisation, make_outcome, system
from tests.builders_demonstrations import make_competition, make_demonstration, make_judge, make_pitch


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    return Keyboard(page, site)


def test_a_follow_up_is_planned_dropped_opened_again_and_handed_over(keys: Keyboard) -> None:
    outcome = Outcome.objects.get(code="o2-sol")
    keys.sign_in("admin", f"/outcomes/{outcome.pk}/", outcome.title)
    keys.skip_to_content()
    told = {"할 일": "부지 계약 확인", "기한": "12312090", "담당자": "담당자 (시연)"}
    keys.send_form("후속조치 추가", told, outcome.title)
    keys.follow("부지 계약 확인")
    keys.lands_on("후속조치")
    keys.write("더 필요하지 않은 사유", "부지가 이미 확정됨")
    keys.deed("중단")
    expect(keys.page.locator(".messages")).to_be_focused()
    made = FollowUp.objects.get(title="부지 계약 확인")
    assert (made.status, made.result) == ("dropped", "부지가 이미 확정됨")
    keys.deed("다시 열기")
    expect(keys.page.locator(".messages")).to_be_focused()
    made.refresh_from_db()
    assert made.status == "open"

    keys.go("f", "후속조치")
    keys.skip_to_content()
    keys.follow("후속조치 인계")
    keys.lands_on("후속조치 인계")
    keys.fill({"인계자": "담당자 (시연)", "인수자": "담당자 (시연)"})
    keys.refused("인계")
    keys.fill({"인수자": "팀장 (시연)"})
    keys.saved("인계", "후속조치")
    made.refresh_from_db()
    assert made.assignee == Account.objects.get(username="teamlead")


def test_a_demonstration_and_a_pitch_go_and_come_back_and_a_judge_is_changed(keys: Keyboard) -> None:
    demonstration, competition = make_demonstration(), make_competition()
    judge, pitch = make_judge(competition), make_pitch(competition)
    for place, record in ((f"/demonstrations/{demonstration.pk}/", demonstration), (f"/pitches/{pitch.pk}/", pitch)):
        keys.sign_in("admin", place, record.title)
        keys.skip_to_content()
        keys.put_away_and_bring_back(record)
    keys.follow("수정")
    keys.lands_on("출품 수정")
    keys.fill({"기술": "무선 충전"})
    keys.saved("저장", pitch.title)
    keys.send_form("이해충돌 등록", {"심사위원": judge.name, "이해충돌 내용": "친족"}, pitch.title)
    keys.follow(re.compile("이해충돌 등록 취소"))
    keys.lands_on("이해충돌 등록 취소")
    keys.write("사유", "동명이인")
    keys.saved("저장", pitch.title)
    assert PitchEntry.objects.get().technology == "무선 충전" and not pitch.conflicts.filter(archived_at=None).exists()

    keys.follow(competition.name)
    keys.lands_on(competition.name)
    keys.to(re.compile("^채점"), "link")
    keys.to("수정", "link", most=4)
    keys.press("Enter")
    keys.lands_on("심사위원 수정")
    keys.fill({"소속": "광주과학기술원"})
    keys.deed("저장")
    keys.lands_on(competition.name)
    judge.refresh_from_db()
    assert judge.affiliation == "광주과학기술원"


def test_costs_a_calendar_and_secrets_are_changed_and_ended(keys: Keyboard) -> None:
    event = Event.objects.get(name="CES 2023")
    keys.sign_in("admin", f"/events/{event.pk}/costs/new/", "비용 추가")
    keys.skip_to_content()
    keys.fill({"항목": "항공료", "금액": "1억원", "출처": "정산서"})
    keys.saved("저장", event.name)
    keys.follow("항공료")
    keys.lands_on("비용 수정")
    keys.deed("비용 삭제")
    keys.lands_on(event.name)
    expect(keys.page.locator(".messages")).to_be_focused()
    assert EventCost.objects.get().archived_at is not None

    keys.to("내 일정표", "link", most=120)
    keys.press("Enter")
    keys.lands_on("내 일정표")
    keys.skip_to_content()
    keys.deed("주소 열기")
    expect(keys.page.locator("#address")).to_be_focused()  # to be copied, this once
    keys.deed("주소 닫기")
    expect(keys.page.locator(".messages")).to_be_focused()
    assert CalendarFeed.objects.get().revoked_at is not None

    keys.to("웹훅", "link")
    keys.press("Enter")
    keys.lands_on("웹훅")
    keys.skip_to_content()
    keys.follow("통계 시스템")
    keys.lands_on("통계 시스템")
    keys.follow("수정")
    keys.lands_on("통계 시스템")
    keys.fill({"이름표": "통계 시스템(신)"})
    keys.saved("저장", "통계 시스템(신)")
    keys.deed("새 비밀키 만들기")
    keys.lands_on("웹훅 비밀키")
    expect(keys.page.locator("#secret")).to_be_focused()
    keys.follow("웹훅으로")
    keys.lands_on("통계 시스템(신)")
    keys.skip_to_content()
    keys.follow("이전 비밀키 폐기", "DisclosureTriangle")
    keys.deed("영구 폐기")
    expect(keys.page.locator(".messages")).to_be_focused()
    assert WebhookEndpoint.objects.get().old_secret == ""


def test_a_lead_is_taken_a_participation_changed_and_a_link_revoked(keys: Keyboard) -> None:
    event, company = Event.objects.get(name="CES 2023"), make_organisation("무등드론")
    participation = record_participation(system(), event=event, organisation=company)
    unit = OrgUnit.objects.get(code="ai-industry").current(timezone.localdate())
    outcome = make_outcome("드론 협약", parties=[(company, PartyRole.PARTNER)], figures=[figure()], lead_unit=unit)
    link, _token = ask_partner(system(), outcome, company)

    keys.sign_in("officer")
    keys.to("우리 부서로 지정", "button", most=120)
    keys.press("Enter")
    expect(keys.page.locator(".messages")).to_be_focused()
    assert Outcome.objects.filter(lead_unit=unit).count() == 2

    keys.to("참가 현황", "link", most=150)
    keys.press("Enter")
    keys.lands_on("참가 현황")
    keys.skip_to_content()
    keys.follow("무등드론")
    keys.lands_on("무등드론 · CES 2023")
    keys.fill({"전시 제품": "점검 드론"})
    keys.deed("저장")
    expect(keys.page.locator(".messages")).to_be_focused()
    participation.refresh_from_db()
    assert participation.products == "점검 드론"

    keys.go("o", "성과")
    keys.skip_to_content()
    keys.follow("드론 협약")
    keys.lands_on("드론 협약")
    keys.follow("링크 취소 무등드론", "DisclosureTriangle")
    keys.deed("영구 폐기")
    expect(keys.page.locator(".messages")).to_be_focused()
    link.refresh_from_db()
    assert link.revoked_at is not None
