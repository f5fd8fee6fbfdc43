"""By keyboard alone at the booth: three fields, with a network and without, and what the server asks about."""

import re

import pytest
from playwright.sync_api import Page, expect

from crm.models import Event, Outcome
from crm.values.measures import OutcomeKind, PartyRole
from tests.browser.booth import count, drafts, made, ready_for_no_network, started
from tests.browser.keyboard import Keyboard
from tests.builders import make_organisation, make_outcome


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    keys = Keyboard(page, site)
    page.goto(f"{site}/login/?next=/booth/")
    keys.write("사용자 이름", "officer", here=True)
    keys.write("비밀번호", "a-long-demo-password")
    keys.press("Enter")
    started(page)
    keys.skip_to_content()
    keys.to("행사", "combobox")
    keys.page.keyboard.type("CES 2023")
    ready_for_no_network(page)
    return keys


def three_fields(keys: Keyboard, who: str, kind: str) -> None:
    keys.write(re.compile("누구와"), who)
    keys.pick(kind)
    keys.deed("저장")
    expect(keys.page.locator("#who")).to_have_value("")


def test_three_fields_by_the_initials_of_a_company(keys: Keyboard) -> None:
    keys.write(re.compile("누구와"), "ㅂㅌㅍㄹ")
    expect(keys.page.locator("#who-list li").first).to_contain_text("벤텍프런티어")
    keys.press("ArrowDown", "Enter")
    expect(keys.page.locator("#who")).to_have_value("㈜벤텍프런티어")
    keys.to("＋ 그 밖의 유형", "DisclosureTriangle")
    keys.press("Enter")
    keys.pick("구매의향서")
    keys.write(re.compile("금액"), "1천만 달러")
    expect(keys.page.locator("#amount-means")).to_contain_text("USD 10,000,000")
    keys.deed("저장")
    count(keys.page, "sent", 1)
    assert not keys.is_lost()


def test_without_a_network_too(keys: Keyboard) -> None:
    keys.page.context.set_offline(True)
    three_fields(keys, "무등로봇", "업무협약")
    count(keys.page, "waiting", 1)
    assert not keys.is_lost()
    keys.page.context.set_offline(False)
    count(keys.page, "sent", 1)
    assert made() == ["무등로봇 업무협약"]


def test_what_is_missing_is_said_at_the_field_that_gets_the_focus(keys: Keyboard) -> None:
    keys.deed("저장")
    expect(keys.page.locator("#who")).to_be_focused()
    keys.sees_focus()
    expect(keys.page.locator("#who")).to_have_attribute("aria-invalid", "true")
    expect(keys.page.locator("#who")).to_have_attribute("aria-describedby", re.compile("who-said"))


def test_a_conflict_is_answered_and_the_focus_stays_at_the_draft(keys: Keyboard) -> None:
    known = make_outcome(
        "빛고을바이오 협약", kind=OutcomeKind.BUSINESS_MOU, event=Event.objects.get(name="CES 2023"), signed_on=None,
        parties=[(make_organisation("빛고을바이오"), PartyRole.PARTNER)],
    )  # fmt: skip
    three_fields(keys, "빛고을바이오", "업무협약")
    count(keys.page, "refused", 1)
    keys.to(known.title, "link")
    keys.deed(re.compile("다른 성과|다른 건"))
    count(keys.page, "sent", 1)
    expect(drafts(keys.page, "sent")).to_be_focused()
    keys.sees_focus()
    assert Outcome.objects.filter(title="빛고을바이오 업무협약").exists()
