"""On paper: what can only be pressed is gone, addresses of the evidence and trace codes stay, nothing is cut off at the
width of A4, and dark ink stands on white whatever look was chosen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from crm.models import Outcome
from tests.browser.conftest import PASSWORD
from tests.builders import make_document

A4 = {"width": 661, "height": 990}  # less the margins, at the 96 points an inch of a browser
PRESSED = "nav, header.top, footer, form, button, input:not([type=hidden]), select, textarea, summary.button, a.button:not([download]), .gate-name a"
# A number of a colour channel to what it gives of light, and what is left of the ink on its paper.
PALE = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((n) => n / 255).map((n) => n <= .03928 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const paper = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility({ visibilityProperty: true })
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return texts.filter((one) => {
    const [a, b] = [light(getComputedStyle(one).color), light(paper(one))];
    return b < .85 || (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5;
  }).map((one) => one.outerHTML.slice(0, 120));
}"""
CUT_OFF = """() => [...document.querySelectorAll("main, main *")].filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    || (one.scrollWidth > one.clientWidth + 1 && ["hidden", "clip", "auto", "scroll"].includes(getComputedStyle(one).overflowX)
        && !one.closest(".unseen")))
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def paper(page: Page, site: str) -> Page:
    """A leader with a dark screen, and sheets of A4."""
    page.set_viewport_size(A4)  # type: ignore[arg-type]
    page.goto(f"{site}/login/?next=/outcomes/")
    page.get_by_label("사용자 이름").fill("admin")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    page.get_by_role("button", name="어둡게").click()
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    return page


def printed(page: Page, address: str) -> list[str]:
    """What is wrong with the page on paper."""
    page.emulate_media(media="screen")
    page.goto(address)
    expect(page.locator(".later")).to_have_count(0, timeout=30_000)
    page.emulate_media(media="print")
    return [*_wrong(page)]


def _wrong(page: Page) -> Iterator[str]:
    yield from (
        f"pressed: {one.evaluate('e => e.outerHTML.slice(0, 120)')}"
        for one in page.locator(PRESSED).all()
        if one.is_visible()
    )
    yield from (f"cut off: {one}" for one in page.evaluate(CUT_OFF))
    yield from (f"pale: {one}" for one in page.evaluate(PALE))


def test_pages_on_paper(paper: Page, site: str) -> None:
    outcome = Outcome.objects.get(code="o3-ventech")
    document = make_document(outcome, name="수출계약서.pdf")
    pages = {
        f"/outcomes/{outcome.pk}/": "수출계약서.pdf",
        "/outcomes/": outcome.title,
        "/reports/dashboard/?year=2023": "유형별",
        "/reports/quarterly/?period=2023Q1": "추적 코드",
        "/reports/published/": "",
    }
    found = {}
    for address, words in pages.items():
        found[address] = printed(paper, site + address)
        expect(paper.locator("main")).to_contain_text(words)
        if address.startswith(f"/outcomes/{outcome.pk}"):
            told = paper.locator("a[download]").evaluate("one => getComputedStyle(one, '::after').content")
            assert f"/documents/{document.pk}/download/" in told
    assert not any(found.values()), found
