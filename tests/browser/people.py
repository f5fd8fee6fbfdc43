"""Who sits at the browser."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD


def sign_out(page: Page) -> None:
    """Nobody is signed in any more. The page is left first: what it still asks for would bring a cookie of its own, and
    the form of the next who signs in would be refused for it."""
    page.goto("about:blank")
    page.context.clear_cookies()


def sign_in(page: Page, site: str, username: str = "officer") -> None:
    sign_out(page)
    page.goto(f"{site}/login/")
    page.get_by_label("사용자 이름").fill(username)
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    expect(page.get_by_role("heading", name="오늘", level=1)).to_be_visible()
