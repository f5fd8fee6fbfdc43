"""The browser's Back after saving: the same form sent again makes no second record, one that says something else by then
is not told that it was saved, and one of a record does not overwrite what others changed since. With the page put aside as
it was, and fetched anew."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

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


def test_what_others_changed_since_is_not_overwritten(page: Page, site: str, browser: Browser) -> None:
    """Who corrects a title, goes back and saves the form once more is told what was made of it meanwhile."""
    outcome = Outcome.objects.get(code="o2-sol")
    sign_in(page, site)
    page.goto(f"{site}/outcomes/{outcome.pk}/edit/")
    page.locator("#id_title").fill("첫 번째 정정")
    save(page)
    expect(page.locator(".messages .success")).to_be_visible()
    other = browser.new_page(locale="ko-KR")
    sign_in(other, site, "teamlead")
    other.goto(f"{site}/outcomes/{outcome.pk}/edit/")
    other.locator("#id_title").fill("팀장의 정정")
    save(other)
    expect(other.locator(".messages .success")).to_be_visible()
    page.evaluate("history.back()")
    expect(page.locator("#id_title")).to_have_value("첫 번째 정정")
    save(page)
    expect(page.locator("main .notice.error").first).to_contain_text("저장되지 않았습니다")
    expect(page.locator("main")).to_contain_text("팀장의 정정")
    outcome.refresh_from_db()
    assert outcome.title == "팀장의 정정"
