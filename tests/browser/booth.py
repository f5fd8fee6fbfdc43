"""What a person does at a booth, with a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from crm.models import Event, LedgerEntry
from crm.values.measures import Measure
from tests.browser.conftest import PASSWORD

PATIENCE = 40_000  # milliseconds: longer than the page waits before it tries again
PHONE = {"width": 390, "height": 844}


def sign_in(page: Page, site: str, username: str = "officer") -> None:
    page.goto(f"{site}/login/?next=/booth/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    started(page)


def started(page: Page) -> None:
    expect(page.locator("body[data-started]")).to_be_attached()


def ready_for_no_network(page: Page) -> None:
    expect(page.locator("#ready[data-ready]")).to_be_visible(timeout=PATIENCE)


def at_the_event(page: Page) -> None:
    page.locator("#event").select_option(str(Event.objects.get(name="CES 2023").pk))


def write(page: Page, who: str, kind: str = "business_mou", amount: str = "") -> None:
    page.locator("#who").fill(who)
    page.locator(f"[name=kind][value={kind}]").check()
    page.locator("#amount").fill(amount)


def save(page: Page) -> None:
    page.locator("#save").click()
    expect(page.locator("#who")).to_have_value("")


_KEPT = """async (text) => {
  const asked = (made) => new Promise((ok, no) => { made.onsuccess = () => ok(made.result); made.onerror = no; });
  const database = await asked(indexedDB.open("ieum-booth"));
  const drafts = await asked(database.transaction("drafts").objectStore("drafts").getAll());
  database.close();
  return drafts.some((draft) => JSON.stringify(draft).includes(text));
}"""


def kept(page: Page, text: str) -> None:
    """What was typed last lies on the phone, and the page says so."""
    page.wait_for_function(_KEPT, arg=text)
    expect(page.locator("#kept")).not_to_have_text("")


def drafts(page: Page, state: str) -> Locator:
    return page.locator(f".draft[data-state={state}]")


def count(page: Page, state: str, number: int) -> None:
    expect(drafts(page, state)).to_have_count(number, timeout=PATIENCE)


def made() -> list[str]:
    """The titles of what was recorded at the booth."""
    entries = LedgerEntry.objects.filter(source="현장 기록(부스)", measure=Measure.COUNT)
    return sorted(entries.values_list("outcome__title", flat=True))


def wait_for(page: Page, reached: Callable[[], bool]) -> None:
    """Turns the browser's events over until it is so."""
    for _turn in range(400):
        if reached():
            return
        page.wait_for_timeout(50)
    pytest.fail("it was never so")
