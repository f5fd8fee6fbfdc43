"""Every address that has a page, with a record of every kind behind it: no barrier that axe finds, in any look; nothing
that scrolls sideways on a narrow phone; nothing to press, cut off or pale on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from benchmarks.every_page import every_page
from crm.actions.accounts import open_account
from crm.actions.base import Caller, Conflict, Stale
from crm.actions.confirmations import ask_partner
from crm.actions.imports import keep_sheet
from crm.models import Account, Event, Notification, SimilarPair
from crm.values.measures import Role
from tests.browser.barriers import barriers_in_any_look
from tests.browser.fitting import back_at_the_desk, wrong_on_a_phone, wrong_on_paper
from tests.laws.exchange import EXCHANGE
from tests.laws.partners import PARTNERS
from tests.laws.scenarios import SCENARIOS, World, make_world

# What would put away the records that the pages are to show.
ENDS: Final = (
    "archive_",
    "remove_",
    "purge_",
    "unlink_",
    "undo_",
    "end_",
    "stop_",
    "withdraw_",
    "recall",
    "revoke_",
    "switch_off",
)
# Answers to what somebody types, without a page around them.
NO_PAGES: Final = frozenset({"organisation-names", "similar-names", "amount-echo"})


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    client: Client
    pages: dict[str, str]


@pytest.fixture
def whole_site(transactional_db: None, live_server: LiveServer, page: Page) -> Site:
    """A record that every action has had a part in, an administrator who is signed in, and every page that he gets."""
    world = make_world()
    # What is asked about the outcome as it is comes before what makes another of it.
    for name in sorted(SCENARIOS, key=lambda name: name not in EXCHANGE and name not in PARTNERS):
        if not name.startswith(ENDS):
            _try(SCENARIOS[name], world)
    account = open_account(world.caller, None, username="looker", name="관리자", role=Role.ADMINISTRATOR)
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session.value, "url": live_server.url}])
    found = {name: address for name, address in _addresses(world, account) if _is_page(client, address)}
    return Site(live_server.url, client, found)


def _try(scenario: Any, world: World) -> None:
    """Some of the scenarios have the same beginning: what is there already needs no second one."""
    try:
        with transaction.atomic():
            scenario(world)
    except (
        Conflict,
        Stale,
        ValidationError,
        Notification.MultipleObjectsReturned,
        SimilarPair.MultipleObjectsReturned,
    ):
        pass


def _addresses(world: World, looker: Account) -> Iterator[tuple[str, str]]:
    for name, address in every_page(world.unit):
        if address is not None and name not in NO_PAGES and not name.startswith("restatement of"):
            yield name, address
    competition = Event.objects.filter(criteria__isnull=False).distinct()[0]
    for part in ("", "competition/", "pitches/new/", "criteria/", "judges/new/"):
        yield f"competition {part}", f"/events/{competition.pk}/{part}"
    yield "chain", f"/chains/new/?of=outcome:{world.outcome.pk}"
    yield "sheet with mistakes", f"/imports/{_sheet(looker)}/"
    for name, address in (("no such page", "/nothing/"), ("refused form", "/outcomes/new/")):
        yield name, address


def _sheet(looker: Account) -> Any:
    """One row wrong, one new, one that may be on record."""
    caller = Caller(looker, timezone.now(), "page")
    headings = {"구분": "kind", "성과명": "title", "기업명": "party", "체결일": "signed_on", "금액": "amount"}
    rows = [
        [2, ["투자협약", "가", "새 기업", "2023-13-01", "500"]],
        [3, ["투자협약", "나", "새 기업", "2023-01-07", "5억원"]],
        [4, ["투자협약", "다", "㈜솔", "2023-01-08", "5억원"]],
    ]
    told = {"headings": list(headings), "columns": headings, "rows": rows}
    return keep_sheet(caller, file_name="명단.xlsx", digest="0" * 64, **told).pk


def _is_page(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 404 or (
        answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")
    )


# A hundred and fifty pages in three looks: longer than other tests on a busy machine.
@pytest.mark.timeout(1200)
def test_no_page_has_a_barrier_in_any_look_or_does_not_fit_a_phone_or_paper(whole_site: Site, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # a colour that is on its way is nobody's colour
    found: list[str] = []
    seen: set[str] = set()
    assert len(whole_site.pages) > 140, sorted(whole_site.pages)
    for name, address in whole_site.pages.items():
        page.goto(whole_site.address + address)
        expect(page.locator(".later, #progress form")).to_have_count(0, timeout=30_000)
        if name == "refused form":
            page.evaluate("() => { document.querySelector('form.sheet').noValidate = true }")
            page.evaluate("() => document.querySelector('form.sheet').requestSubmit()")
            page.wait_for_selector("[aria-invalid=true]")
        wrong = (*barriers_in_any_look(page, seen), *wrong_on_a_phone(page), *wrong_on_paper(page))
        found += [f"{name} {one}" for one in wrong]
        back_at_the_desk(page)
    assert not found, "\n".join(found)


def test_axe_finds_no_barrier_where_nobody_is_signed_in(
    transactional_db: None, live_server: LiveServer, page: Page
) -> None:
    world = make_world(timezone.now())
    _asked, token = ask_partner(world.caller, world.outcome, world.company)
    page.emulate_media(reduced_motion="reduce")
    for address, words in (("/login/", "비밀번호"), (f"/confirm/{token}/", "㈜솔"), ("/confirm/nothing/", "링크")):
        page.goto(live_server.url + address)
        assert words in page.inner_text("body")
        assert barriers_in_any_look(page) == [], address
