"""Deeds done in the place of a line: refused they come back there, done they lead to the page as it is now."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.models import FollowUp
from tests.browser.people import sign_in
from tests.builders import make_follow_up, make_outcome


def test_a_refused_completion_comes_back_in_the_list_and_the_right_one_is_told(page: Page, site: str) -> None:
    task = make_follow_up("송금 확인", outcome=make_outcome("새 협약"), due_on=timezone.localdate() - timedelta(days=1))
    sign_in(page, site, "admin")
    page.goto(f"{site}/?whose=city")
    form = page.locator(f"form[action='/follow-ups/{task.pk}/complete/']").first
    page.locator("details", has=form).first.locator("summary").click()
    form.locator("textarea").fill("   ")
    form.get_by_role("button").click()
    refused = page.locator(f"details[open] form[action='/follow-ups/{task.pk}/complete/']")
    expect(refused.get_by_role("alert")).to_be_focused()
    expect(refused.locator("textarea")).to_have_attribute("aria-invalid", "true")
    assert page.url == f"{site}/?whose=city"
    refused.locator("textarea").fill("송금 확인함")
    refused.get_by_role("button").click()
    expect(page.locator(".messages .success")).to_contain_text("송금 확인")
    assert page.url == f"{site}/?whose=city"
    assert FollowUp.objects.get(pk=task.pk).result == "송금 확인함"


def test_evidence_is_attached_in_the_list_of_what_lacks_it(page: Page, site: str) -> None:
    outcome = make_outcome("증빙 없는 새 협약")
    sign_in(page, site, "admin")
    page.goto(f"{site}/?whose=city")
    line = page.locator("li", has=page.get_by_role("link", name="증빙 없는 새 협약"))
    line.get_by_role("link", name="증빙 첨부").first.click()
    opened = page.locator("li.opened")
    expect(opened.get_by_role("heading")).to_be_focused()
    opened.get_by_label("제목").fill("협약서 사본")
    opened.get_by_label("증빙 등급").select_option("signed_document")
    opened.locator("input[type=file]").set_input_files(
        {"name": "협약서.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    opened.get_by_role("button", name="저장").click()
    expect(page.locator(".messages .success")).to_be_visible()
    assert page.url == f"{site}/?whose=city"
    assert outcome.documents.get().file_name == "협약서.pdf"
