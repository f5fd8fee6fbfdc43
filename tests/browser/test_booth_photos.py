"""A photo taken at the booth without a network: it lies in the browser until the network is back, and becomes the
evidence of its own outcome once, byte for byte."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from crm.models import Document
from crm.values.evidence import Grade
from tests.browser.booth import (
    at_the_event,
    count,
    drafts,
    made,
    ready_for_no_network,
    save,
    sign_in,
    started,
    write,
)
from tests.browser.conftest import kill_browser

KEPT_PHOTOS = """async (address) => {
  const found = [];
  for (const draft of await (await import(address)).drafts()) {
    if (!draft.photo) continue;
    const hash = await crypto.subtle.digest("SHA-256", draft.photo.bytes);
    found.push([draft.who, [...new Uint8Array(hash)].map((n) => n.toString(16).padStart(2, "0")).join("")]);
  }
  return found;
}"""


def kept_photos(page: Page) -> list[list[str]]:
    """Of each draft on the phone that has a photo: with whom, and the hash of the photo's bytes."""
    address = page.locator("link[rel=modulepreload][href*=booth_store]").get_attribute("href")
    found: list[list[str]] = page.evaluate(KEPT_PHOTOS, address)
    return found


def photo(colour: str) -> Any:
    picture = io.BytesIO()
    Image.effect_noise((900, 1200), 60).convert("RGB").point(lambda n: n // 2).save(picture, "PNG")
    return {"name": f"{colour}.png", "mimeType": "image/png", "buffer": picture.getvalue()}


def at_the_booth_without_a_network(page: Page, site: str) -> None:
    """Three drafts: one without a photo, one with the photo of a signed paper, one with another."""
    sign_in(page, site)
    at_the_event(page)
    ready_for_no_network(page)
    page.context.set_offline(True)
    for who, name in (("무등로봇", ""), ("새벽별반도체", "협약서"), ("빛고을바이오", "명함")):
        write(page, who)
        if name:
            page.locator("#photo").set_input_files(photo(name))
            expect(page.locator("#photo-thumb")).to_be_visible()
        if name == "협약서":
            page.locator("#is-signed").check()
        save(page)
    count(page, "waiting", 3)
    assert (
        made() == [] and not Document.objects.exclude(outcome=None).filter(outcome__title__endswith="업무협약").exists()
    )


def has_arrived_once(page: Page, taken: list[list[str]]) -> None:
    """Each outcome is there once, each photo at its own, and nothing more comes when the page is opened again."""
    count(page, "sent", 3)
    page.reload()
    started(page)
    expect(drafts(page, "waiting")).to_have_count(0)
    assert made() == ["무등로봇 업무협약", "빛고을바이오 업무협약", "새벽별반도체 업무협약"]
    documents = Document.objects.filter(outcome__title__in=made())
    found = {document.outcome.title.split()[0]: document for document in documents if document.outcome}
    assert documents.count() == 2
    for who, hash_ in taken:
        with found[who].file.open("rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == hash_, who
    assert (found["새벽별반도체"].file_name, found["새벽별반도체"].grade) == ("협약서.jpg", Grade.SIGNED_DOCUMENT)
    assert found["빛고을바이오"].grade != Grade.SIGNED_DOCUMENT


def test_a_photo_taken_without_a_network_goes_by_itself(page: Page, site: str) -> None:
    at_the_booth_without_a_network(page, site)
    phone = page.context
    page.close()
    again = phone.new_page()
    again.goto(f"{site}/booth/")
    count(again, "waiting", 3)
    taken = kept_photos(again)
    assert len({hash_ for _who, hash_ in taken}) == 2
    phone.set_offline(False)
    has_arrived_once(again, taken)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the browser's processes by /proc")
def test_a_photo_outlives_a_browser_that_is_killed(
    phone: Callable[[], BrowserContext], site: str, tmp_path: Path
) -> None:
    page = phone().new_page()
    at_the_booth_without_a_network(page, site)
    taken = kept_photos(page)
    assert len({hash_ for _who, hash_ in taken}) == 2
    kill_browser(tmp_path)

    page = phone().new_page()
    sign_in(page, site)
    has_arrived_once(page, taken)


# The browser's own scaling, which waits until it is let go.
SLOW_SCALING = """() => {
  const scale = createImageBitmap;
  const waiting = new Promise((letGo) => (window.letGo = letGo));
  window.createImageBitmap = (...told) => waiting.then(() => scale(...told));
}"""


def test_a_photo_that_is_still_being_scaled_stays_with_its_draft(booth: Page) -> None:
    booth.context.set_offline(True)
    booth.evaluate(SLOW_SCALING)
    write(booth, "무등로봇")
    booth.locator("#photo").set_input_files(photo("협약서"))
    booth.locator("#save").click()
    booth.locator("#what").fill("누른 뒤에 쓴 말")
    booth.evaluate("letGo()")
    expect(booth.locator("#who")).to_have_value("")
    write(booth, "새벽별반도체")
    save(booth)
    count(booth, "waiting", 2)
    assert [who for who, _hash in kept_photos(booth)] == ["무등로봇"]
    expect(drafts(booth, "waiting").filter(has_text="무등로봇")).to_contain_text("누른 뒤에 쓴 말")


def test_a_photo_that_is_still_being_scaled_stays_with_the_draft_that_is_left_for_another(booth: Page) -> None:
    booth.context.set_offline(True)
    write(booth, "새벽별반도체")
    save(booth)
    booth.evaluate(SLOW_SCALING)
    write(booth, "무등로봇")
    booth.locator("#photo").set_input_files(photo("협약서"))
    drafts(booth, "waiting").locator("[data-deed=edit]").click()
    booth.evaluate("letGo()")
    expect(booth.locator("#who")).to_have_value("새벽별반도체")
    assert [who for who, _hash in kept_photos(booth)] == ["무등로봇"]


def test_what_turns_out_to_be_no_photo_stops_the_saving_once(booth: Page) -> None:
    booth.context.set_offline(True)
    booth.evaluate(SLOW_SCALING)
    write(booth, "무등로봇")
    booth.locator("#photo").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"})
    booth.locator("#save").click()
    booth.evaluate("letGo()")
    expect(booth.locator("#photo-said")).to_be_visible()
    expect(booth.locator("#photo")).to_be_focused()
    expect(booth.locator("#who")).to_have_value("무등로봇")
    save(booth)
    count(booth, "waiting", 1)


def test_choosing_a_photo_leaves_what_is_said_about_other_fields(booth: Page) -> None:
    booth.locator("#save").click()
    expect(booth.locator("#who-said")).to_be_visible()
    booth.locator("#photo").set_input_files(photo("명함"))
    expect(booth.locator("#photo-thumb")).to_be_visible()
    expect(booth.locator("#who-said")).to_be_visible()
    expect(booth.locator("#kind-said")).to_be_visible()
