"""Merging two organisations by keyboard alone, and taking it back."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD
from tests.builders import make_organisation


def press_to(page: Page, name: str, role: str = "button") -> None:
    """Tabs until the thing of this name has the focus, and presses it."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _step in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


def test_two_are_made_one_and_two_again(site: str, page: Page) -> None:
    make_organisation("㈜벤텍프런티어")
    make_organisation("벤텍프론티어")
    page.goto(f"{site}/login/")
    page.keyboard.type("teamlead")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="오늘")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("c")
    press_to(page, "중복 의심 기관", "link")
    press_to(page, "비교·병합", "link")
    expect(page.get_by_role("heading", name="기관 병합")).to_be_visible()
    reason = page.get_by_label("사유")
    for _step in range(80):
        if reason.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("같은 회사")
    page.keyboard.press("Enter")
    expect(page.get_by_text("병합했습니다")).to_be_visible()
    press_to(page, "병합 되돌리기")
    expect(page.get_by_text("모두 되돌렸습니다")).to_be_visible()
