"""The page of the quarterly report: the same sums and parts as the report object that the documents render.

The sums come at once. What goes into single records comes after them, each part by its own address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from crm.permissions import Sight
from crm.values.periods import SEOUL, Quarter
from reports.asking import Asked
from reports.building.parts import PARTS, Part, build_part, part_heading
from reports.building.quarterly import build_core
from reports.building.units import in_units, section_in_units, unit_choices
from reports.charts import svg
from reports.documents import FORMATS
from reports.figures.quarterly import core_figures
from reports.kept import Moment
from reports.report import Note, Section, SummaryLine
from reports.web.pages.tables import PageTable, Paging, report_table, turned_to

MOST_LINES: Final = 50


_STEPS: Final = {"□ ": "square", "○ ": "circle", "- ": "dash", "· ": "dash", "※ ": "note"}


@dataclass(frozen=True, slots=True)
class PageSection:
    key: str
    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[PageTable, ...]
    charts: tuple[SafeString, ...]
    notes: tuple[Note, ...] = ()
    summary: tuple[SummaryLine, ...] = ()

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """Each paragraph behind the name of the step that its sign (`□ ○ - · ※`) stands for, empty for none."""
        return tuple((_STEPS.get(text[:2], ""), text) for text in self.paragraphs)


@dataclass(frozen=True, slots=True)
class PagePart:
    """`section` None: it comes after the page, from its address. `paging` where one of its tables is turned alone."""

    key: str
    heading: str
    address: str
    section: PageSection | None
    paging: Paging | None = None


@dataclass(frozen=True, slots=True)
class QuarterlyPage:
    """`quarters` are those the reader may choose, newest first, as (value, label). `downloads` are (format, address),
    `both` those in two languages. `parts` by their keys; `whole_at` is the address of the page with all of them. `said`
    is the question as (name, value), for forms that repeat it; `run` and `edition` are the ids of what they would
    begin, None where the reader may not."""

    title: str
    period: str
    period_label: str
    as_of: datetime
    as_of_text: str
    shown_in: str
    units: tuple[tuple[str, str], ...]
    quarters: tuple[tuple[str, str], ...]
    downloads: tuple[tuple[str, str], ...]
    both: tuple[tuple[str, str], ...]
    summary_label: str
    summary: tuple[SummaryLine, ...]
    sections: tuple[PageSection, ...]
    notes_label: str
    notes: tuple[Note, ...]
    parts: dict[str, PagePart]
    whole_at: str
    said: tuple[tuple[str, str], ...]
    run: UUID | None
    edition: UUID | None


def quarterly_page(
    asked: Asked,
    as_of_text: str,
    present: Moment,
    sight: Sight | None,
    *,
    run: UUID | None = None,
    edition: UUID | None = None,
) -> QuarterlyPage:
    """The report that was asked for; with its parts, as the reader of that sight may see them, where one is given.
    `as_of_text` is what the reader typed, empty for now."""
    about = asked.period, asked.as_of
    figures = present.once(("quarterly core", *about), lambda: core_figures(*about))
    report = in_units(build_core(figures, asked.language), asked.shown_in)
    return QuarterlyPage(
        title=report.title,
        period=report.period,
        period_label=report.period_label,
        as_of=report.as_of,
        as_of_text=as_of_text,
        shown_in=asked.shown_in.value,
        units=unit_choices(),
        quarters=choosable_quarters(asked.period, present.now, report.language),
        downloads=files_at(reverse("reports:document", args=[report.key]), asked.said()),
        both=files_at(reverse("reports:document", args=[report.key]), {**asked.said(), "lang": "both"}),
        summary_label=report.labels.summary,
        summary=report.summary,
        sections=tuple(page_section(section) for section in report.sections),
        notes_label=report.labels.notes,
        notes=report.notes,
        parts={key.replace("-", "_"): _part(key, asked, sight, present) for key in PARTS},
        whole_at=f"?{urlencode(asked.said())}&whole",
        said=(("report", report.key), *asked.said().items()),
        run=run,
        edition=edition,
    )


def quarterly_part(key: str, asked: Asked, sight: Sight, present: Moment, table: str = "", typed: str = "") -> PagePart:
    """One part; where one of its tables is named, that alone, turned to the page that was typed. Raises KeyError."""
    if not table:
        return _part(key, asked, sight, present)
    built = _built(key, asked, sight, present)
    later = _part(key, asked, None, present)
    shown, paging = turned_to(
        {one.key: one for one in built.section.tables}[table], typed, f"{later.address}&table={table}"
    )
    return replace(later, section=PageSection(key, built.section.heading, (), (shown,), ()), paging=paging)


def _part(key: str, asked: Asked, sight: Sight | None, present: Moment) -> PagePart:
    address = f"{reverse('reports:quarterly-part', args=[key])}?{urlencode(asked.said())}"
    section = None
    if sight is not None:
        section = _shown(_built(key, asked, sight, present), address)
    return PagePart(key, part_heading(key, asked.language), address, section)


def _built(key: str, asked: Asked, sight: Sight, present: Moment) -> Part:
    built = build_part(key, asked.period, asked.as_of, asked.language, sight, present)
    with translation.override(asked.language):
        return replace(built, section=section_in_units(built.section, asked.shown_in))


def _shown(built: Part, address: str) -> PageSection:
    section = page_section(built.section, address)
    return replace(section, notes=tuple(_first_lines(note) for note in built.notes), summary=built.summary)


def _first_lines(note: Note) -> Note:
    left_out = len(note.lines) - MOST_LINES
    if left_out <= 0:
        return note
    told = _("The page shows the first %(shown)d; %(left_out)d more are in the files.")
    return replace(note, lines=(*note.lines[:MOST_LINES], told % {"shown": MOST_LINES, "left_out": left_out}))


def choosable_quarters(asked: Quarter | None, now: datetime, language: str) -> tuple[tuple[str, str], ...]:
    """The last five years' quarters up to now, newest first, and the asked one where it is older."""
    quarter = Quarter.of(now.astimezone(SEOUL).date())
    found = []
    for _i in range(20):
        found.append(quarter)
        quarter = quarter.previous()
    if asked is not None and asked not in found:
        found.append(asked)
    return tuple((str(q), q.label("en" if language == "en" else "ko")) for q in found)


def files_at(address: str, asked: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The (format, address) of each file of what was asked; of a text in two languages those that people read."""
    formats = [format for format in FORMATS if asked["lang"] != "both" or format in ("xlsx", "pdf", "hwpx")]
    return tuple((format, f"{address}?{urlencode({**asked, 'format': format})}") for format in formats)


def page_section(section: Section, address: str = "") -> PageSection:
    # The chart's own texts are escaped where it is drawn; nothing of the reader's is in it unescaped.
    charts = tuple(mark_safe(svg(chart, 640, 280)) for chart in section.charts)
    tables = tuple(report_table(table, f"{address}&table={table.key}" if address else "") for table in section.tables)
    return PageSection(section.key, section.heading, section.paragraphs, tables, charts)
