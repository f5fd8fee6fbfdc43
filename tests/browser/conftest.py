"""The founding case on a live server, and people who sign in."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, BrowserType, Page
from pytest_django.live_server_helper import LiveServer

from crm.actions.accounts import system_caller
from crm.actions.base import Caller
from crm.actions.webhooks import open_webhook, send_test
from crm.demo.accounts import open_demo_accounts
from crm.models import Account
from crm.webhooks.sending import send_due
from tests import founding_case
from tests.written_once import written_once

PASSWORD = "a-long-demo-password"


@pytest.fixture
def site(transactional_db: None, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the founding case with the demonstration's accounts."""
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    written_once(("founding case", timezone.localdate()), _write)
    yield live_server.url


def _write() -> None:
    founding_case.load()
    open_demo_accounts(timezone.now())
    connect_a_system()


@pytest.fixture
def booth(page: Page, site: str) -> Page:
    """The officer at CES 2023, on a page that opens without a network too."""
    from tests.browser import booth

    page.set_viewport_size(booth.PHONE)  # type: ignore[arg-type]
    booth.sign_in(page, site)
    booth.at_the_event(page)
    booth.ready_for_no_network(page)
    return page


def connect_a_system() -> None:
    """A webhook whose target nobody answers at: its log has an attempt to be looked at."""

    def caller() -> Caller:
        return Caller(system_caller(timezone.now()).account, timezone.now(), "job")

    client = Account.objects.get(username="client")
    webhook = open_webhook(caller(), client, "통계 시스템", "http://127.0.0.1:9/hooks", ["outcome", "event"])
    send_test(caller(), webhook)
    send_due(caller)


@pytest.fixture
def phone(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Callable[[], BrowserContext]]:
    """Opens a browser whose data stays on the disk."""
    opened: list[BrowserContext] = []

    def switch_on() -> BrowserContext:
        context = browser_type.launch_persistent_context(str(tmp_path), **browser_type_launch_args, locale="ko-KR")
        opened.append(context)
        return context

    yield switch_on
    for context in opened:
        with suppress(Exception):
            context.close()


def kill_browser(folder: Path) -> None:
    """As when the battery dies: no process of the browser gets to finish anything."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if str(folder) in (entry / "cmdline").read_text(errors="replace"):
                    os.kill(int(entry.name), signal.SIGKILL)
