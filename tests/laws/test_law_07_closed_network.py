"""Law 7: no request to an outside host at run time: the whole site is walked in a browser, and every request noted."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Request
from pytest_django.live_server_helper import LiveServer

from crm.demo.accounts import open_demo_accounts
from crm.models import Account
from tests import founding_case
from tests.laws.sources import ROOT

ADDRESS = re.compile(
    r"""(?:src|href|action|url|@import)\s*[=(:]?\s*["'(]?\s*((?:https?:)?//[^\s"')>]+)""", re.IGNORECASE
)
MOST_PAGES = 80


@pytest.fixture
def signed_in(transactional_db: None, live_server: LiveServer, context: BrowserContext) -> Page:
    founding_case.load()
    open_demo_accounts(timezone.now())
    client = Client()
    client.force_login(Account.objects.get(username="admin"), "django.contrib.auth.backends.ModelBackend")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    context.add_cookies([{**cookie, "url": live_server.url}])  # type: ignore[list-item]
    return context.new_page()


def test_a_walk_of_the_whole_site_asks_nobody_else(signed_in: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    refused: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    signed_in.on("request", note)
    signed_in.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    waiting, seen = ["/", "/api/docs/", "/reports/quarterly/?period=2023Q1"], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = signed_in.goto(live_server.url + path)
        assert answer is not None and answer.status == 200, path
        links = signed_in.eval_on_selector_all("a[href]:not([download])", "found => found.map(a => a.href)")
        waiting += [
            f"{p.path}?{p.query}".rstrip("?") for p in map(urlsplit, links) if _is_page(p.netloc, p.path, live_server)
        ]
    outside = {url for url in asked if urlsplit(url).hostname not in ("127.0.0.1", "localhost", None)}
    assert outside == set()
    assert len(seen) > 15
    assert refused == []


def _is_page(host: str, path: str, server: LiveServer) -> bool:
    is_file = path.startswith(("/static/", "/documents/", "/api/", "/logout", "/i18n"))
    return host == urlsplit(server.url).netloc and not is_file


def outside_addresses(text: str) -> list[str]:
    return ADDRESS.findall(text)


def test_no_template_style_or_script_names_an_outside_host() -> None:
    found = {
        str(path): outside_addresses(path.read_text())
        for folder in ("crm/web", "reports/web", "api")
        for kind in ("*.html", "*.css", "*.js")
        for path in (ROOT / folder).rglob(kind)
    }
    assert {path: hosts for path, hosts in found.items() if hosts} == {}


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/x.js">',
        "@import url(//fonts.example/css)",
        "background: url('http://x.example/a')",
    ],
)
def test_an_outside_host_would_be_found(text: str) -> None:
    assert outside_addresses(text)
