"""Any report on a page: the same report object that its files render."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from crm.values.periods import SEOUL
from reports.documents import FORMATS
from reports.report import Note, Report, SummaryLine
from reports.web.pages.quarterly import PageSection, page_section


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`downloads` are (format, address)."""

    title: str
    period_label: str
    as_of: datetime
    as_of_text: str
    downloads: tuple[tuple[str, str], ...]
    summary_label: str
    summary: tuple[SummaryLine, ...]
    sections: tuple[PageSection, ...]
    notes_label: str
    notes: tuple[Note, ...]


def report_page(report: Report, address: str, asked: Mapping[str, str], as_of_text: str) -> ReportPage:
    """`address` is that of its files, `asked` what else the report was asked with."""
    query = {**asked, "as_of": report.as_of.astimezone(SEOUL).isoformat(), "lang": report.language}
    return ReportPage(
        title=report.title,
        period_label=report.period_label,
        as_of=report.as_of,
        as_of_text=as_of_text,
        downloads=tuple((f, f"{address}?{urlencode({**query, 'format': f})}") for f in FORMATS),
        summary_label=report.labels.summary,
        summary=report.summary,
        sections=tuple(page_section(section) for section in report.sections),
        notes_label=report.labels.notes,
        notes=report.notes,
    )
