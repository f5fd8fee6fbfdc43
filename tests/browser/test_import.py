"""A sheet from an officer's desk: read, a cell mended, applied, found on record, taken back."""

import io

import openpyxl
from playwright.sync_api import Page, expect

from crm.models import Outcome
from tests.browser.conftest import PASSWORD


def book() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["2023년 하반기 성과 현황"])
    sheet.append(["구분", "성과명", "기업명", "행사", "체결일", "금액"])
    sheet.append(["업무협약", "드론 실증 업무협약", "무등드론", "CES 2023", "2023. 1. 7.", None])
    sheet.append(["투자협약", "전장부품 투자협약", "새빛전장", "CES 2023", "2023-01-32", "300억원"])
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def test_a_sheet_is_read_mended_applied_and_taken_back(page: Page, site: str) -> None:
    page.goto(f"{site}/login/")
    page.get_by_label("사용자 이름").fill("officer")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    page.get_by_role("link", name="성과", exact=True).first.click()
    page.get_by_role("link", name="엑셀 가져오기").click()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("#id_file").set_input_files({"name": "성과.xlsx", "mimeType": kind, "buffer": book()})
    page.get_by_role("button", name="파일 읽기").click()
    expect(page.get_by_text("2행 중 1행을 기록합니다.")).to_be_visible()
    page.locator("input[aria-invalid=true]").fill("2023-01-31")
    page.get_by_role("button", name="고치고 다시 보기").click()
    page.get_by_role("button", name="2행 적용").click()
    expect(page.get_by_text("이 자료에서 2행을 기록했습니다.")).to_be_visible()
    assert set(Outcome.objects.filter(title__contains="협약").values_list("title", flat=True)) >= {
        "드론 실증 업무협약",
        "전장부품 투자협약",
    }
    page.get_by_role("button", name="모두 되돌리기").click()
    expect(page.get_by_text("이 자료에서 0행을 기록했습니다.")).to_be_visible()
    assert not Outcome.objects.filter(title="전장부품 투자협약", archived_at=None).exists()
