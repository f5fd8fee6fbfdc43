"""By keyboard alone, all that a list can do: narrowed, sorted, with chosen columns, as a file, kept and shared, and
changed at once with a look before and a way back. Tried of participations; of the other lists what differs is tried
beside their own keys."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from crm.actions.events import record_participation
from crm.models import Participation, SavedFilter
from tests.browser.keyboard import Keyboard
from tests.builders import make_event, make_organisation, system


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    event = make_event("MWC 2024")
    for name in ("가온전자", "가람소재", "누리소재"):
        record_participation(system(), event=event, organisation=make_organisation(name), products="전시품")
    return Keyboard(page, site)


def rows(keys: Keyboard) -> list[str]:
    return keys.page.locator("tbody td.main a").all_inner_texts()


def test_participations_are_found_ordered_exported_shared_and_changed_at_once(keys: Keyboard, tmp_path: Path) -> None:
    keys.sign_in("officer", "/participations/", "참가 현황")
    keys.skip_to_content()
    keys.write("기업·기관", "ㄱ")
    keys.choose("정렬", "이름 역순")
    keys.to("＋ 열", "DisclosureTriangle")
    keys.press("Enter")
    keys.tick("전시 제품")
    keys.deed("보기")
    expect(keys.page.locator("thead")).to_contain_text("전시 제품")
    assert rows(keys) == ["가온전자", "가람소재"]

    keys.skip_to_content()
    keys.to(re.compile("저장한 조건"), "DisclosureTriangle")
    keys.press("Enter")
    keys.write("지금 조건 저장", "ㄱ 기업")
    keys.tick("모두와 공유")
    keys.deed("저장")
    keys.lands_on("참가 현황")
    assert SavedFilter.objects.get().is_shared

    keys.sign_in("admin", "/participations/", "참가 현황")
    assert len(rows(keys)) == 3
    keys.skip_to_content()
    keys.follow("ㄱ 기업")
    expect(keys.page.locator("tbody tr")).to_have_count(2)
    assert rows(keys) == ["가온전자", "가람소재"]
    keys.skip_to_content()
    keys.to("엑셀", "link")
    with keys.page.expect_download() as got:
        keys.press("Enter")
    got.value.save_as(tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=3, max_row=4, values_only=True)] == ["가온전자", "가람소재"]

    keys.press("j", "x", "j", "x", "e")
    keys.lands_on("일괄 변경")
    keys.skip_to_content()
    keys.choose("변경할 항목", "지원 재원")
    keys.write("지원 재원", "시 보조")
    keys.deed("변경 내용 미리보기")
    expect(keys.page.locator("td[data-label=이후]")).to_have_text(["시 보조", "시 보조"])
    assert not Participation.objects.filter(support_source="시 보조").exists()
    keys.skip_to_content()
    keys.deed("모두 변경")
    expect(keys.page.locator(".messages")).to_be_focused()
    changed = Participation.objects.filter(support_source="시 보조").values_list("organisation__name", flat=True)
    assert sorted(changed) == ["가람소재", "가온전자"]
    keys.deed("모두 되돌리기")
    expect(keys.page.locator(".messages")).to_contain_text("모두 되돌렸습니다.")
    assert not Participation.objects.filter(support_source="시 보조").exists()
