"""What became of an outcome, read as of a day: what was put away later stands there as it did then."""

from dataclasses import replace
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from crm.actions.base import Caller
from crm.actions.documents import Upload, archive_document, attach_document
from crm.models import Outcome
from crm.values.evidence import Grade
from tests.browser.people import sign_in
from tests.builders import system


def done_on(day: int) -> Caller:
    """At that day of September 2024."""
    return replace(system(), now=datetime(2024, 9, day, 3, tzinfo=UTC))


def test_on_an_earlier_day_the_later_moments_are_gone(page: Page, site: str) -> None:
    outcome = Outcome.objects.get(code="o3-ventech")
    fields = {"title": "다른 협약서", "grade": Grade.SIGNED_DOCUMENT, "outcome": outcome}
    paper = attach_document(done_on(2), Upload("협약서.pdf", b"%PDF-1.4"), **fields)
    archive_document(done_on(4), paper, "다른 협약의 문서")
    sign_in(page, site, "leader")
    page.goto(f"{site}/outcomes/{outcome.pk}/story/")
    moments = page.locator(".story > li").filter(has_text="다른 협약서")
    expect(moments).to_have_count(2)
    expect(moments.first).to_contain_text("증빙 보관")
    expect(moments.first).to_contain_text("다른 협약의 문서")
    expect(moments.last.locator(".badge")).to_have_text("보관")

    page.get_by_label("기준일").fill("2024-09-03")
    page.get_by_role("button", name="보기").click()
    expect(page).to_have_url(f"{site}/outcomes/{outcome.pk}/story/?as_of=2024-09-03")
    expect(moments).to_have_count(1)
    expect(moments.locator("strong")).to_have_text("증빙")
    expect(moments.locator(".badge")).to_have_count(0)

    page.get_by_label("기준일").fill("2024-09-01")
    page.get_by_role("button", name="보기").click()
    expect(page).to_have_url(f"{site}/outcomes/{outcome.pk}/story/?as_of=2024-09-01")
    expect(moments).to_have_count(0)

    page.get_by_role("link", name="지금").click()
    expect(moments).to_have_count(2)
