"""The booth on a phone: without a network, with lost answers, with killed servers and browsers: each draft becomes one
outcome, and nothing typed is lost."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

import crm.web.pages.booth as pages
import crm.web.views.booth as views
from crm.actions.booking import book_outcome
from crm.models import Document, Event, LedgerEntry, Organisation, Outcome
from crm.values.evidence import Grade
from crm.values.measures import Measure, OutcomeKind, PartyRole, Standing
from crm.values.names import clean, company_key, initials, is_initials
from crm.web.pages.booth import FILES, file_content
from crm.web.pages.frame import LOOKS
from tests.browser.conftest import PASSWORD, kill_browser
from tests.builders import make_organisation, make_outcome
from tests.served import Served

PATIENCE = 40_000  # milliseconds: longer than the page waits before it tries again
PHONE = {"width": 390, "height": 844}


# --- What a person does


def sign_in(page: Page, site: str, username: str = "officer") -> None:
    page.goto(f"{site}/login/?next=/booth/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    started(page)


def started(page: Page) -> None:
    expect(page.locator("body[data-started]")).to_be_attached()


def ready_for_no_network(page: Page) -> None:
    expect(page.locator("#ready[data-ready]")).to_be_visible(timeout=PATIENCE)


@pytest.fixture
def booth(page: Page, site: str) -> Page:
    """The officer at CES 2023, on a page that opens without a network too."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, site)
    at_the_event(page)
    ready_for_no_network(page)
    return page


def at_the_event(page: Page) -> None:
    page.locator("#event").select_option(str(Event.objects.get(name="CES 2023").pk))


def write(page: Page, who: str, kind: str = "business_mou", amount: str = "") -> None:
    page.locator("#who").fill(who)
    page.locator(f"[name=kind][value={kind}]").check()
    page.locator("#amount").fill(amount)


def save(page: Page) -> None:
    page.locator("#save").click()
    expect(page.locator("#who")).to_have_value("")


def kept(page: Page) -> None:
    expect(page.locator("#kept")).not_to_have_text("")


def drafts(page: Page, state: str) -> Locator:
    return page.locator(f".draft[data-state={state}]")


def count(page: Page, state: str, number: int) -> None:
    expect(drafts(page, state)).to_have_count(number, timeout=PATIENCE)


def made() -> list[str]:
    """The titles of what was recorded at the booth."""
    entries = LedgerEntry.objects.filter(source="현장 기록(부스)", measure=Measure.COUNT)
    return sorted(entries.values_list("outcome__title", flat=True))


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


# --- Without a network


def test_saved_without_a_network_the_tab_closed_and_sent_by_itself(booth: Page, site: str) -> None:
    phone = booth.context
    phone.set_offline(True)
    for who in ("새벽별반도체", "무등로봇", "빛고을바이오"):
        write(booth, who)
        save(booth)
    count(booth, "waiting", 3)
    booth.close()

    again = phone.new_page()
    again.goto(f"{site}/booth/")  # from the phone itself
    count(again, "waiting", 3)
    expect(again.locator("#net")).to_have_attribute("data-state", "offline")
    assert made() == []

    phone.set_offline(False)
    count(again, "sent", 3)
    assert made() == ["무등로봇 업무협약", "빛고을바이오 업무협약", "새벽별반도체 업무협약"]


