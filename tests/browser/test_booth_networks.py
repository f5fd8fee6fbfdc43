"""The booth without a network, with one that loses answers, and what is killed midway: every draft comes once."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import crm.web.pages.booth as pages
import crm.web.views.booth as views
from crm.actions.booking import book_outcome
from crm.models import LedgerEntry, Outcome
from crm.web.pages.booth import FILES, file_content
from tests.browser.booth import (
    PATIENCE,
    at_the_event,
    count,
    drafts,
    kept,
    made,
    ready_for_no_network,
    save,
    sign_in,
    started,
    wait_for,
    write,
)
from tests.browser.conftest import kill_browser
from tests.served import Served

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
    kept(booth, "첫째 탭의 기업")
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
    kept(page, "공기살균기 500대 납품")
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
