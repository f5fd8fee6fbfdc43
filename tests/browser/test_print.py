"""On paper: what can only be pressed is gone, addresses of the evidence and trace codes stay, nothing is cut off at the
width of A4, and dark ink stands on white whatever look was chosen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from crm.actions.events import record_participation
from crm.models import Event, Outcome
from tests.browser.conftest import PASSWORD
from tests.browser.fitting import A4, back_at_the_desk, wrong_on_paper
from tests.builders import make_document, make_organisation, system


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


def stands(field: Locator) -> str:
    """What a reader of the paper sees in the field: the text of what is chosen, or what is typed."""
    expect(field).to_be_visible()
    said: str = field.evaluate("one => one.selectedOptions ? one.selectedOptions[0].textContent : one.value")
    return said.strip()


def test_what_stands_in_a_form_is_read_on_paper(paper: Page, site: str) -> None:
    """Of a page that is mainly a form; long texts whole, and what is folded away too."""
    event, outcome = Event.objects.get(name="CES 2023"), Outcome.objects.get(code="o3-ventech")
    company = make_organisation("무등드론", country="KR", note="길게 적은 비고. " * 60)
    shown = record_participation(system(), event=event, organisation=company, products="점검 드론")
    document = make_document(outcome, document_number="광주-1")
    pages = {
        f"/events/{event.pk}/edit/": {"이름": "CES 2023", "시작일": "2023-01-05"},
        f"/organisations/{company.pk}/edit/": {"이름": "무등드론", "국가": "대한민국", "비고": company.note.strip()},
        f"/participations/{shown.pk}/": {"기업·기관": "무등드론", "전시 제품": "점검 드론"},
        f"/documents/{document.pk}/": {"제목": "협약서", "문서번호": "광주-1"},
        f"/outcomes/{outcome.pk}/edit/": {"유형": "수출계약", "비고": outcome.note},
    }
    found = {}
    for address, told in pages.items():
        found[address] = printed(paper, site + address)
        for label, said in told.items():
            assert stands(paper.locator("form.sheet").get_by_label(label).first) == said, (address, label)
    assert not any(found.values()), found
    # Of the last: the rows for further parties are left out, and what is still to be chosen leaves a line to write on.
    parties = paper.locator(".party")
    assert [row.is_visible() for row in parties.all()] == [True, True, False, False]
    paper.goto(f"{site}/outcomes/new/")
    assert not wrong_on_paper(paper)
    assert all(row.is_visible() for row in parties.all())
    expect(parties.first.locator("select")).to_have_css("color", "rgba(0, 0, 0, 0)")
    expect(paper.get_by_label("공개 여부")).to_have_css("color", "rgb(0, 0, 0)")
    paper.goto(f"{site}/reports/schedules/new/")
    assert not wrong_on_paper(paper)
    ticked = {
        name: paper.locator("label", has_text=name).evaluate("one => getComputedStyle(one, '::before').content[1]")
        for name in ("XLSX", "CSV", "사용 중", "판으로 발간")
    }
    assert ticked == {"XLSX": "☑", "CSV": "☐", "사용 중": "☑", "판으로 발간": "☐"}
