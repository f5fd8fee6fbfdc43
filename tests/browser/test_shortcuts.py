"""By keyboard alone: search from anywhere, the shortcuts, the rows of a list."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD


@pytest.fixture
def officer(page: Page, site: str) -> Page:
    page.goto(f"{site}/login/")
    page.get_by_label("사용자 이름").fill("officer")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    expect(page.get_by_role("heading", name="오늘", level=1)).to_be_visible()
    return page


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_a_company_is_found_by_its_initials_from_any_page(officer: Page, keys: str) -> None:
    officer.keyboard.press(keys)
    expect(officer.locator("#search-everywhere")).to_be_focused()
    officer.keyboard.type("ㅂㅌㅍㄹ")
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("link", name="㈜벤텍프런티어", exact=True)).to_be_visible()


def test_the_search_page_finds_while_typing(officer: Page, site: str) -> None:
    officer.goto(f"{site}/search/")
    officer.locator("#id_q").press_sequentially("1천만 달러")
    expect(officer.locator("#found")).to_contain_text("수출계약")
    assert "q=" in officer.url


def test_the_shortcuts_are_told_and_lead_to_their_places(officer: Page, site: str) -> None:
    officer.keyboard.press("?")
    expect(officer.get_by_role("dialog")).to_contain_text("다음·이전 줄")
    officer.keyboard.press("Escape")
    officer.keyboard.press("g")
    officer.keyboard.press("o")
    expect(officer.get_by_role("heading", name="성과", level=1)).to_be_visible()
    officer.keyboard.press("j")
    officer.keyboard.press("j")
    second = officer.locator("main .table td.main a").nth(1)
    expect(second).to_be_focused()
    title = second.inner_text()
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("heading", name=title)).to_be_visible()


def test_a_letter_in_a_field_is_a_letter(officer: Page, site: str) -> None:
    officer.goto(f"{site}/outcomes/new/")
    officer.locator("#id_title").press_sequentially("go/?n")
    assert officer.locator("#id_title").input_value() == "go/?n"
    assert officer.url == f"{site}/outcomes/new/"
