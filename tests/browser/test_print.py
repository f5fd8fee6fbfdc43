"""On paper: what can only be pressed is gone, addresses of the evidence and trace codes stay, nothing is cut off at the
width of A4, and dark ink stands on white whatever look was chosen."""

import pytest
from playwright.sync_api import Page, expect

from crm.models import Outcome
from tests.browser.conftest import PASSWORD
from tests.browser.fitting import A4, back_at_the_desk, wrong_on_paper
from tests.builders import make_document


@pytest.fixture
def paper(page: Page, site: str) -> Page:
    """A leader with a dark screen, and sheets of A4."""
    page.set_viewport_size(A4)
    page.goto(f"{site}/login/?next=/outcomes/")
    page.get_by_label("사용자 이름").fill("admin")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    page.get_by_role("button", name="어둡게").click()
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    return page


def printed(page: Page, address: str) -> list[str]:
    """What is wrong with the page on paper."""
    back_at_the_desk(page)
    page.goto(address)
    expect(page.locator(".later")).to_have_count(0, timeout=30_000)
    return wrong_on_paper(page)


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
