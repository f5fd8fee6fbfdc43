"""The booth on a phone: three fields, what a person has to look at, and whose drafts they are."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from crm.models import Document, Event, LedgerEntry, Organisation, Outcome
from crm.values.evidence import Grade
from crm.values.measures import Measure, OutcomeKind, PartyRole, Standing
from crm.values.names import clean, company_key, initials, is_initials
from tests.browser.barriers import barriers_in_any_look
from tests.browser.booth import (
    count,
    drafts,
    made,
    save,
    sign_in,
    write,
)
from tests.browser.conftest import PASSWORD
from tests.browser.people import sign_out
from tests.builders import make_organisation, make_outcome

# --- Three fields


def test_three_fields_and_the_initials_of_a_company(booth: Page) -> None:
    booth.locator("#who").press_sequentially("ㅂㅌㅍㄹ")
    offer = booth.locator("#who-list li").first
    expect(offer).to_contain_text("벤텍프런티어")
    offer.click()
    booth.locator("[name=kind][value=purchase_loi]").check()
    booth.locator("#amount").fill("연간 1천만 달러")
    expect(booth.locator("#amount-means")).to_contain_text("USD 10,000,000")
    save(booth)
    count(booth, "sent", 1)
    outcome = Outcome.objects.get(kind=OutcomeKind.PURCHASE_LOI, standing=Standing.UNCONFIRMED)
    company = Organisation.objects.get(key="벤텍프런티어")
    assert outcome.parties.get().organisation == company
    assert outcome.entries.get(measure=Measure.MONEY).as_reported == "연간 1천만 달러"
    drafts(booth, "sent").get_by_role("link").click()
    expect(booth).to_have_url(f"{booth.url.split('/outcomes')[0]}/outcomes/{outcome.pk}/")


def test_what_is_missing_is_said_and_nothing_leaves_the_form(booth: Page) -> None:
    booth.locator("#amount").fill("5억원")
    booth.locator("#save").click()
    for field in ("#who-said", "#kind-said"):
        expect(booth.locator(field)).to_be_visible()
    expect(booth.locator("#who")).to_be_focused()
    booth.locator("#who").fill("새벽별반도체")
    booth.locator("[name=kind][value=promise]").check()
    booth.locator("#save").click()
    expect(booth.locator("#amount-said")).to_be_visible()
    expect(booth.locator("#amount")).to_have_value("5억원")
    assert made() == []


# A key that is pressed while what was saved is on its way to the disk.
LATE_KEY = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (draft, ...told) {
    const asked = put.call(this, draft, ...told);
    if (draft.state === "waiting") {
      IDBObjectStore.prototype.put = put;
      const what = document.getElementById("what");
      what.value += "!";
      what.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    return asked;
  };
}"""


def test_a_late_key_leaves_saved_what_was_saved(booth: Page) -> None:
    booth.context.set_offline(True)
    write(booth, "무등로봇")
    booth.locator("#what").fill("납품")
    booth.evaluate(LATE_KEY)
    save(booth)
    count(booth, "waiting", 1)
    expect(drafts(booth, "typing")).to_have_count(0)
    expect(drafts(booth, "waiting")).to_contain_text("납품!")
    booth.reload()
    count(booth, "waiting", 1)
    expect(booth.locator("#who")).to_have_value("")
    booth.context.set_offline(False)
    count(booth, "sent", 1)
    assert made() == ["무등로봇 납품!"]


NAMES = [
    "㈜벤텍프런티어", "주식회사 솔", "솔(주)", "Virus Xbuster, Inc.", "LG U+", "ㅂㅌㅍㄹ", "ㅂㅌ 프", "ㄳㅌ", "ᄇᄐ", "  삼성  SDS ",
    "유한책임회사", "한국AI", "벤텍™", "A.B.C. L.L.C.", "씨이에스 2023", "ㅏㅂ", "123", "가\u200b나", "Ｖｅｎ", "더 큰 회사 합자회사",
]  # fmt: skip


