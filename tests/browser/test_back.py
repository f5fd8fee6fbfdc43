"""The browser's Back after saving: the same form sent again makes no second record, and one that says something else by
then is not told that it was saved. With the page put aside as it was, and fetched anew."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from crm.models import FollowUp, Outcome
from tests.browser.people import sign_in

PUTS_ASIDE = ["--disable-back-forward-cache"]  # what keeps Chromium from it, where it is driven


@pytest.fixture(params=["fetched anew", "put aside"])
def page(
    request: pytest.FixtureRequest, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Page]:
    left_out = {"ignore_default_args": PUTS_ASIDE} if request.param == "put aside" else {}
    browser = browser_type.launch(**browser_type_launch_args, **left_out)
    yield browser.new_page(locale="ko-KR")
    browser.close()


@pytest.fixture
def back(page: Page, site: str) -> Callable[[], None]:
    """A follow-up was planned; its form is gone back to."""
    sign_in(page, site)
    page.goto(f"{site}/outcomes/{Outcome.objects.get(code='o2-sol').pk}/follow-ups/new/")
    page.locator("#id_title").fill("착공 확인")
    save(page)
    expect(page.locator(".messages .success")).to_be_visible()

    def go() -> None:
        page.evaluate("history.back()")
        expect(page.locator("#id_title")).to_have_value("착공 확인")

    return go


def save(page: Page) -> None:
    page.locator("main form.sheet button[type=submit]").click()


def planned() -> int:
    return FollowUp.objects.filter(title__startswith="착공 확인").count()


def test_the_same_again_makes_no_second_one(page: Page, back: Callable[[], None]) -> None:
    back()
    save(page)
    expect(page.locator(".messages .success")).to_be_visible()
    assert planned() == 1


def test_what_was_changed_by_then_is_saved_as_another_one_when_it_is_meant(
    page: Page, back: Callable[[], None]
) -> None:
    back()
    page.locator("#id_title").fill("착공 확인 2차")
    save(page)
    expect(page.locator("main .notice.error")).to_contain_text("이미 저장되었고")
    expect(page.locator("#id_title")).to_have_value("착공 확인 2차")
    assert planned() == 1
    save(page)
    expect(page.locator(".messages .success")).to_be_visible()
    assert planned() == 2


def test_the_form_asked_for_again_is_another_one(page: Page, back: Callable[[], None]) -> None:
    back()
    page.reload()
    page.locator("#id_title").fill("착공 확인")
    save(page)
    expect(page.locator(".messages .success")).to_be_visible()
    assert planned() == 2
