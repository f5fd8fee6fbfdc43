"""By keyboard alone, what is set right and what is administered: figures corrected and taken back, shares, requests
withdrawn and overridden, delegations, rules, tokens, webhooks, editions and schedules of reports, a sheet's columns."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.actions.accounts import system_caller
from crm.actions.publications import close_books
from crm.models import (
    ApiToken,
    Attribution,
    Concurrence,
    Delegation,
    FollowUpRule,
    ImportBatch,
    LedgerEntry,
    OrgUnit,
    Outcome,
    Publication,
    ReportSchedule,
    WebhookEndpoint,
)
from crm.values.periods import Quarter
from tests.browser.keyboard import Keyboard
from tests.browser.test_import import book
from tests.builders import figure, make_outcome
from tests.reports.published import publish_quarterly


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    return Keyboard(page, site)


@pytest.fixture
def outcome(site: str) -> Outcome:
    today = timezone.localdate()
    lead, other = (OrgUnit.objects.get(code=code).current(today) for code in ("economy-startup", "ai-industry"))
    return make_outcome("데이터센터 협약", figures=[figure()], lead_unit=lead, cooperating=[other])


def test_a_figure_is_corrected_and_taken_back_and_shares_are_stated(keys: Keyboard, outcome: Outcome) -> None:
    keys.sign_in("teamlead", f"/outcomes/{outcome.pk}/", outcome.title)
    keys.skip_to_content()
    keys.follow("정정")
    keys.lands_on("수치 정정")
    keys.fill({"금액 또는 인원": "아마 많음"})
    keys.fill({"정정 사유": "계약서 확인"})
    keys.refused("저장")
    keys.fill({"금액 또는 인원": "USD 900,000", "정정 사유": "계약서 확인"})
    keys.saved("저장", outcome.title)
    assert outcome.entries.filter(measure="money", value=900_000).exists()

    keys.follow("정정")
    keys.lands_on("수치 정정")
    keys.follow("정정 대신 취소하기")
    keys.lands_on("수치 취소")
    keys.fill({"원인": "철회", "사유": "상대 기업이 부인함"})
    keys.saved("수치 취소", outcome.title)
    entries = LedgerEntry.objects.filter(outcome=outcome, measure="money")
    assert sum(entry.value for entry in entries) == 0 and entries.count() == 4

    keys.follow("귀속 비율 입력")
    keys.lands_on("귀속 비율")
    keys.fill({"1. 행사 또는 부서": "CES 2023", "1. 역할": "체결", "1. 비율(%)": "60"})
    keys.refused("저장")  # shares add to 100
    keys.fill({"1. 비율(%)": "100"})
    keys.saved("저장", outcome.title)
    assert Attribution.objects.get(outcome=outcome, archived_at=None).share == 100


def test_a_request_is_overridden_and_another_withdrawn(keys: Keyboard, outcome: Outcome) -> None:
    keys.sign_in("admin", f"/outcomes/{outcome.pk}/", outcome.title)
    keys.skip_to_content()
    keys.follow("협조 요청")
    keys.lands_on("협조 요청")
    keys.fill({"부서": "기후환경국", "협조 요청 내용": "부지 검토"})
    keys.saved("요청", outcome.title)
    keys.follow("협조 없이 진행")
    keys.lands_on("협조 없이 진행")
    keys.fill({"협조 없이 진행하는 사유": "회신 기한이 지남"})
    keys.saved("협조 없이 진행", outcome.title)
    keys.follow("요청 취소")
    keys.lands_on("협조 요청 취소")
    keys.fill({"사유": "사업 범위가 바뀜"})
    keys.saved("요청 취소", outcome.title)
    told = Concurrence.objects.filter(outcome=outcome)
    assert told.exclude(override_reason="").count() == 1 and told.exclude(archived_at=None).count() == 1


def test_a_delegation_is_given_and_ended(keys: Keyboard) -> None:
    keys.sign_in("head", "/delegations/", "전결·대결 위임")
    keys.skip_to_content()
    keys.follow("위임 등록")
    keys.lands_on("위임 등록")
    told = {
        "위임자": "국장 (시연)",
        "대행자": "팀장 (시연)",
        "권한 구분": "대결",
        "시작일": "01052090",
        "종료일": "01042090",
    }
    keys.fill(told)
    keys.refused("저장")  # it ends before it begins
    keys.fill({"종료일": "01092090", "사유": "출장"})
    keys.saved("저장", "전결·대결 위임")
    made = Delegation.objects.get()
    assert made.deputy.username == "teamlead"
    keys.follow("종료", "button")
    expect(keys.page.locator(".messages")).to_be_focused()
    made.refresh_from_db()
    assert made.archived_at is not None or made.until_on != made.from_on


def test_rules_tokens_and_webhooks_are_set(keys: Keyboard) -> None:
    keys.sign_in("admin", "/follow-ups/rules/", "후속조치 규칙")
    keys.skip_to_content()
    keys.follow("변경")
    keys.lands_on("규칙 변경")
    keys.fill({"시점": "0, 2, 네 달"})
    keys.refused("저장")
    keys.fill({"시점": "0, 2, 4"})
    keys.saved("저장", "후속조치 규칙")
    assert FollowUpRule.objects.get().offsets == [0, 2, 4]

    keys.to("API 토큰", "link", most=120)
    keys.press("Enter")
    keys.lands_on("API 토큰")
    keys.skip_to_content()
    keys.follow("토큰 발급")
    keys.lands_on("토큰 발급")
    label = "계정이 볼 수 있는 모든 자료 읽기 (read)"
    keys.fill({"계정": "연계 시스템 (시연)", "이름표": "통계 연계", label: True, "유효기간": "12312026"})
    keys.deed("토큰 발급")
    keys.lands_on("새 토큰")
    expect(keys.page.locator("#secret")).to_be_focused()  # to be copied, this once
    keys.follow("토큰 목록으로")
    keys.lands_on("API 토큰")
    keys.skip_to_content()
    keys.follow("폐기 통계 연계", "DisclosureTriangle")
    keys.deed("영구 폐기")
    expect(keys.page.locator(".messages")).to_be_focused()
    assert ApiToken.objects.get(label="통계 연계").revoked_at is not None

    keys.to("웹훅", "link")
    keys.press("Enter")
    keys.lands_on("웹훅")
    keys.skip_to_content()
    keys.follow("웹훅 등록")
    keys.lands_on("웹훅 등록")
    keys.fill(
        {"연계 시스템 계정": "연계 시스템 (시연)", "이름표": "포털", "주소": "http://127.0.0.1:9/portal", "성과": True}
    )
    keys.deed("웹훅 등록")
    keys.lands_on("웹훅 비밀키")
    keys.follow("웹훅으로")
    keys.lands_on("포털")
    keys.skip_to_content()
    for deed in ("시험 전송", "끄기", "켜기"):
        keys.deed(deed)
        expect(keys.page.locator(".messages")).to_be_focused()
        keys.back_to("수정", "link")
    made = WebhookEndpoint.objects.get(label="포털")
    assert made.is_active and made.types == ["outcome"]


def test_a_report_is_published_and_scheduled(keys: Keyboard) -> None:
    keys.sign_in("leader", "/reports/quarterly/?period=2023Q1", "분기")
    keys.skip_to_content()
    keys.follow("이 보고서 발간", "DisclosureTriangle")
    keys.deed("확정 발간")
    keys.lands_on("분기")
    expect(keys.page.locator(".messages")).to_be_focused()
    assert Publication.objects.get().asked["period"] == "2023Q1"

    keys.go("r", "분기")
    keys.page.goto(f"{keys.site}/reports/schedules/")
    keys.lands_on("보고서 발송 일정")
    keys.skip_to_content()
    keys.follow("새 발송 일정")
    keys.lands_on("새 발송 일정")
    keys.fill({"이름": "분기 보고", "발송일": "5", "PDF": True, "수신자": "누구"})
    keys.refused("저장")  # that is no address
    keys.fill({"수신자": "bureau@example.go.kr"})
    keys.saved("저장", "보고서 발송 일정")
    made = ReportSchedule.objects.get()
    assert made.day == 5 and made.recipients == ["bureau@example.go.kr"]
    keys.deed("멈추기 분기 보고")
    expect(keys.page.locator(".messages")).to_be_focused()
    made.refresh_from_db()
    assert not made.is_active


def test_an_edition_that_broke_off_half_way_is_finished(keys: Keyboard) -> None:
    caller = system_caller(timezone.now())
    whole = publish_quarterly(caller, Quarter(2023, 1), caller.now, "ko")
    cut = close_books(caller, whole.report, whole.about, whole.as_of, "ko", whole.asked, whole.inputs)
    keys.sign_in("leader", "/reports/published/", "발간한 보고서")
    keys.skip_to_content()
    keys.to(re.compile("2023"), "link")  # the latest stands first
    keys.press("Enter")
    keys.lands_on("제2판")
    expect(keys.page.get_by_role("heading", name="발간한 그대로의 파일")).to_have_count(0)
    keys.skip_to_content()
    keys.saved("파일 만들기", "제2판")
    expect(keys.page.locator(".messages")).to_contain_text("파일을 만들었습니다")
    cut.refresh_from_db()
    assert cut.state == "published" and cut.files.count() == whole.files.count() > 0
    keys.to("XLSX", "link")  # from the message on, the files are the next


def test_the_columns_of_a_sheet_are_matched(keys: Keyboard, tmp_path: Path) -> None:
    sheet = tmp_path / "성과.xlsx"
    sheet.write_bytes(book())
    keys.sign_in("officer", "/imports/", "엑셀 가져오기")
    keys.skip_to_content()
    keys.upload("엑셀 또는 CSV 파일", sheet)
    keys.deed("파일 읽기")
    keys.lands_on("성과.xlsx")
    keys.to("＋ 열", "DisclosureTriangle")
    keys.press("Enter")
    keys.fill({"행사": "읽지 않음"})
    keys.saved("이 열 설정으로 읽기", "성과.xlsx")
    assert "event" not in ImportBatch.objects.get().columns.values()


def test_rows_that_are_hidden_in_a_sheet_are_left_out_and_read_again(keys: Keyboard, tmp_path: Path) -> None:
    sheet = tmp_path / "성과.xlsx"
    workbook = openpyxl.load_workbook(io.BytesIO(book()))
    workbook.worksheets[0].row_dimensions[4].hidden = True
    workbook.save(sheet)
    keys.sign_in("officer", "/imports/", "엑셀 가져오기")
    keys.skip_to_content()
    keys.upload("엑셀 또는 CSV 파일", sheet)
    keys.deed("파일 읽기")
    keys.lands_on("성과.xlsx")
    expect(keys.page.get_by_text("2행 중 1행을 기록합니다.")).to_be_visible()
    keys.saved("숨겨진 행 제외", "성과.xlsx")
    expect(keys.page.get_by_text("1행 중 1행을 기록합니다.")).to_be_visible()
    keys.saved("숨겨진 행도 읽기", "성과.xlsx")
    expect(keys.page.get_by_text("2행 중 1행을 기록합니다.")).to_be_visible()
