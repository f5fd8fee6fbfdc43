"""Every page: no barrier that axe finds in any look, no request that leaves the machine, no page too heavy to load."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from tests.browser import people
from tests.browser.barriers import barriers_in_any_look

HEAVIEST = 150_000
REPORT = "reports:report"
NOT_PAGES = {
    "document-download",
    "reports:quarterly-document",
    "reports:document",
    "api-docs",
    "api-schema",
    "organisation-names",
}
SEEDS = ("/", "/outcomes/new/?event=", "/follow-ups/hand-over/", "/follow-ups/mails/", "/demonstrations/new/")


@pytest.fixture
def signed_in(page: Page, site: str) -> Callable[[str], Page]:
    def sign_in(username: str) -> Page:
        people.sign_in(page, site, username)
        return page

    return sign_in


def route_of(address: str) -> str:
    """The name of the view behind an address of ours, each report by its own; empty for what is no page."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    name = f"{REPORT} {found.kwargs['key']}" if found.view_name == REPORT else found.view_name
    return "" if found.view_name in NOT_PAGES else name


def walk(page: Page, site: str, look_at: Callable[[str, str], None]) -> set[str]:
    """Opens one address of every kind of page that can be reached by links; gives the names of their views."""
    found: set[str] = set()
    seeds = [urljoin(site, seed) for seed in SEEDS]  # not all of them are everybody's
    ahead = [*seeds]
    while ahead:
        address = ahead.pop(0)
        name = route_of(address)
        if not name or name in found:
            continue
        found.add(name)
        answer = page.goto(address)
        assert answer is not None and (answer.status == 200 or (answer.status == 403 and address in seeds)), address
        if name.startswith(REPORT):
            expect(page.locator("#report.later")).to_have_count(0, timeout=30_000)
        look_at(name, address)
        links: list[str] = page.eval_on_selector_all("a[href]:not([download])", "all => all.map(a => a.href)")
        ahead += [link.split("#")[0] for link in links if link.startswith(site)]
    return found


@pytest.mark.timeout(600)
def test_no_page_sends_a_request_elsewhere_logs_a_fault_or_is_heavy(
    signed_in: Callable[[str], Page], site: str
) -> None:
    page = signed_in("admin")
    asked: list[Request] = []
    said: list[str] = []
    # Of the context, not of the page: what the booth's worker asks for belongs to no page.
    page.context.on("request", lambda request: asked.append(request))
    page.context.on(
        "console", lambda message: said.append(f"{page.url} {message.text}") if _is_fault(message) else None
    )
    page.context.on("weberror", lambda error: said.append(f"{page.url} {error.error}"))
    page.add_init_script(TELL_VIOLATIONS)
    weights: dict[str, int] = {}
    pages = walk(page, site, lambda name, _address: weights.update({name: _weight(page)}))
    assert len(pages) > 30, sorted(pages)
    page.goto(f"{site}/booth/")
    expect(page.locator("#ready[data-ready]")).to_be_visible(timeout=40_000)
    workers = {urlsplit(request.url).path for request in asked if request.service_worker}
    assert "/booth/" in workers and any(path.startswith("/booth/files/") for path in workers), workers
    # A picture that stands in the style sheet is asked of nobody.
    assert {urlsplit(request.url).hostname for request in asked if not request.url.startswith("data:")} == {"localhost"}
    assert said == []
    assert {name: weight for name, weight in weights.items() if not 0 < weight <= HEAVIEST} == {}


# What the policy refuses is not always said aloud.
TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation",
  (event) => console.error(`refused ${event.violatedDirective} ${event.blockedURI}`))"""


def _is_fault(message: ConsoleMessage) -> bool:
    return message.type in ("error", "warning")


def _weight(page: Page) -> int:
    """What the page and its parts weigh in bytes on the way, parts that a browser has already included."""
    page.wait_for_load_state("load")
    total: int = page.evaluate(
        "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".reduce((sum, entry) => sum + (entry.encodedBodySize || 0), 0)"
    )
    return total


# Sixty pages in three looks each: longer than other tests on a busy machine.
@pytest.mark.timeout(900)
@pytest.mark.parametrize("username", ["teamlead"])
def test_axe_finds_no_barrier_in_any_look(signed_in: Callable[[str], Page], site: str, username: str) -> None:
    page = signed_in(username)
    page.emulate_media(reduced_motion="reduce")  # a colour that is on its way is nobody's colour
    found: list[str] = []
    seen: set[str] = set()

    def look_at(name: str, address: str) -> None:
        found.extend(f"{name} {one}" for one in barriers_in_any_look(page, seen))

    walk(page, site, look_at)
    assert not found, "\n".join(found)


def test_a_look_is_chosen_without_a_script_and_kept(signed_in: Callable[[str], Page], site: str) -> None:
    page = signed_in("officer")
    page.goto(f"{site}/outcomes/")
    page.get_by_role("button", name="어둡게").click()
    assert page.url == f"{site}/outcomes/"
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(19, 20, 22)"
    page.goto(f"{site}/events/")
    assert page.locator("html").get_attribute("data-look") == "dark"
    page.get_by_role("button", name="시스템 설정").click()
    assert page.locator("html").get_attribute("data-look") is None
