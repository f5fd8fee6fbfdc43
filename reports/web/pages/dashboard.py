"""The leaders' page of where the city stands: what comes at once, and the panels that come after it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.dates import day_text
from crm.queries.unit_tree import UnitTree
from crm.values.periods import SEOUL
from reports.building.dashboard import PANELS, Bar, build_panel, panel_heading
from reports.figures.asked import NotAnswerable
from reports.figures.slices import AskedYear
from reports.kept import Moment
from reports.web.pages.tables import PageTable, Paging, page_table, turned_to

_FIRST = 1995
# The others read the ledger again, each for itself: after the page, so that it need not wait for them.
AT_ONCE: Final = ("cohorts",)


@dataclass(frozen=True, slots=True)
class PagePanel:
    """`table` None: the panel comes after the page, from its address. `paging` where its table is turned."""

    key: str
    heading: str
    address: str
    lead: str = ""
    bars: tuple[Bar, ...] = ()
    table: PageTable | None = None
    paging: Paging | None = None


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """`earlier` and `later` are years, None where there is none to choose."""

    year: int
    earlier: int | None
    later: int | None
    cut_off: str
    panels: tuple[PagePanel, ...]
    is_whole: bool


def dashboard_page(typed: str, present: Moment, tree: UnitTree, whole: bool) -> DashboardPage:
    """Of the year that was typed, else of this one; `whole` with every panel. Raises NotAnswerable."""
    asked = _asked(typed, present.now)
    panels = tuple(
        _shown(key, asked, tree, present)
        if whole or key in AT_ONCE
        else PagePanel(key, panel_heading(key), _address(key, asked))
        for key in PANELS
    )
    return DashboardPage(
        asked.year,
        asked.year - 1 if asked.year > _FIRST else None,
        asked.year + 1 if asked.year < asked.cut_off.year else None,
        day_text(asked.cut_off),
        panels,
        whole,
    )


def dashboard_panel(key: str, typed: str, number: str, present: Moment, tree: UnitTree) -> tuple[int, PagePanel]:
    """The year and the panel; its table turned to the page of that number, if one is given. Raises NotAnswerable,
    KeyError."""
    asked = _asked(typed, present.now)
    return asked.year, _shown(key, asked, tree, present, number)


def _asked(typed: str, now: datetime) -> AskedYear:
    today = now.astimezone(SEOUL).date()
    if typed and not (typed.isascii() and typed.isdecimal() and _FIRST <= int(typed[:9]) <= today.year):
        raise NotAnswerable("year", _("Choose a year from 1995 to this one."))
    return AskedYear(int(typed) if typed else today.year, today, now)


def _address(key: str, asked: AskedYear) -> str:
    return f"{reverse('reports:dashboard-panel', args=[key])}?year={asked.year}"


def _later(key: str, asked: AskedYear) -> PagePanel:
    return PagePanel(key, panel_heading(key), _address(key, asked))


def _shown(key: str, asked: AskedYear, tree: UnitTree, present: Moment, number: str = "") -> PagePanel:
    panel, address = build_panel(key, asked, tree, present), _address(key, asked)
    table, paging = page_table(panel.table, f"{address}&page=1"), None
    if number:
        table, paging = turned_to(panel.table, number, address)
    return PagePanel(key, panel.heading, address, panel.lead, panel.bars, table, paging)
