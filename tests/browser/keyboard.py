"""A person who has a keyboard and nothing else: Tab, Enter, Space, the arrows, letters.

What has the focus is told by the browser's own accessibility tree, as a screen reader would hear it, and has to be seen:
in the window, with an outline or a shadow that tells it from what has not the focus."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

from crm.models import Demonstration, Outcome, PitchEntry
from tests.browser.conftest import PASSWORD
from tests.browser.people import sign_out

MOST_TABS = 60
MOST_ARROWS = 60
FIELDS = ("textbox", "searchbox", "combobox", "spinbutton")

# Where the sign of the focus may be drawn: at the thing itself, or at what stands for a field that is not drawn.
IS_SEEN = """() => {
  const focused = document.activeElement;
  const drawn = (element) => {
    const style = getComputedStyle(element);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return (outline || style.boxShadow !== "none") && Number(style.opacity) > 0;
  };
  const inWindow = (element) => {
    const box = element.getBoundingClientRect();
    const [wide, high] = [Math.min(box.right, innerWidth) - Math.max(box.left, 0),
                          Math.min(box.bottom, innerHeight) - Math.max(box.top, 0)];
    return box.width > 4 && box.height > 4 && wide > 0 && high > 0;
  };
  const stands = [focused, focused.nextElementSibling, ...(focused.labels ?? [])].filter(Boolean);
  return stands.some((element) => drawn(element) && inWindow(element));
}"""


@dataclass(frozen=True, slots=True)
class Focused:
    """What has the focus: as what it is announced, and by which name."""

    role: str
    name: str
    is_disabled: bool = False

    def __str__(self) -> str:
        return f"{self.role} “{self.name}”"


class Keyboard:
    """Moves the focus by keys alone. `to` fails where the thing is not reached, or where the focus can't be seen."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.window: CDPSession = page.context.new_cdp_session(page)
        page.on("filechooser", lambda _chooser: None)  # from now on none is the system's own, which nobody could close

    # --- Where the focus is

    def focused(self) -> Focused:
        found = self.window.send("Runtime.evaluate", {"expression": "document.activeElement ?? document.body"})
        tree = self.window.send(
            "Accessibility.getPartialAXTree", {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        )
        node: dict[str, Any] = tree["nodes"][0]
        told = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
        name = re.sub(r"\s+", " ", str(node.get("name", {}).get("value", ""))).strip()
        return Focused(str(node.get("role", {}).get("value", "")), name, bool(told.get("disabled")))

    def is_lost(self) -> bool:
        return bool(self.page.evaluate("() => [document.body, null].includes(document.activeElement)"))

    def sees_focus(self) -> None:
        assert self.page.evaluate(IS_SEEN), f"nothing shows that {self.focused()} has the focus"

    # --- Going somewhere

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, name: str | re.Pattern[str], *roles: str, by: str = "Tab", most: int = MOST_TABS) -> Focused:
        """Tabs from where the focus is until it is on what is called so."""
        passed = []
        for _step in range(most):
            self.press(by)
            here = self.focused()
            passed.append(str(here))
            if here.role not in ("RootWebArea", "none"):
                self.sees_focus()
            if _is(here.name, name) and (not roles or here.role in roles):
                return here
        raise AssertionError(f"{name!r} is not reached by {most} × {by}; passed: " + " → ".join(passed))

    def back_to(self, name: str | re.Pattern[str], *roles: str) -> Focused:
        return self.to(name, *roles, by="Shift+Tab")

    def follow(self, name: str | re.Pattern[str], role: str = "link") -> None:
        self.to(name, role)
        self.press("Enter")

    def deed(self, name: str | re.Pattern[str]) -> None:
        """A button, pressed with Enter."""
        self.follow(name, "button")

    def go(self, letter: str, heading: str | re.Pattern[str]) -> None:
        """To a place of the main menu by its shortcut."""
        self.press("g", letter)
        self.lands_on(heading)

    def lands_on(self, heading: str | re.Pattern[str]) -> None:
        """The page has come, and all of its parts."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        expect(self.page.locator(".later")).to_have_count(0)

    def skip_to_content(self) -> None:
        self.to(re.compile("본문 바로가기|Skip to the content"), "link", most=2)
        self.press("Enter")
        # The browser follows the link when it gets to it: a key before that would go on from the link.
        expect(self.page.locator("main")).to_be_focused()

    def sign_in(self, username: str, place: str = "/", heading: str | re.Pattern[str] = "오늘") -> None:
        sign_out(self.page)
        self.page.goto(f"{self.site}/login/?next={place}")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("로그인")
        self.write("사용자 이름", username, here=True)
        self.write("비밀번호", PASSWORD)
        self.press("Enter")
        self.lands_on(heading)

    # --- Filling in

    def write(self, name: str | re.Pattern[str], text: str, *, here: bool = False) -> None:
        """Types over what stands in the field. `here` where the page has put the focus there already."""
        if here:
            expect(self.page.locator(":focus")).to_have_count(1)  # the browser gives it with the first drawing
            assert _is(self.focused().name, name), f"{self.focused()} has the focus, not {name!r}"
            self.sees_focus()
        else:
            self.to(name, *FIELDS)
        self.press("Control+a")
        self.page.keyboard.type(text)

    def day(self, name: str | re.Pattern[str], month_day_year: str) -> None:
        """Into the browser's own field for a day, a part at a time, in the order that Chromium shows here."""
        self.to(name, "Date")
        self.page.keyboard.type(month_day_year)

    def choose(self, name: str | re.Pattern[str], option: str) -> None:
        """An option of a closed list, by the arrows."""
        self.to(name, "combobox")
        self._walk_to(option)

    def _walk_to(self, option: str) -> None:
        for arrow in ("ArrowDown", "ArrowUp"):
            for _step in range(MOST_ARROWS):
                shown = self.page.evaluate("() => document.activeElement.selectedOptions[0]?.textContent.trim()")
                if shown == option:
                    return
                self.press(arrow)
        raise AssertionError(f"{option} is not in {self.focused()}")

    def fill(self, told: Mapping[str, str | bool]) -> None:
        """Field after field by Tab, each as what it turns out to be: a day (month, day, year), a closed list, a tick
        (True), or text that takes the place of what stands there."""
        for name, value in told.items():
            here = self.to(name, *FIELDS, "Date", "checkbox")
            if value is True:
                self.press("Space")
            elif self.page.evaluate("() => document.activeElement.tagName === 'SELECT'"):
                self._walk_to(str(value))
            else:
                if here.role != "Date":
                    self.press("Control+a", "Delete")
                self.page.keyboard.type(str(value))

    def saved(self, button: str, heading: str | re.Pattern[str]) -> None:
        """Sends the form; the page that comes says that it was done, and there the focus is."""
        self.deed(button)
        self.lands_on(heading)
        expect(self.page.locator(".messages")).to_be_focused()
        self.sees_focus()

    def send_form(
        self, link: str, told: Mapping[str, str | bool], heading: str | re.Pattern[str], button: str = "저장"
    ) -> None:
        """From a record's page to the form that is called as its link, filled in and sent; back on a page of that
        heading, which says that it was done."""
        self.follow(link)
        self.lands_on(link)
        self.fill(told)
        self.saved(button, heading)

    def put_away_and_bring_back(self, record: Outcome | Demonstration | PitchEntry, archive: str = "") -> None:
        """From the record's page into the archive and out of it: from its own page, or from the list of that name."""
        self.send_form("보관", {"사유": "두 번 기록됨"}, record.title, "보관")
        record.refresh_from_db()
        assert record.archived_at is not None
        if archive:
            self.follow(archive)
            self.lands_on(archive)
            self.skip_to_content()
            self.follow(f"복원: {record.title}", "DisclosureTriangle")
            self.fill({"사유": "다른 건임"})
            self.saved("복원", archive)
        else:
            self.send_form("복원", {"사유": "다른 건임"}, record.title, "복원")
        record.refresh_from_db()
        assert record.archived_at is None

    def refused(self, button: str) -> None:
        """Sends the form; it comes back, with the focus at what is said to be wrong."""
        self.deed(button)
        expect(self.page.get_by_role("alert")).to_be_focused()
        self.sees_focus()

    def pick(self, option: str | re.Pattern[str]) -> None:
        """One of a group of which one can be chosen: Tab enters the group, the arrows walk in it."""
        passed = []
        for _step in range(MOST_TABS):
            self.press("Tab")
            passed.append(str(self.focused()))
            if self.focused().role != "radio":
                continue
            for _arrow in range(MOST_ARROWS):
                if _is(self.focused().name, option):
                    self.sees_focus()
                    self.press("Space")
                    return
                begun = self.focused()
                self.press("ArrowDown")
                passed.append(str(self.focused()))
                if self.focused() == begun or passed.count(str(self.focused())) > 2:
                    break
        raise AssertionError(f"{option!r} is not reached; passed: " + " → ".join(passed))

    def tick(self, name: str | re.Pattern[str]) -> None:
        self.to(name, "checkbox")
        self.press("Space")

    def upload(self, name: str | re.Pattern[str], file: Path) -> None:
        """Opens the system's own dialogue with the keyboard; which file is chosen in it is not the page's matter."""
        self.to(name, "button")
        with self.page.expect_file_chooser() as opened:
            self.press("Enter")
        opened.value.set_files(file)


def _is(name: str, wanted: str | re.Pattern[str]) -> bool:
    """A field's name says too whether it has to be filled in."""
    told = re.sub(r" (필수|required)$", "", name)
    return bool(wanted.search(told)) if isinstance(wanted, re.Pattern) else told == wanted
