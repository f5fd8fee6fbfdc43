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

# Everything drawn that has a text of its own or takes one, by all that the style sheets tell it and what it stands in
# from others by: of each kind the first three.
FIND_KINDS: Final = """() => {
  const told = ["type", "open", "disabled", "data-state", "aria-current", "aria-selected", "aria-pressed",
                "aria-invalid"];
  const named = (element) => [element.tagName, ...element.classList, /\\d/.test(element.id) ? "" : element.id,
    ...told.map((name) => element.getAttribute(name) ?? "-")].join(" ");
  const path = (element) => element ? `${path(element.parentElement)} > ${named(element)}` : "";
  const speaks = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  window.kinds = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (!speaks(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
    const kind = path(element);
    const some = window.kinds.get(kind) ?? [];
    if (some.length < 3) window.kinds.set(kind, [...some, element]);
  }
  return [...window.kinds.keys()];
}"""
RUN_ON_KINDS: Final = """([kinds, options]) => axe.run(
  { include: kinds.flatMap((kind) => window.kinds.get(kind)) }, options).then((found) => found.violations)"""


def barriers(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    _bring_axe(page)
    return _told(page.evaluate("options => axe.run(options).then((found) => found.violations)", options))


def barriers_in_any_look(page: Page, seen: set[str] | None = None) -> list[str]:
    """Everything in the light look, which is the usual one too; in the others, what they change, of each kind of text
    that is not among the `seen`, which takes up those of this page."""
    seen = set() if seen is None else seen
    _put_on(page, "light")
    found = [f"light {one}" for one in barriers(page)]
    fresh = [kind for kind in page.evaluate(FIND_KINDS) if kind not in seen]
    for look in LOOKS.keys() - {"", "light"} if fresh else ():
        _put_on(page, look)
        found += [f"{look} {one}" for one in _told(page.evaluate(RUN_ON_KINDS, [fresh, COLOURS]))]
    seen.update(fresh)
    return found


def _put_on(page: Page, look: str) -> None:
    page.evaluate("look => { document.documentElement.dataset.look = look }", look)


def _bring_axe(page: Page) -> None:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)


def _told(violations: list[dict[str, Any]]) -> list[str]:
    return [f"{v['id']}: {n['html'][:150]} {n['failureSummary'][:200]}" for v, n in _nodes(violations)]


def _nodes(told: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for violation in told:
        for node in violation["nodes"][:_MOST_OF_A_KIND]:
            yield violation, node
