"""The reader's own system says how pages look where no look was chosen: dark, of more contrast, in its own few colours.
Axe finds no barrier in any of them."""

from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from crm.models import Event, Organisation, Outcome
from tests.browser.barriers import COLOURS, EVERYTHING, barriers
from tests.browser.conftest import PASSWORD

AS_USUAL: Final[dict[str, Any]] = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
# What the system says, what is looked for, and what the page does of it.
SETTINGS: Final[dict[str, tuple[dict[str, Any], dict[str, Any], str]]] = {
    "dark": ({"color_scheme": "dark"}, EVERYTHING, "rgb(19, 20, 22)"),
    "more contrast": ({"contrast": "more"}, COLOURS, "rgb(0, 0, 0)"),
    "its own colours": ({"forced_colors": "active", "color_scheme": "dark"}, COLOURS, "rgb(0, 0, 0)"),
}


@pytest.fixture
def reader(page: Page, site: str) -> Page:
    page.goto(f"{site}/login/")
    page.get_by_label("사용자 이름").fill("teamlead")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    expect(page.get_by_role("heading", name="오늘", level=1)).to_be_visible()
    page.emulate_media(reduced_motion="reduce")  # a colour that is on its way is nobody's colour
    return page


@pytest.mark.timeout(300)
def test_axe_finds_no_barrier_in_what_the_system_asks_for(reader: Page, site: str) -> None:
    outcome = Outcome.objects.get(code="o3-ventech")
    event, company = Event.objects.get(name="CES 2023"), Organisation.objects.get(name="㈜벤텍프런티어")
    addresses = (
        "/",
        "/outcomes/?kind=investment_mou",
        "/outcomes/board/",
        f"/outcomes/{outcome.pk}/",
        f"/outcomes/{outcome.pk}/edit/",
        f"/events/{event.pk}/",
        f"/organisations/{company.pk}/",
        "/follow-ups/?show=all",
        "/pitches/?q=로봇",
        "/search/?q=협약",
        "/reports/dashboard/?year=2023",
        "/reports/quarterly/?period=2023Q1",
    )
    found = []
    for address in addresses:
        reader.goto(site + address)
        expect(reader.locator(".later")).to_have_count(0, timeout=30_000)
        for name, (setting, rules, ground) in SETTINGS.items():
            reader.emulate_media(**{**AS_USUAL, **setting})
            assert reader.evaluate("() => getComputedStyle(document.body).backgroundColor") == ground, (address, name)
            found += [f"{address} {name} {one}" for one in barriers(reader, rules)]
    assert not found, "\n".join(found)
