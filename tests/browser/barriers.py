"""What axe finds on the page that is open. Its program is put into a page once."""

from collections.abc import Iterator
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from crm.web.pages.frame import LOOKS

EVERYTHING: Final[dict[str, Any]] = {"resultTypes": ["violations"]}
# All that a look changes: the colours. No rule of these reads the style sheets themselves.
COLOURS: Final[dict[str, Any]] = EVERYTHING | {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "preload": False,
}
_MOST_OF_A_KIND: Final = 3


def barriers(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    told = page.evaluate("options => axe.run(options).then((found) => found.violations)", options)
    return [f"{v['id']}: {n['html'][:150]} {n['failureSummary'][:200]}" for v, n in _nodes(told)]


def barriers_in_any_look(page: Page) -> list[str]:
    """Everything in the light look, which is the usual one too; in the others, what they change."""
    found: list[str] = []
    for look in filter(None, LOOKS):
        page.evaluate("look => { document.documentElement.dataset.look = look }", look)
        found += [f"{look} {one}" for one in barriers(page, EVERYTHING if look == "light" else COLOURS)]
    return found


def _nodes(told: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for violation in told:
        for node in violation["nodes"][:_MOST_OF_A_KIND]:
            yield violation, node