def test_the_phone_reads_names_as_the_server_does(booth: Page) -> None:
    address = booth.locator("link[rel=modulepreload][href*=booth_names]").get_attribute("href")
    told = booth.evaluate(
        "async ([address, names]) => { const js = await import(address);"
        " return names.map(n => [js.initials(n), js.isInitials(n), js.companyKey(n), js.clean(n)]) }",
        [address, NAMES],
    )
    assert told == [[initials(n), is_initials(n), company_key(n), clean(n)] for n in NAMES]


def test_the_phone_finds_an_alias_by_its_initials(booth: Page) -> None:
    address = booth.locator("link[rel=modulepreload][href*=booth_names]").get_attribute("href")
    rows = [
        ["1", "솔", "솔", "ㅅ", "", "", [["㈜소나무", "소나무", "ㅅㄴㅁ"]]],
        # Kept by the phone from before aliases had initials.
        ["2", "달", "달", "ㄷ", "", "", [["소나무", "소나무"]]],
    ]
    told = booth.evaluate(
        "async ([address, rows]) => (await import(address)).matching(rows, 'ㅅㄴㅁ').map(row => row[0])",
        [address, rows],
    )
    assert told == ["1"]


def test_the_photo_becomes_evidence_no_larger_than_it_has_to_be(booth: Page) -> None:
    picture = io.BytesIO()
    Image.effect_noise((2400, 1800), 60).save(picture, "PNG")
    write(booth, "새벽별반도체", "investment_mou")
    booth.locator("#photo").set_input_files(
        {"name": "IMG_0007.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    expect(booth.locator("#photo-thumb")).to_be_visible()
    booth.locator("#is-signed").check()
    save(booth)
    count(booth, "sent", 1)
    document = Document.objects.get(outcome__title__startswith="새벽별반도체")
    assert (document.file_name, document.grade) == ("IMG_0007.jpg", Grade.SIGNED_DOCUMENT)
    with document.file.open("rb") as file, Image.open(file) as kept_photo:
        assert (kept_photo.format, kept_photo.size) == ("JPEG", (1600, 1200))


def test_what_is_no_photo_is_refused_at_once(booth: Page) -> None:
    booth.locator("#photo").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"})
    expect(booth.locator("#photo-said")).to_be_visible()


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_it_never_scrolls_sideways_and_a_thumb_finds_its_targets(booth: Page, width: int) -> None:
    booth.set_viewport_size({"width": width, "height": 740})
    write(booth, "아주 긴 이름을 가진 어느 기업의 대한민국 광주광역시 지사", "purchase_loi", "연간 1천만 달러")
    assert booth.evaluate("document.documentElement.scrollWidth") <= width
    for target in booth.locator("#save, #photo-deed, .chip:visible, #who, #amount, #event").all():
        box = target.bounding_box()
        assert box is not None and box["height"] >= 44, target


# --- What a person has to look at


def test_a_conflict_is_shown_and_resolved(booth: Page) -> None:
    company = make_organisation("빛고을바이오")
    known = make_outcome(
        "빛고을바이오 협약", kind=OutcomeKind.BUSINESS_MOU, event=Event.objects.get(name="CES 2023"), signed_on=None,
        parties=[(company, PartyRole.PARTNER)],
    )  # fmt: skip
    write(booth, "빛고을바이오")
    save(booth)
    shown = drafts(booth, "refused")
    expect(shown.get_by_role("link")).to_have_attribute("href", f"/outcomes/{known.pk}/")
    shown.locator("[data-deed=another]").click()
    count(booth, "sent", 1)
    assert made() == ["빛고을바이오 업무협약"]


def test_a_company_of_nearly_the_name_is_chosen(booth: Page) -> None:
    near = make_organisation("빛고을바이오텍")
    write(booth, "빛고을바이오택")
    save(booth)
    drafts(booth, "refused").locator(f"[data-deed=choose-{near.pk}]").click()
    count(booth, "sent", 1)
    assert Outcome.objects.get(title="빛고을바이오텍 업무협약").parties.get().organisation == near


def test_a_wrong_amount_is_mended_in_the_form(booth: Page) -> None:
    booth.context.set_offline(True)
    write(booth, "빛고을바이오", "export_contract", "아주 많이")
    save(booth)
    booth.context.set_offline(False)
    count(booth, "refused", 1)
    booth.locator("#who").fill("그 사이에 쓰던 기업")
    drafts(booth, "refused").locator("[data-deed=edit]").click()
    expect(booth.locator("#amount")).to_have_value("아주 많이")
    expect(booth.locator("#amount-said")).to_be_visible()
    expect(drafts(booth, "typing")).to_contain_text("그 사이에 쓰던 기업")
    booth.locator("#amount").fill("5억원")
    save(booth)
    count(booth, "sent", 1)
    assert LedgerEntry.objects.get(outcome__title="빛고을바이오 수출계약", measure=Measure.MONEY).value == 500_000_000


def test_what_is_thrown_away_can_be_taken_back(booth: Page) -> None:
    booth.context.set_offline(True)
    write(booth, "빛고을바이오")
    save(booth)
    drafts(booth, "waiting").locator("[data-deed=throw]").click()
    count(booth, "thrown", 1)
    booth.locator("#who").fill("쓰다 만 기업")
    booth.locator("#clear").click()
    expect(booth.locator("#who")).to_have_value("")
    count(booth, "thrown", 2)
    drafts(booth, "thrown").filter(has_text="빛고을바이오").locator("[data-deed=undo]").click()
    booth.context.set_offline(False)
    count(booth, "sent", 1)
    count(booth, "thrown", 1)
    assert made() == ["빛고을바이오 업무협약"]


def test_axe_finds_no_barrier_with_drafts_in_every_state(booth: Page) -> None:
    company = make_organisation("빛고을바이오")
    make_outcome(
        "빛고을바이오 협약", kind=OutcomeKind.BUSINESS_MOU, event=Event.objects.get(name="CES 2023"), signed_on=None,
        parties=[(company, PartyRole.PARTNER)],
    )  # fmt: skip
    for who in ("빛고을바이오", "새벽별반도체"):
        write(booth, who)
        save(booth)
    count(booth, "refused", 1)
    count(booth, "sent", 1)
    booth.context.set_offline(True)
    write(booth, "무등로봇")
    save(booth)
    booth.locator("#who").press_sequentially("ㅂㅌㅍㄹ")
    booth.emulate_media(reduced_motion="reduce")
    assert barriers_in_any_look(booth) == []


# --- Whose drafts


def test_when_the_session_has_ended_the_draft_waits_for_signing_in(booth: Page) -> None:
    booth.context.clear_cookies()
    write(booth, "빛고을바이오")
    save(booth)
    expect(booth.locator("#net")).to_have_attribute("data-state", "signedOut")
    count(booth, "waiting", 1)
    booth.locator("#net-sign-in").click()
    booth.locator("#id_username").fill("officer")
    booth.locator("#id_password").fill(PASSWORD)
    booth.locator("#id_password").press("Enter")
    count(booth, "sent", 1)
    assert made() == ["빛고을바이오 업무협약"]


def test_a_colleague_on_the_same_phone_sends_nobody_elses_draft(booth: Page, site: str) -> None:
    booth.context.clear_cookies()
    write(booth, "빛고을바이오")
    save(booth)
    expect(booth.locator("#net")).to_have_attribute("data-state", "signedOut")
    sign_in(booth, site, "teamlead")
    expect(booth.locator("#net")).to_have_attribute("data-state", "others")
    count(booth, "waiting", 1)
    expect(drafts(booth, "waiting").get_by_role("button")).to_have_count(0)
    expect(booth.locator("#drafts")).not_to_contain_text("빛고을바이오")
    assert made() == []
    sign_out(booth)
    sign_in(booth, site, "officer")
    count(booth, "sent", 1)
    assert made() == ["빛고을바이오 업무협약"]
