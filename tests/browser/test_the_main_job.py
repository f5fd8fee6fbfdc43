"""The main job in a browser, from sign-in to the downloaded report: an officer logs a deal and finds it counted."""

import io
import re
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from crm.models import LedgerEntry, Outcome
from tests.browser.conftest import PASSWORD


def sign_in(page: Page, site: str, username: str) -> None:
    page.goto(site)
    page.get_by_label("사용자 이름").fill(username)
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    expect(page.get_by_role("heading", name="오늘", level=1)).to_be_visible()


def record_the_deal(page: Page) -> None:
    page.get_by_role("link", name="성과 기록").first.click()
    page.get_by_label("유형").select_option(label="수출계약")
    page.get_by_label("제목", exact=False).first.fill("시험기업 현지 납품 계약")
    page.locator("#id_event").select_option(label="CES 2023")
    page.locator("#id_signed_on").fill("2023-01-06")
    page.locator("[name$='-name']").first.fill("시험기업")
    page.locator("[name$='-role']").first.select_option(label="수출기업")
    page.locator("#id_amount").fill("1천만 달러")
    expect(page.get_by_text("USD 10,000,000").first).to_be_visible()
    page.get_by_label("총액", exact=True).check()
    page.locator("#id_source").fill("계약서 사본")
    page.locator("#id_grade").select_option(label="서명 문서")
    page.locator("#id_file").set_input_files(
        {"name": "계약서.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_role("heading", name="시험기업 현지 납품 계약")).to_be_visible()


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def test_from_sign_in_to_the_downloaded_report(page: Page, site: str) -> None:
    sign_in(page, site, "officer")
    record_the_deal(page)
    expect(page.get_by_text("USD 10,000,000").first).to_be_visible()
    page.get_by_role("link", name="보고서").first.click()
    page.get_by_label("분기").select_option("2023Q1")
    page.get_by_role("button", name="보기").click()
    expect(page.locator(".report-head")).to_contain_text("2023년 1분기")
    counts = page.locator("#quarter_counts tr", has_text="수출계약")
    expect(counts.locator("td").nth(1)).to_have_text("2")
    money = page.locator("#quarter_money tr", has_text="수출계약")
    expect(money).to_contain_text("10,000,000")
    assert_workbook(download(page, "XLSX"))
    assert_pdf(download(page, "PDF"))


def assert_workbook(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    titles = [row[0].value for row in book.worksheets[1].iter_rows()]
    assert any("시험기업 현지 납품 계약" in str(title) for title in titles)


def assert_pdf(content: bytes) -> None:
    pages = pypdfium2.PdfDocument(content)
    text = re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))
    assert "수출계약 2 0 0" in text
    assert "시험기업" in text


def test_from_the_number_on_the_page_to_its_evidence(page: Page, site: str) -> None:
    sign_in(page, site, "officer")
    record_the_deal(page)
    page.goto(f"{site}/reports/quarterly/?period=2023Q1")
    page.locator("#quarter_money tr", has_text="수출계약").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="수치의 근거 항목")).to_be_visible()
    page.locator("main tbody tr", has_text="10,000,000").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/outcomes/[0-9a-f-]+/#entry-"))


def test_a_double_click_makes_one_record(page: Page, site: str) -> None:
    sign_in(page, site, "officer")
    page.goto(f"{site}/outcomes/new/")
    page.get_by_label("유형").select_option(label="업무협약")
    page.locator("#id_title").fill("두 번 누른 협약")
    page.locator("#id_signed_on").fill("2023-01-06")
    page.locator("#id_source").fill("보도자료")
    page.get_by_role("button", name="저장").dblclick()
    expect(page.get_by_role("heading", name="두 번 누른 협약")).to_be_visible()
    made = Outcome.objects.filter(title="두 번 누른 협약")
    assert made.count() == 1
    assert LedgerEntry.objects.filter(outcome=made.get()).count() == 1


def test_a_wrong_amount_is_said_at_its_field_and_nothing_typed_is_lost(page: Page, site: str) -> None:
    sign_in(page, site, "officer")
    page.goto(f"{site}/outcomes/new/")
    page.locator("#id_title").fill("금액이 틀린 계약")
    page.locator("#id_amount").fill("많이")
    page.get_by_role("button", name="저장").click()
    expect(page.locator("#id_title")).to_have_value("금액이 틀린 계약")
    expect(page.locator("#id_amount")).to_have_value("많이")
    expect(page.locator("#id_amount")).to_have_attribute("aria-invalid", "true")
    assert not Outcome.objects.filter(title="금액이 틀린 계약").exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_scrolls_sideways(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, site, "officer")
    outcome = Outcome.objects.get(code="o3-ventech")
    for path in ("/", "/outcomes/", f"/outcomes/{outcome.pk}/", "/outcomes/new/", "/events/", "/follow-ups/",
                 "/organisations/", "/reports/quarterly/?period=2023Q1"):  # fmt: skip
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
