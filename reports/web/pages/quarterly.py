"""The page of the quarterly report: the same report object that the documents render."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from crm.permissions import Sight
from crm.values.periods import SEOUL, Quarter
from reports.building.quarterly import build_quarterly
from reports.charts import svg
from reports.documents import FORMATS
from reports.figures.quarterly import quarterly
from reports.report import Note, Report, Section, SummaryLine
from reports.web.asking import Asked
from reports.web.pages.tables import PageTable, page_table


@dataclass(frozen=True, slots=True)
class PageSection:
    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[PageTable, ...]
    charts: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class QuarterlyPage:
    """`quarters` are those the reader may choose, newest first, as (value, label). `downloads` are (format,
    address)."""

    title: str
    period: str
    period_label: str
    as_of: datetime
    as_of_text: str
    language: str
    quarters: tuple[tuple[str, str], ...]
    downloads: tuple[tuple[str, str], ...]
    summary_label: str
    summary: tuple[SummaryLine, ...]
    sections: tuple[PageSection, ...]
    outcomes: PageTable
    entries: PageTable
    notes_label: str
    notes: tuple[Note, ...]
    is_demo: bool


def quarterly_page(asked: Asked, as_of_text: str, now: datetime, sight: Sight) -> QuarterlyPage:
    """The report that was asked for. `as_of_text` is what the reader typed, empty for now."""
    report = build_quarterly(quarterly(asked.period, asked.as_of), asked.language, sight)
    return QuarterlyPage(
        title=report.title,
        period=report.period,
        period_label=report.period_label,
        as_of=report.as_of,
        as_of_text=as_of_text,
        language=report.language,
        quarters=choosable_quarters(asked.period, now, report.language),
        downloads=_downloads(report),
        summary_label=report.labels.summary,
        summary=report.summary,
        sections=tuple(page_section(section) for section in report.sections),
        outcomes=page_table(report.outcomes),
        entries=page_table(report.entries),
        notes_label=report.labels.notes,
        notes=report.notes,
        is_demo=report.is_demo,
    )


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


def _downloads(report: Report) -> tuple[tuple[str, str], ...]:
    asked = {"period": report.period, "as_of": report.as_of.isoformat(), "lang": report.language}
    return tuple((f, f"/reports/quarterly/download/?{urlencode({**asked, 'format': f})}") for f in FORMATS)


def page_section(section: Section) -> PageSection:
    # The chart's own texts are escaped where it is drawn; nothing of the reader's is in it unescaped.
    charts = tuple(mark_safe(svg(chart, 640, 280)) for chart in section.charts)
    return PageSection(
        section.heading, section.paragraphs, tuple(page_table(table) for table in section.tables), charts
    )
