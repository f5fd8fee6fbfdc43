"""Deeds done in the place of a line: refused they come back there, done they lead to the page as it is now."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.actions.approval import submit
from crm.models import Account, FollowUp
from tests.browser.people import sign_in
from tests.builders import make_follow_up, make_outcome
from tests.builders_concurrence import as_caller


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


def test_an_approval_is_reviewed_in_the_place_of_its_line_by_the_button_that_was_pressed(page: Page, site: str) -> None:
    lead, drafter = Account.objects.get(username="teamlead"), Account.objects.get(username="admin")
    outcome = make_outcome("검토할 협약", lead_unit=lead.org_unit)
    round_ = submit(as_caller(drafter), outcome)
    sign_in(page, site, "teamlead")
    page.goto(f"{site}/?whose=city")
    page.locator("li", has=page.get_by_role("link", name="검토할 협약")).get_by_role(
        "link", name="내용 보고 결재"
    ).first.click()
    opened = page.locator("li.opened")
    expect(opened.get_by_role("heading", name="내용 보고 결재")).to_be_focused()
    opened.get_by_label("의견").fill("이상 없음")
    opened.get_by_role("button", name="검토 완료").click()
    expect(page.locator(".messages .success")).to_be_visible()
    assert page.url == f"{site}/?whose=city"
    round_.refresh_from_db()
    assert (round_.status, round_.review_opinion) == ("reviewed", "이상 없음")
