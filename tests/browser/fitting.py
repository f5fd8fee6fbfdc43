"""Whether the page that is open fits where it is read: on a narrow phone, and on paper. It is not asked for again."""

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Page, ViewportSize

DESK: Final[ViewportSize] = {"width": 1280, "height": 720}
PHONE: Final[ViewportSize] = {"width": 360, "height": 780}
A4: Final[ViewportSize] = {"width": 661, "height": 990}  # less the margins, at the 96 points an inch of a browser

PRESSED: Final = """() => {
  const what = "nav, header.top, footer, button, input:not([type=hidden]), select, textarea, summary.button, "
    + "a.button:not([download]), .gate-name a";
  // What stands in the field of a form is read on paper: as text, with nothing round it that could be pressed.
  const isText = (one) => one.matches(".sheet *, .scores *") && one.matches("input, select, textarea")
    && getComputedStyle(one).appearance === "none" && getComputedStyle(one).borderTopWidth === "0px";
  return [...document.querySelectorAll(what)].filter((one) => one.checkVisibility({ visibilityProperty: true })
    && one.getClientRects().length && !isText(one)).map((one) => one.outerHTML.slice(0, 120));
}"""
# A number of a colour channel to what it gives of light, and what is left of the ink on its paper.
PALE: Final = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((n) => n / 255).map((n) => n <= .03928 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const paper = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility({ visibilityProperty: true })
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return texts.filter((one) => {
    const [a, b] = [light(getComputedStyle(one).color), light(paper(one))];
    return b < .85 || (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5;
  }).map((one) => one.outerHTML.slice(0, 120));
}"""
CUT_OFF: Final = """() => [...document.querySelectorAll("main, main *")].filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    || (one.tagName === "TEXTAREA" && one.scrollHeight > one.clientHeight + 1)
    || (one.scrollWidth > one.clientWidth + 1 && ["hidden", "clip", "auto", "scroll"].includes(getComputedStyle(one).overflowX)
        && !one.closest(".unseen")))
  .map((one) => one.outerHTML.slice(0, 120))"""
# What stands further right than the window, and in nothing that scrolls by itself.
TOO_WIDE: Final = """() => {
  if (document.scrollingElement.scrollWidth <= innerWidth) return [];
  const scrolls = (one) => one !== document.body && one !== document.documentElement
    && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  return [`${document.scrollingElement.scrollWidth} wide`, ...[...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one.parentElement))
    .map((one) => one.outerHTML.slice(0, 120))];
}"""


def wrong_on_a_phone(page: Page) -> list[str]:
    """What makes the reader of a narrow phone scroll sideways."""
    page.set_viewport_size(PHONE)
    return [f"too wide: {one}" for one in page.evaluate(TOO_WIDE)]


def wrong_on_paper(page: Page) -> list[str]:
    """What can only be pressed, what is cut off at the width of A4, and ink that is not dark on white. The page stays
    as it is on paper."""
    page.set_viewport_size(A4)
    page.emulate_media(media="print", reduced_motion="reduce")  # a colour that is on its way is nobody's colour
    return list(_wrong(page))


def back_at_the_desk(page: Page) -> None:
    page.set_viewport_size(DESK)
    page.emulate_media(media="screen")


def _wrong(page: Page) -> Iterator[str]:
    yield from (f"pressed: {one}" for one in page.evaluate(PRESSED))
    yield from (f"wide: {one}" for one in page.evaluate(TOO_WIDE))
    yield from (f"cut off: {one}" for one in page.evaluate(CUT_OFF))
    yield from (f"pale: {one}" for one in page.evaluate(PALE))
