"""The leaders' page of where the city stands."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from crm.queries.unit_tree import UnitTree
from crm.values.periods import SEOUL
from reports.building.dashboard import Bar, build_dashboard
from reports.figures.asked import NotAnswerable
from reports.figures.dashboard import dashboard
from reports.web.pages.tables import PageTable, page_table

_FIRST = 1995


@dataclass(frozen=True, slots=True)
class PagePanel:
    key: str
    heading: str
    lead: str
    bars: tuple[Bar, ...]
    table: PageTable


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """`earlier` and `later` are years, None where there is none to choose."""

    year: int
    earlier: int | None
    later: int | None
    cut_off: str
    panels: tuple[PagePanel, ...]


def dashboard_page(typed: str, now: datetime, tree: UnitTree) -> DashboardPage:
    """Of the year that was typed, else of this one. Raises NotAnswerable."""
    today = now.astimezone(SEOUL).date()
    if typed and not (typed.isascii() and typed.isdecimal() and _FIRST <= int(typed[:9]) <= today.year):
        raise NotAnswerable("year", _("Choose a year from 1995 to this one."))
    year = int(typed) if typed else today.year
    report = build_dashboard(dashboard(year, today, now, tree))
    panels = tuple(PagePanel(p.key, p.heading, p.lead, p.bars, page_table(p.table)) for p in report.panels)
    return DashboardPage(
        year,
        year - 1 if year > _FIRST else None,
        year + 1 if year < today.year else None,
        report.cut_off,
        panels,
    )
