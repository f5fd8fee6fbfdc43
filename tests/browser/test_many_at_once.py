"""Changing many at once in a browser: only the field that is chosen is shown, and the choice is still there afterwards."""

import pytest
from playwright.sync_api import Page, expect

from crm.actions.bulk_changes import CHANGEABLE
from crm.models import Account, Outcome
from tests.browser.people import sign_in
from tests.builders import make_outcome

COLUMNS = CHANGEABLE[Outcome].columns
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def chosen(page: Page, site: str) -> Page:
    """Two outcomes that were ticked, on a phone."""
    for n in range(2):
        make_outcome(f"여럿 중 {n}", lead_unit=Account.objects.get(username="officer").org_unit)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, site)
    page.goto(f"{site}/outcomes/?q=여럿 중")
    for box in page.locator("td.tick input").all():
        box.check()
    page.get_by_role("button", name="선택한 항목 일괄 변경").click()
    expect(page.locator("#id_column")).to_be_visible()
    return page


def shown(page: Page) -> list[str]:
    return [name for name in COLUMNS if page.locator(f"#id_{name}").is_visible()]


def test_only_the_chosen_field_is_shown_and_what_was_typed_into_another_is_refused_in_words(chosen: Page) -> None:
    preview = chosen.get_by_role("button", name="변경 내용 미리보기")
    assert shown(chosen) == []
    for name in COLUMNS:
        chosen.locator("#id_column").select_option(name)
        assert shown(chosen) == [name]
        # What was chosen begins on the first screen.
        box = chosen.locator("#lines").bounding_box()
        assert box is not None and box["y"] + box["height"] <= PHONE["height"]
    chosen.locator("#id_next_steps").fill("부지 확인")
    chosen.locator("#id_column").select_option("disclosure_level")
    chosen.locator("#id_disclosure_level").select_option("open")
    preview.click()
    expect(chosen.locator("#id_next_steps_error")).to_be_visible()
    assert shown(chosen) == ["disclosure_level", "next_steps"]
    chosen.locator("#id_next_steps").fill("")
    preview.click()
    expect(chosen.get_by_role("button", name="모두 변경")).to_be_visible()
    assert shown(chosen) == ["disclosure_level"]


def test_the_choice_is_there_after_a_look_at_a_record_and_when_the_page_is_loaded_anew(chosen: Page) -> None:
    chosen.locator("#id_column").select_option("next_steps")
    chosen.locator("#id_next_steps").fill("부지 확인")
    chosen.get_by_role("button", name="변경 내용 미리보기").click()
    expect(chosen.get_by_role("button", name="모두 변경")).to_be_visible()
    rows = chosen.locator("main .table td.main a")
    expect(rows).to_have_count(2)
    address = chosen.url
    rows.first.click()
    expect(chosen.locator("#id_column")).to_have_count(0)
    chosen.go_back()
    expect(rows).to_have_count(2)
    chosen.reload()
    expect(rows).to_have_count(2)
    chosen.goto(address)
    expect(rows).to_have_count(2)
    chosen.get_by_role("link", name="취소").click()
    expect(chosen.locator("main form.filters input[name=q]")).to_have_value("여럿 중")
