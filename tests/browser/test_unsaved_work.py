"""What was typed and not sent is there again: after a closed tab, an ended session, a reload; and gone once it is sent."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD


def sign_in(page: Page, site: str, name: str = "officer") -> None:
    page.goto(f"{site}/login/")
    page.get_by_label("사용자 이름").fill(name)
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    expect(page.get_by_role("heading", name="오늘", level=1)).to_be_visible()


def kept(page: Page, path: str) -> bool:
    told = "path => Object.keys(localStorage).some(k => k.startsWith('draft:') && k.endsWith(path))"
    return bool(page.evaluate(told, path))


@pytest.fixture
def typing(page: Page, site: str) -> Page:
    sign_in(page, site)
    page.goto(f"{site}/organisations/new/")
    page.get_by_label("이름", exact=False).first.press_sequentially("새로운회사")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    return page


def test_it_is_offered_after_a_reload_and_brought_back(typing: Page, site: str) -> None:
    typing.goto(f"{site}/events/")
    typing.goto(f"{site}/organisations/new/")
    expect(typing.locator("#id_name")).to_have_value("")
    typing.get_by_role("button", name="되살리기").click()
    expect(typing.locator("#id_name")).to_have_value("새로운회사")


def test_it_survives_the_end_of_the_session(typing: Page, site: str) -> None:
    typing.context.clear_cookies(name="sessionid")
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.get_by_label("비밀번호")).to_be_visible()
    sign_in(typing, site)
    typing.goto(f"{site}/organisations/new/")
    expect(typing.get_by_role("button", name="되살리기")).to_be_visible()


def test_it_is_gone_once_it_was_sent_or_let_go(typing: Page, site: str) -> None:
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.get_by_role("heading", name="새로운회사")).to_be_visible()
    assert not kept(typing, "/organisations/new/")
    typing.goto(f"{site}/organisations/new/")
    expect(typing.get_by_role("button", name="되살리기")).to_have_count(0)
    typing.locator("#id_name").press_sequentially("다른회사")
    typing.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    typing.reload()
    typing.get_by_role("button", name="버리기").click()
    assert not kept(typing, "/organisations/new/")


def do_something_else(page: Page, site: str) -> None:
    page.goto(f"{site}/organisations/")
    page.locator("main td.main a").first.click()
    page.get_by_role("link", name="수정", exact=True).first.click()
    page.locator("#id_sector").fill("로봇")
    page.locator("main form.sheet button[type=submit]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def test_a_refused_one_outlives_what_is_done_elsewhere(typing: Page, site: str) -> None:
    typing.locator("#id_business_registration_number").fill("123-45-67890")
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.locator("main form.sheet .wrong")).to_be_visible()
    do_something_else(typing, site)
    typing.goto(f"{site}/organisations/new/")
    typing.get_by_role("button", name="되살리기").click()
    expect(typing.locator("#id_name")).to_have_value("새로운회사")


def test_one_sent_after_the_sessions_end_outlives_what_is_done_elsewhere(typing: Page, site: str) -> None:
    typing.context.clear_cookies(name="sessionid")
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.get_by_label("비밀번호")).to_be_visible()
    sign_in(typing, site)
    do_something_else(typing, site)
    assert not kept(typing, "/edit/")
    typing.goto(f"{site}/organisations/new/")
    expect(typing.get_by_role("button", name="되살리기")).to_be_visible()


def test_one_that_never_arrived_outlives_what_is_done_elsewhere(typing: Page, site: str) -> None:
    typing.route("**/organisations/new/", lambda route: route.abort())
    typing.locator("main form.sheet button[type=submit]").click()
    typing.wait_for_url("chrome-error://**")
    typing.unroute("**/organisations/new/")
    do_something_else(typing, site)
    assert kept(typing, "/organisations/new/")


def test_what_another_tab_has_written_there_since_stays(typing: Page, site: str) -> None:
    other = typing.context.new_page()
    other.goto(f"{site}/organisations/new/")
    typing.route("**/organisations/new/", lambda route: (write(other), route.continue_())[-1])
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.get_by_role("heading", name="새로운회사")).to_be_visible()
    typing.goto(f"{site}/organisations/new/")
    typing.get_by_role("button", name="되살리기").click()
    expect(typing.locator("#id_name")).to_have_value("딴회사")


def write(page: Page) -> None:
    page.locator("#id_name").press_sequentially("딴회사")
    page.wait_for_function("() => Object.values(localStorage).some(told => told.includes('딴회사'))")


def test_it_is_not_shown_to_another_account_and_goes_with_signing_out(typing: Page, site: str) -> None:
    typing.get_by_role("button", name="로그아웃").click()
    expect(typing.get_by_label("비밀번호")).to_be_visible()
    assert not kept(typing, "/organisations/new/")


def test_personal_data_is_not_kept(page: Page, site: str) -> None:
    sign_in(page, site)
    page.goto(f"{site}/organisations/")
    page.locator("main td.main a").first.click()
    page.get_by_role("link", name="연락처 추가").click()
    page.locator("main form.sheet input[type=text]").first.press_sequentially("대외협력 담당")
    page.locator("main form.sheet input[type=text]").nth(1).press_sequentially("과장")
    page.goto(f"{site}/organisations/")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length") == 0
