"""By keyboard alone: search from anywhere, the shortcuts, the rows of a list."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import barriers
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


def press_with_korean_input(page: Page, code: str, key: str, **more: bool) -> None:
    """A key as the browser tells it while Korean input is on; there is no such input to be turned on here."""
    page.evaluate(
        "told => (document.activeElement ?? document.body)"
        ".dispatchEvent(new KeyboardEvent('keydown', {...told, bubbles: true, cancelable: true}))",
        {"key": key, "code": code, **more},
    )


@pytest.mark.parametrize("told", ["a letter", "Process"])
def test_shortcuts_work_with_korean_input_on(officer: Page, site: str, told: str) -> None:
    def press(code: str, letter: str, **more: bool) -> None:
        press_with_korean_input(officer, code, letter if told == "a letter" else told, **more)

    press("Slash", "?", shiftKey=True)
    expect(officer.get_by_role("dialog")).to_be_visible()
    press("Slash", "?", shiftKey=True)
    expect(officer.get_by_role("dialog")).to_have_count(0)
    press("KeyG", "ㅎ")
    press("KeyO", "ㅐ")
    expect(officer.get_by_role("heading", name="성과", level=1)).to_be_visible()
    press("KeyJ", "ㅓ")
    press("KeyJ", "ㅓ")
    press("KeyK", "ㅏ")
    expect(officer.locator("main .table td.main a").first).to_be_focused()
    press("KeyX", "ㅌ")
    expect(officer.locator("td.tick input:checked")).to_have_count(1)
    press("KeyE", "ㄷ")
    expect(officer.get_by_role("heading", name="일괄 변경", level=1)).to_be_visible()
    officer.goto(f"{site}/outcomes/")
    press("Slash", "/")
    expect(officer.locator("#search-everywhere")).to_be_focused()
    officer.goto(f"{site}/outcomes/")
    press("KeyN", "ㅜ")
    expect(officer).to_have_url(f"{site}/outcomes/new/")


def test_a_korean_letter_in_a_field_is_a_letter(officer: Page, site: str) -> None:
    officer.goto(f"{site}/outcomes/")
    officer.locator("#search-everywhere").focus()
    press_with_korean_input(officer, "KeyN", "ㅜ", isComposing=True)
    press_with_korean_input(officer, "KeyN", "ㅜ")
    officer.locator("main").focus()
    press_with_korean_input(officer, "KeyN", "ㅜ", isComposing=True)
    press_with_korean_input(officer, "KeyN", "ㅜ", shiftKey=True)
    press_with_korean_input(officer, "KeyJ", "ㅓ")
    expect(officer.locator("main .table td.main a").first).to_be_focused()
    assert officer.url == f"{site}/outcomes/"


@pytest.mark.parametrize(
    ("place", "heading", "column", "value", "said"),
    [
        ("outcomes", "성과", "next_steps", "부지 확인", "부지 확인"),
        ("organisations", "기업·기관", "region", "전남", "전남"),
        ("events", "행사", "city", "Sunnyvale", "Sunnyvale"),
        ("follow-ups", "후속조치", "due_on", "", "2027. 1. 5."),
    ],
)
def test_two_rows_of_a_list_are_changed_and_taken_back_by_keyboard(
    page: Page, site: str, place: str, heading: str, column: str, value: str, said: str
) -> None:
    page.goto(f"{site}/login/?next=/{place}/")
    page.get_by_label("사용자 이름").focus()
    page.keyboard.type("admin")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    for key in "jxjx":
        page.keyboard.press(key)
    expect(page.locator("td.tick input:checked")).to_have_count(2)
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="일괄 변경", level=1)).to_be_visible()
    page.locator("#id_column").focus()
    while page.locator("#id_column").input_value() != column:
        page.keyboard.press("ArrowDown")
    while page.evaluate("() => document.activeElement.id") != f"id_{column}":
        page.keyboard.press("Tab")
    page.keyboard.type(value or "01052027")
    page.get_by_role("button", name="변경 내용 미리보기").press("Enter")
    expect(page.locator("td[data-label=이후]").first).to_have_text(said)
    assert barriers(page) == []
    page.get_by_role("button", name="모두 변경").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2건을 변경했습니다.")
    page.get_by_role("button", name="모두 되돌리기").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("모두 되돌렸습니다.")


def test_a_page_of_rows_is_ticked_at_once_by_keyboard(officer: Page, site: str) -> None:
    officer.goto(f"{site}/outcomes/")
    rows, head = officer.locator("td.tick input"), officer.get_by_role("checkbox", name="이 쪽의 기록 모두 선택")
    many = rows.count()
    assert many > 1
    head.focus()
    officer.keyboard.press("Space")
    expect(officer.locator("td.tick input:checked")).to_have_count(many)
    rows.first.uncheck()
    assert head.evaluate("box => [box.checked, box.indeterminate]") == [False, True]
    rows.first.check()
    assert head.evaluate("box => [box.checked, box.indeterminate]") == [True, False]
    assert barriers(officer) == []
    officer.keyboard.press("e")
    expect(officer.get_by_role("heading", name="일괄 변경", level=1)).to_contain_text(str(many))


def test_all_that_is_found_is_taken_without_scripts(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False, locale="ko-KR").new_page()
    page.goto(f"{site}/login/?next=/outcomes/%3Fkind=business_mou")
    page.get_by_label("사용자 이름").fill("officer")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    expect(page.get_by_role("checkbox", name="이 쪽의 기록 모두 선택")).to_be_hidden()
    many = page.locator("td.tick input").count()
    assert many > 1
    page.get_by_role("link", name=f"찾은 {many}건 모두 일괄 변경").click()
    expect(page.get_by_role("heading", name="일괄 변경", level=1)).to_contain_text(str(many))
    page.locator("#id_column").select_option("next_steps")
    page.locator("#id_next_steps").fill("부지 확인")
    page.get_by_role("button", name="변경 내용 미리보기").click()
    expect(page.locator("td[data-label=이후]")).to_have_count(many)
    page.context.close()
