"""By keyboard alone, what one reads and looks for: kept filters and columns, the board, the report and the dashboard
down to the evidence, language and look."""

import re

import pytest
from playwright.sync_api import Page, expect

from crm.models import LedgerEntry, Outcome, SavedFilter
from tests.browser.keyboard import Keyboard


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    return Keyboard(page, site)


def test_filters_are_kept_shared_used_and_taken_away_and_columns_chosen(keys: Keyboard) -> None:
    keys.sign_in("admin")
    keys.go("o", "성과")
    keys.skip_to_content()
    keys.choose("유형", "투자협약")
    keys.to("＋ 열", "DisclosureTriangle")
    keys.press("Enter")
    keys.tick("추진단계")
    keys.deed("보기")
    expect(keys.page.locator("thead")).to_contain_text("추진단계")
    expect(keys.page.locator("tbody tr")).to_have_count(1)
    keys.skip_to_content()
    keys.to(re.compile("저장한 조건"), "DisclosureTriangle")
    keys.press("Enter")
    keys.write("지금 조건 저장", "우리 투자협약")
    keys.tick("모두와 공유")
    keys.deed("저장")
    keys.lands_on("성과")
    assert SavedFilter.objects.get().is_shared

    keys.sign_in("officer", "/outcomes/", "성과")
    keys.skip_to_content()
    keys.follow("우리 투자협약")
    expect(keys.page.locator("tbody tr")).to_have_count(1)
    keys.skip_to_content()
    keys.follow(re.compile("투자협약.* (해제|빼기|삭제)"))
    expect(keys.page.locator("tbody tr")).not_to_have_count(1)

    keys.sign_in("admin", "/outcomes/", "성과")
    keys.skip_to_content()
    keys.deed("조건 우리 투자협약 삭제")
    keys.lands_on("성과")
    assert not SavedFilter.objects.filter(archived_at=None).exists()


def test_a_card_of_the_board_is_moved(keys: Keyboard) -> None:
    outcome = Outcome.objects.get(code="o2-sol")
    keys.sign_in("officer")
    keys.go("o", "성과")
    keys.skip_to_content()
    keys.follow("단계별 보드")
    keys.lands_on("단계별 보드")
    cards = keys.page.locator(".cards li a")
    expect(cards).to_have_count(1)
    keys.press("j")
    expect(cards).to_be_focused()
    keys.sees_focus()
    keys.choose(f"{outcome.title} 다음 단계", "사업계획 변경")
    keys.deed("이동")
    keys.lands_on("단계 이동 기록")
    assert keys.page.locator("#id_stage").input_value() == "plan_changed"
    keys.day("단계 변경일", "05022023")
    keys.write("사유", "부지 변경")
    keys.deed("단계 이동")
    keys.lands_on(outcome.title)
    outcome.refresh_from_db()
    assert outcome.stage == "plan_changed"


def test_from_a_quarter_and_an_as_of_day_to_a_number_its_entries_and_the_evidence(keys: Keyboard) -> None:
    entry = LedgerEntry.objects.get(outcome__code="o3-ventech", measure="money", reverses=None)
    keys.sign_in("leader")
    keys.go("r", "분기")
    keys.skip_to_content()
    keys.choose("분기", "2023년 1분기")
    keys.day("기준", "03312023")
    keys.deed("보기")
    expect(keys.page.locator(".report-head")).to_contain_text("2023. 3. 31.")
    keys.skip_to_content()
    keys.follow("10,000,000")
    keys.lands_on("수치의 근거 항목")
    keys.follow("㈜벤텍프런티어 · 바이러스엑스버스터 수출계약")
    keys.page.wait_for_url(re.compile(rf"/outcomes/{entry.outcome_id}/#entry-{entry.pk}"))
    keys.lands_on("벤텍프런티어")
    # The next Tab goes on from the entry, not from the top of the page.
    keys.to("CES광주세일즈 보고회 발표", "link", most=2)
    keys.press("Enter")
    expect(keys.page.locator(f"#document-{entry.evidence_id}")).to_be_in_viewport()
    assert str(entry.evidence_id) in keys.page.url


def test_from_a_bar_of_the_dashboard_to_its_entries(keys: Keyboard) -> None:
    keys.sign_in("leader")
    keys.go("w", "현황판")
    keys.page.goto(f"{keys.site}/reports/dashboard/?year=2023")
    keys.lands_on("2023년 현황판")
    keys.skip_to_content()
    bar = keys.page.locator(".bars a").first.get_attribute("aria-label") or ""
    keys.follow(bar)
    keys.lands_on("수치의 근거 항목")
    expect(keys.page.locator("tbody tr")).not_to_have_count(0)


def test_language_and_look_are_chosen(keys: Keyboard) -> None:
    keys.sign_in("officer")
    keys.deed("English")
    keys.lands_on("Today")
    keys.go("o", "Outcomes")
    keys.to("High contrast", "button", most=120)
    keys.press("Enter")
    expect(keys.page.locator("html")).to_have_attribute("data-look", "contrast")
    keys.to("Sign out", "button")
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Sign in")
