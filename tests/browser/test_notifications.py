"""Another department answers: the bell says so, and by keyboard alone it is opened and gone."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.actions import concurrence, outcomes
from crm.actions.base import Caller
from crm.models import Account, Concurrence, OrgUnit
from crm.values.measures import OutcomeKind
from tests.browser.barriers import barriers_in_any_look
from tests.browser.people import sign_in


@pytest.fixture
def asked(site: str) -> Concurrence:
    """The officer's outcome, about which another department is asked."""
    caller = Caller(Account.objects.get(username="officer"), timezone.now(), "page")
    fields = {"kind": OutcomeKind.BUSINESS_MOU, "signed_on": date(2023, 1, 6), "lead_unit": caller.account.org_unit}
    outcome = outcomes.record_outcome(caller, outcomes.Testimony("보도자료"), title="충전 로봇 업무협약", **fields)
    climate = OrgUnit.objects.get(code="climate-environment")
    return concurrence.request_concurrence(caller, outcome, climate)


def test_an_answer_rings_is_opened_by_keyboard_and_is_gone(page: Page, site: str, asked: Concurrence) -> None:
    bell = page.locator(".bell")
    sign_in(page, site, "teamlead2")
    expect(bell).to_have_accessible_name("알림 1 건 안 읽음")
    page.goto(f"{site}/concurrences/{asked.pk}/")
    page.get_by_label("동의", exact=True).check()
    page.get_by_role("button", name="회신", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("저장")
    expect(bell).to_have_accessible_name("알림")  # who has answered has read the request

    sign_in(page, site, "officer")
    expect(bell).to_have_accessible_name("알림 1 건 안 읽음")
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="알림", level=1)).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="협조 요청에 회신했습니다")).to_contain_text("팀장 2 (시연)")
    page.keyboard.press("j")
    expect(page.get_by_role("button", name="충전 로봇 업무협약", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/concurrences/{asked.pk}/")
    expect(bell).to_have_accessible_name("알림")
    page.goto(f"{site}/notifications/?show=unread")
    expect(page.get_by_text("안 읽은 알림이 없습니다.")).to_be_visible()


def test_the_letter_n_alone_still_records_an_outcome(page: Page, site: str, asked: Concurrence) -> None:
    sign_in(page, site, "officer")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").locator("div", has_text="알림").first).to_contain_text("n")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="성과 기록", level=1)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_filled_page_has_no_barrier_in_any_look_and_does_not_scroll_sideways(
    page: Page, site: str, asked: Concurrence, width: int
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, site, "teamlead2")
    page.goto(f"{site}/notifications/")
    expect(page.get_by_role("button", name="모두 읽음으로 표시")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers_in_any_look(page) == []
    small = page.eval_on_selector_all(
        "main button, .bell",
        "all => all.filter(a => a.checkVisibility() && a.getBoundingClientRect().height < 24).map(a => a.innerText)",
    )
    assert small == []