def test_a_new_make_of_the_page_takes_the_place_of_the_old_one_as_a_whole(
    booth: Page, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(name: str) -> bytes:
        return file_content(name) + (b"\n/* new */" if name == "booth.css" else b"")

    old = booth.locator("link[rel=stylesheet][href*='booth.css']").get_attribute("href")
    for module in (pages, views):
        monkeypatch.setattr(module, "file_content", changed)
    booth.reload()
    started(booth)
    wait_for(booth, lambda: kept_files(booth) == FILES_OF_THE_PAGE)
    booth.context.set_offline(True)
    booth.goto(f"{site}/booth/")
    started(booth)
    new = booth.locator("link[rel=stylesheet][href*='booth.css']").get_attribute("href")
    assert new is not None and new != old
    assert "/* new */" in booth.evaluate("async address => await (await fetch(address)).text()", new)


FILES_OF_THE_PAGE = len(FILES) - 1  # the worker keeps itself


def kept_files(page: Page) -> int:
    """How many files of the page as it is now lie on the phone; none while older ones lie there too."""
    version = page.locator("link[rel=modulepreload]").first.get_attribute("href")
    assert version is not None
    paths: list[str] = page.evaluate(
        "async () => (await (await caches.open('ieum-booth')).keys()).map(one => new URL(one.url).pathname)"
    )
    files = [path for path in paths if path.startswith("/booth/files/")]
    return len(files) if all(path.startswith(version.rsplit("/", 1)[0]) for path in files) else 0


def test_a_company_is_found_by_its_initials_without_a_network(booth: Page, site: str) -> None:
    booth.context.set_offline(True)
    booth.goto(f"{site}/booth/")
    started(booth)
    booth.locator("#who").press_sequentially("ㅂㅌㅍㄹ")
    expect(booth.locator("#who-list li").first).to_contain_text("벤텍프런티어")


def test_two_tabs_have_their_own_drafts_and_send_each_once(booth: Page, site: str) -> None:
    booth.context.set_offline(True)
    booth.locator("#who").fill("첫째 탭의 기업")
    kept(booth)
    other = booth.context.new_page()
    other.goto(f"{site}/booth/")
    started(other)
    expect(other.locator("#who")).to_have_value("")
    at_the_event(other)
    for page, who in ((booth, "첫째 탭의 기업"), (other, "둘째 탭의 기업")):
        write(page, who)
        save(page)
    booth.context.set_offline(False)
    for page in (booth, other):
        count(page, "sent", 2)
    assert made() == ["둘째 탭의 기업 업무협약", "첫째 탭의 기업 업무협약"]


def test_the_worker_sends_when_no_page_is_open(booth: Page, site: str) -> None:
    phone = booth.context
    phone.set_offline(True)
    write(booth, "새벽별반도체")
    save(booth)
    booth.close()
    phone.set_offline(False)
    elsewhere = phone.new_page()
    elsewhere.goto(f"{site}/events/")
    tools = phone.new_cdp_session(elsewhere)
    known: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(one["registrationId"] for one in told["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    wait_for(elsewhere, lambda: bool(known))
    event = {"origin": site, "registrationId": known[0], "tag": "booth", "lastChance": False}
    tools.send("ServiceWorker.dispatchSyncEvent", event)
    wait_for(elsewhere, lambda: made() == ["새벽별반도체 업무협약"])


def wait_for(page: Page, reached: Callable[[], bool]) -> None:
    """Turns the browser's events over until it is so."""
    for _turn in range(400):
        if reached():
            return
        page.wait_for_timeout(50)
    pytest.fail("it was never so")


# --- Lost answers and killed servers


class Line:
    """The network between the phone and the server. `on_draft` says what happens to a draft's POST: "pass", "lose" the
    answer after the server wrote, or a deed that is called when the POST has gone out ("sent") and when the server
    answers ("answered"); then the answer is lost too."""

    def __init__(self, server: str) -> None:
        self.is_silent = False  # takes everything and gives nothing
        self.ends: list[socket.socket] = []
        self.server = (urlsplit(server).hostname or "", urlsplit(server).port or 0)
        self.on_draft: str | Callable[[str], None] = "pass"
        self.drafts = 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                phone, _address = self.door.accept()
                self.ends.append(phone)
                if not self.is_silent:
                    threading.Thread(target=self._carry, args=(phone,), daemon=True).start()

    def cut(self) -> None:
        # Shut down, not only closed: a thread that waits for such an end would keep it open.
        for end in (self.door, *self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _carry(self, phone: socket.socket) -> None:
        with phone, suppress(OSError), socket.create_connection(self.server) as server:
            self.ends.append(server)
            lost = threading.Event()
            threading.Thread(target=self._answer, args=(phone, server, lost), daemon=True).start()
            while (sent := phone.recv(65536)) and not self.is_silent:
                if sent.startswith(b"POST /booth/drafts/"):
                    self.drafts += 1
                    if self.on_draft != "pass":
                        lost.set()
                server.sendall(sent)
                if lost.is_set() and callable(self.on_draft):
                    self.on_draft("sent")
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)

    def _answer(self, phone: socket.socket, server: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while told := server.recv(65536):
                if lost.is_set():
                    if callable(self.on_draft):
                        self.on_draft("answered")
                    break
                phone.sendall(told)
        for end in (phone, server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(site: str) -> Iterator[Line]:
    made_line = Line(site)
    yield made_line
    made_line.cut()


def test_a_network_that_says_nothing_does_not_keep_the_page_closed(page: Page, line: Line) -> None:
    sign_in(page, line.url)
    ready_for_no_network(page)
    line.is_silent = True
    page.goto(f"{line.url}/booth/")
    started(page)
    write(page, "새벽별반도체")
    at_the_event(page)
    save(page)
    count(page, "waiting", 1)


def test_an_answer_that_is_lost_makes_no_second_record(page: Page, line: Line) -> None:
    sign_in(page, line.url)
    at_the_event(page)
    line.on_draft = "lose"
    write(page, "새벽별반도체", "export_contract", "1천만 달러")
    save(page)
    expect(page.locator("#net")).to_have_attribute("data-state", "offline", timeout=PATIENCE)
    count(page, "waiting", 1)
    assert made() == ["새벽별반도체 수출계약"]  # the server has it, the phone cannot know

    line.on_draft = "pass"
    count(page, "sent", 1)
    assert line.drafts >= 2
    assert made() == ["새벽별반도체 수출계약"]
    assert LedgerEntry.objects.filter(outcome__title="새벽별반도체 수출계약").count() == 2


def test_what_is_changed_after_a_lost_answer_is_shown(page: Page, line: Line) -> None:
    sign_in(page, line.url)
    at_the_event(page)
    line.on_draft = "lose"
    write(page, "새벽별반도체", "export_contract", "1천만 달러")
    save(page)
    expect(page.locator("#net")).to_have_attribute("data-state", "offline", timeout=PATIENCE)
    drafts(page, "waiting").locator("[data-deed=edit]").click()
    expect(page.locator("#amount")).to_have_value("1천만 달러")
    page.locator("#amount").fill("2천만 달러")
    line.on_draft = "pass"
    save(page)
    count(page, "refused", 1)
    outcome = Outcome.objects.get(title="새벽별반도체 수출계약")
    link = drafts(page, "refused").get_by_role("link")
    expect(link).to_have_attribute("href", f"/outcomes/{outcome.pk}/")
    expect(drafts(page, "refused")).to_contain_text("2천만 달러")


def test_what_was_thrown_away_after_a_lost_answer_is_said_to_be_there(page: Page, line: Line) -> None:
    sign_in(page, line.url)
    at_the_event(page)
    line.on_draft = "lose"
    write(page, "새벽별반도체")
    save(page)
    expect(page.locator("#net")).to_have_attribute("data-state", "offline", timeout=PATIENCE)
    drafts(page, "waiting").locator("[data-deed=throw]").click()
    line.on_draft = "pass"
    count(page, "sent", 1)
    assert made() == ["새벽별반도체 업무협약"]


def test_a_draft_that_the_server_fails_on_holds_up_no_other(booth: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **fields: Any) -> Outcome:
        if fields["title"].startswith("새벽별반도체"):
            raise RuntimeError("a disk is full")
        return book_outcome(*args, **fields)

    monkeypatch.setattr(views, "book_outcome", fail)
    booth.context.set_offline(True)
    for who in ("새벽별반도체", "무등로봇"):
        write(booth, who)
        save(booth)
    booth.context.set_offline(False)
    count(booth, "sent", 1)
    count(booth, "waiting", 1)
    assert made() == ["무등로봇 업무협약"]
    monkeypatch.undo()
    count(booth, "sent", 2)


@pytest.mark.parametrize("moment", ["sent", "answered"])
def test_a_server_that_is_killed_midway_has_the_draft_once(page: Page, site: str, tmp_path: Path, moment: str) -> None:
    server = Served(tmp_path)
    line = Line(server.url)
    try:
        sign_in(page, line.url)
        at_the_event(page)

        def kill(reached: str) -> None:
            if reached == moment:
                server.end()

        line.on_draft = kill
        write(page, "새벽별반도체", "export_contract", "1천만 달러")
        save(page)
        expect(page.locator("#net")).to_have_attribute("data-state", "offline", timeout=PATIENCE)
        count(page, "waiting", 1)
        assert made() in ([], ["새벽별반도체 수출계약"])

        line.on_draft = "pass"
        server.start()
        count(page, "sent", 1)
        assert made() == ["새벽별반도체 수출계약"]
    finally:
        line.cut()
        server.end()


# --- The browser killed


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the browser's processes by /proc")
def test_a_browser_that_is_killed_has_every_word(
    phone: Callable[[], BrowserContext], site: str, tmp_path: Path
) -> None:
    context = phone()
    page = context.new_page()
    sign_in(page, site)
    at_the_event(page)
    ready_for_no_network(page)
    context.set_offline(True)
    write(page, "무등로봇")
    save(page)
    write(page, "새벽별반도체", "export_contract", "연간 1천만 달러")
    page.locator("#what").fill("공기살균기 500대 납품")
    kept(page)
    expect(page.locator("#kept")).not_to_have_text("")
    kill_browser(tmp_path)

    page = phone().new_page()
    sign_in(page, site)
    expect(page.locator("#who")).to_have_value("새벽별반도체")
    expect(page.locator("#amount")).to_have_value("연간 1천만 달러")
    expect(page.locator("#what")).to_have_value("공기살균기 500대 납품")
    expect(page.locator("[name=kind][value=export_contract]")).to_be_checked()
    count(page, "sent", 1)  # what was saved went by itself
    save(page)
    count(page, "sent", 2)
    assert made() == ["무등로봇 업무협약", "새벽별반도체 공기살균기 500대 납품"]


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
    for look in LOOKS:
        booth.evaluate("look => { document.documentElement.dataset.look = look || 'light' }", look)
        found = Axe().run(booth, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(look, one["id"], one["nodes"][0]["html"]) for one in found] == []


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
    booth.context.clear_cookies()
    sign_in(booth, site, "officer")
    count(booth, "sent", 1)
    assert made() == ["빛고을바이오 업무협약"]
