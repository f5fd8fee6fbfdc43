"""What was typed and not sent is there again: after a closed tab, an ended session, a reload; and gone once it is sent."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from crm.models import Account, FollowUp, Outcome
from tests.browser.people import sign_in
from tests.browser.test_import import book
from tests.builders import make_follow_up, make_organisation, make_outcome
from tests.builders_partners import make_claim


def kept(page: Page, path: str) -> bool:
    told = "path => Object.keys(localStorage).some(k => k.startsWith('draft:') && k.endsWith(path))"
    return bool(page.evaluate(told, path))


@pytest.fixture
def typing(page: Page, site: str) -> Page:
    sign_in(page, site)
    page.goto(f"{site}/organisations/new/")
    page.get_by_label("이름", exact=False).first.press_sequentially("새로운회사")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    return page


def test_it_is_offered_after_a_reload_and_brought_back(typing: Page, site: str) -> None:
    typing.goto(f"{site}/events/")
    typing.goto(f"{site}/organisations/new/")
    expect(typing.locator("#id_name")).to_have_value("")
    typing.get_by_role("button", name="되살리기").click()
    expect(typing.locator("#id_name")).to_have_value("새로운회사")


def test_when_it_was_typed_is_told_by_the_clock_in_seoul(browser: Browser, site: str) -> None:
    page = browser.new_context(locale="ko-KR", timezone_id="America/New_York").new_page()
    sign_in(page, site)
    page.goto(f"{site}/organisations/new/")
    page.locator("#id_name").press_sequentially("새로운회사")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    page.reload()
    drafts = "Object.entries(localStorage).find(([key]) => key.startsWith('draft:'))[1]"
    typed_at = datetime.fromtimestamp(page.evaluate(f"() => JSON.parse({drafts}).at") / 1000, ZoneInfo("Asia/Seoul"))
    expect(page.locator(".draft p")).to_contain_text(f"{typed_at:%H:%M}")
    page.context.close()


def test_it_survives_the_end_of_the_session(typing: Page, site: str) -> None:
    typing.context.clear_cookies(name="sessionid")
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.get_by_label("비밀번호")).to_be_visible()
    sign_in(typing, site)
    typing.goto(f"{site}/organisations/new/")
    expect(typing.get_by_role("button", name="되살리기")).to_be_visible()


def test_it_is_gone_once_it_was_sent_or_let_go(typing: Page, site: str) -> None:
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.get_by_role("heading", name="새로운회사")).to_be_visible()
    assert not kept(typing, "/organisations/new/")
    typing.goto(f"{site}/organisations/new/")
    expect(typing.get_by_role("button", name="되살리기")).to_have_count(0)
    typing.locator("#id_name").press_sequentially("다른회사")
    typing.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    typing.reload()
    typing.get_by_role("button", name="버리기").click()
    assert not kept(typing, "/organisations/new/")


def do_something_else(page: Page, site: str) -> None:
    page.goto(f"{site}/organisations/")
    page.locator("main td.main a").first.click()
    page.get_by_role("link", name="수정", exact=True).first.click()
    page.locator("#id_sector").fill("로봇")
    page.locator("main form.sheet button[type=submit]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def test_a_refused_one_outlives_what_is_done_elsewhere(typing: Page, site: str) -> None:
    typing.locator("#id_business_registration_number").fill("123-45-67890")
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.locator("main form.sheet .wrong")).to_be_visible()
    do_something_else(typing, site)
    typing.goto(f"{site}/organisations/new/")
    typing.get_by_role("button", name="되살리기").click()
    expect(typing.locator("#id_name")).to_have_value("새로운회사")


def test_one_sent_after_the_sessions_end_outlives_what_is_done_elsewhere(typing: Page, site: str) -> None:
    typing.context.clear_cookies(name="sessionid")
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.get_by_label("비밀번호")).to_be_visible()
    sign_in(typing, site)
    do_something_else(typing, site)
    assert not kept(typing, "/edit/")
    typing.goto(f"{site}/organisations/new/")
    expect(typing.get_by_role("button", name="되살리기")).to_be_visible()


def test_one_that_never_arrived_outlives_what_is_done_elsewhere(typing: Page, site: str) -> None:
    typing.route("**/organisations/new/", lambda route: route.abort())
    typing.locator("main form.sheet button[type=submit]").click()
    typing.wait_for_url("chrome-error://**")
    typing.unroute("**/organisations/new/")
    do_something_else(typing, site)
    assert kept(typing, "/organisations/new/")


def test_what_another_tab_has_written_there_since_stays(typing: Page, site: str) -> None:
    other = typing.context.new_page()
    other.goto(f"{site}/organisations/new/")
    typing.route("**/organisations/new/", lambda route: (write(other), route.continue_())[-1], times=1)
    typing.locator("main form.sheet button[type=submit]").click()
    expect(typing.get_by_role("heading", name="새로운회사")).to_be_visible()
    typing.goto(f"{site}/organisations/new/")
    typing.get_by_role("button", name="되살리기").click()
    expect(typing.locator("#id_name")).to_have_value("딴회사")


def write(page: Page) -> None:
    page.locator("#id_name").press_sequentially("딴회사")
    page.wait_for_function("() => Object.values(localStorage).some(told => told.includes('딴회사'))")


def test_it_is_not_shown_to_another_account_and_goes_with_signing_out(typing: Page, site: str) -> None:
    typing.get_by_role("button", name="로그아웃").click()
    expect(typing.get_by_label("비밀번호")).to_be_visible()
    assert not kept(typing, "/organisations/new/")


def test_personal_data_is_not_kept(page: Page, site: str) -> None:
    sign_in(page, site)
    page.goto(f"{site}/organisations/")
    page.locator("main td.main a").first.click()
    page.get_by_role("link", name="연락처 추가").click()
    page.locator("main form.sheet input[type=text]").first.press_sequentially("대외협력 담당")
    page.locator("main form.sheet input[type=text]").nth(1).press_sequentially("과장")
    page.goto(f"{site}/organisations/")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length") == 0


def test_every_form_of_a_page_keeps_its_own(page: Page, site: str) -> None:
    """A follow-up is completed in a folded form of a list and of its own page, and dropped in another form there."""
    sign_in(page, site)
    first, second = FollowUp.objects.order_by("id")[:2]
    page.goto(f"{site}/follow-ups/")
    for task, result in ((first, "첫째 결과"), (second, "둘째 결과")):
        fold = page.locator(f"form[action='/follow-ups/{task.pk}/complete/']")
        page.locator("details", has=fold).locator("summary").first.click()
        fold.locator("textarea").press_sequentially(result)
    page.goto(f"{site}/follow-ups/{first.pk}/")
    page.locator("#drop-result").press_sequentially("필요 없음")
    page.wait_for_function("() => Object.keys(localStorage).filter(k => k.startsWith('draft:')).length === 3")

    page.goto(f"{site}/follow-ups/")
    expect(page.get_by_role("button", name="되살리기")).to_have_count(2)
    page.get_by_role("button", name="되살리기").last.click()
    shown = page.locator(f"form[action='/follow-ups/{second.pk}/complete/'] textarea")
    expect(shown).to_be_visible()
    expect(shown).to_have_value("둘째 결과")
    expect(page.locator(f"form[action='/follow-ups/{first.pk}/complete/'] textarea")).to_have_value("")
    page.goto(f"{site}/follow-ups/{first.pk}/")
    page.get_by_role("button", name="버리기").first.click()  # the fold's, which was begun on another page
    page.get_by_role("button", name="되살리기").click()
    expect(page.locator("#drop-result")).to_have_value("필요 없음")
    page.locator("form", has=page.locator("#drop-result")).get_by_role("button").click()
    expect(page.locator(".messages .success")).to_be_visible()
    assert (
        not kept(page, "/drop/") and kept(page, f"/{second.pk}/complete/") and not kept(page, f"/{first.pk}/complete/")
    )


def test_a_form_in_a_part_that_comes_late_is_kept_too(page: Page, site: str) -> None:
    task = FollowUp.objects.exclude(outcome=None).filter(status="open").first()
    if task is None:
        task = make_follow_up("착공 확인", outcome=Outcome.objects.get(code="o2-sol"))
    sign_in(page, site, "admin")
    place, form = f"{site}/outcomes/{task.outcome_id}/", f"form[action='/follow-ups/{task.pk}/complete/']"
    page.goto(place)
    page.locator("details", has=page.locator(form)).locator("summary").first.click()
    page.locator(f"{form} textarea").press_sequentially("3월 2일 착공함")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.endsWith('/complete/'))")
    page.goto(place)
    page.get_by_role("button", name="되살리기").click()
    expect(page.locator(f"{form} textarea")).to_have_value("3월 2일 착공함")


def test_forms_that_differ_by_what_the_address_asks_and_forms_sent_to_one_place_are_told_apart(
    page: Page, site: str, tmp_path: Path
) -> None:
    sign_in(page, site, "admin")
    page.goto(f"{site}/follow-ups/rules/cadence/?kind=business_mou")
    page.locator("#id_offsets").fill("0, 5")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.endsWith('?kind=business_mou'))")
    page.goto(f"{site}/follow-ups/rules/cadence/?kind=export_contract")
    expect(page.get_by_role("button", name="되살리기")).to_have_count(0)

    sheet = tmp_path / "성과.xlsx"
    sheet.write_bytes(book())
    page.goto(f"{site}/imports/")
    page.locator("#id_file").set_input_files(sheet)
    page.get_by_role("button", name="파일 읽기").click()
    page.locator("input[aria-invalid=true]").fill("2023-01-31")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.includes('#cell-'))")
    page.reload()
    page.get_by_role("button", name="되살리기").click()
    expect(page.locator("input[aria-invalid=true]")).to_have_value("2023-01-31")
    expect(page.locator("#column-0")).to_have_value("kind")


def test_what_was_typed_about_one_pair_is_offered_at_no_other(page: Page, site: str) -> None:
    kept_one, second, third = (make_organisation(name) for name in ("빛고을바이오", "빛고을바이오텍", "빛고을바이오랩"))
    sign_in(page, site, "teamlead")
    page.goto(f"{site}/organisations/{kept_one.pk}/merge/?with={second.pk}")
    page.locator("#id_reason").fill("같은 회사")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    page.goto(f"{site}/organisations/{kept_one.pk}/merge/?with={third.pk}")
    expect(page.locator("#id_reason")).to_be_visible()
    expect(page.get_by_role("button", name="되살리기")).to_have_count(0)
    page.goto(f"{site}/organisations/{kept_one.pk}/merge/?with={second.pk}")
    page.get_by_role("button", name="되살리기").click()
    expect(page.locator("#id_reason")).to_have_value("같은 회사")


def test_a_link_that_was_made_and_is_shown_was_sent(page: Page, site: str) -> None:
    outcome, partner = make_claim("빛고을바이오")
    sign_in(page, site, "admin")
    page.goto(f"{site}/outcomes/{outcome.pk}/confirmations/new/")
    page.locator("#id_organisation").select_option(str(partner.pk))
    page.locator("#id_days").fill("7")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    page.locator("main form.sheet button[type=submit]").click()
    expect(page.locator("#address")).to_be_visible()
    assert not kept(page, "/confirmations/new/")


def test_what_was_typed_about_many_is_kept_until_they_are_changed(page: Page, site: str) -> None:
    make_outcome("여럿 중 하나", lead_unit=Account.objects.get(username="officer").org_unit)
    sign_in(page, site)

    def choose() -> None:
        page.goto(f"{site}/outcomes/?q=여럿 중")
        page.locator("td.tick input").check()
        page.get_by_role("button", name="선택한 항목 일괄 변경").click()

    choose()
    page.locator("#id_column").select_option("next_steps")
    page.locator("#id_next_steps").fill("부지 확인")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.endsWith('/outcomes/bulk/'))")
    choose()
    page.get_by_role("button", name="되살리기").click()
    page.get_by_role("button", name="변경 내용 미리보기").click()
    expect(page.locator("#id_next_steps")).to_have_value("부지 확인")
    expect(page.get_by_role("button", name="되살리기")).to_have_count(0)
    assert kept(page, "/outcomes/bulk/")
    page.get_by_role("button", name="모두 변경").click()
    expect(page.locator(".messages .success")).to_be_visible()
    assert not kept(page, "/outcomes/bulk/")


def test_no_search_and_no_name_of_a_filter_is_kept(page: Page, site: str) -> None:
    sign_in(page, site)
    page.goto(f"{site}/outcomes/?kind=business_mou")
    page.locator("#search-everywhere").fill("새벽별")
    page.locator("main form.filters input[name=q]").fill("새벽별")
    page.locator("details.kept summary, details:has(form.keep) summary").first.click()
    page.locator("#filter-name").fill("내 조건")
    page.locator("#filter-name").press("Tab")
    page.goto(f"{site}/organisations/new/")
    page.locator("#id_name").fill("새로운회사")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.endsWith('/organisations/new/'))")
    assert page.evaluate("() => Object.keys(localStorage).filter(k => k.startsWith('draft:')).length") == 1
