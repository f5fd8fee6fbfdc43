"""The names of companies that a phone keeps: read in parts, found without a network by their initials."""

import pytest
from playwright.sync_api import Page, expect

import crm.web.pages.booth as pages
from crm.actions.organisations import update_organisation
from crm.models import Organisation
from tests.browser.booth import started, wait_for
from tests.builders import make_organisation, system

# What is kept of companies, after `put` has taken its place.
_KEPT = """async (put) => {
  const asked = (made) => new Promise((ok, no) => { made.onsuccess = () => ok(made.result); made.onerror = no; });
  const database = await asked(indexedDB.open("ieum-booth"));
  const things = database.transaction("things", "readwrite").objectStore("things");
  if (put) await asked(things.put(put, "companies"));
  const kept = await asked(things.get("companies"));
  database.close();
  return kept ?? {};
}"""


def marks(page: Page) -> dict[int, str]:
    """What each part is marked with that the phone keeps."""
    return {part["number"]: part["mark"] for part in page.evaluate(_KEPT, None).get("parts", ())}


def is_found(page: Page, typed: str, name: str) -> None:
    page.locator("#who").fill("")
    page.locator("#who").press_sequentially(typed)
    expect(page.locator("#who-list li").first).to_contain_text(name)


def test_a_company_of_any_part_is_found_and_only_changed_parts_come_again(
    booth: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "A_PART", 2)
    make_organisation("주식회사 새벽별반도체", aliases=["샛별 반도체"], name_en="Dawnstar", region="광주")
    booth.reload()
    of_all = range(-(-Organisation.objects.count() // 2))
    wait_for(booth, lambda: set(marks(booth)) == set(of_all))
    before = marks(booth)
    update_organisation(system(), Organisation.objects.order_by("id")[0], name="무등로봇")
    booth.reload()
    wait_for(booth, lambda: marks(booth)[0] != before[0])
    assert {**marks(booth), 0: ""} == {**before, 0: ""}
    booth.context.set_offline(True)
    booth.reload()
    started(booth)
    for typed, name in (
        ("ㅁㄷㄹㅂ", "무등로봇"),
        ("ㅅㅂㅂ", "주식회사 새벽별반도체"),
        ("ㅅㅂㅂㄷㅊ", "주식회사 새벽별반도체"),
    ):
        is_found(booth, typed, name)
    is_found(booth, "dawn", "주식회사 새벽별반도체")
    booth.context.set_offline(False)


def test_names_that_were_kept_as_one_are_found_until_the_parts_come(booth: Page) -> None:
    wait_for(booth, lambda: set(marks(booth)) == {0})
    booth.context.set_offline(True)
    booth.evaluate(_KEPT, {"mark": '"old"', "rows": [["1", "무등로봇", "무등로봇", "ㅁㄷㄹㅂ", "", "", []]]})
    booth.reload()
    started(booth)
    is_found(booth, "ㅁㄷㄹㅂ", "무등로봇")
    booth.context.set_offline(False)
    booth.reload()
    wait_for(booth, lambda: set(marks(booth)) == {0})
    is_found(booth, "ㅂㅌㅍㄹ", "벤텍프런티어")
