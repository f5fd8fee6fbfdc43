"""The page of a restatement: the same report object that its files render."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from crm.permissions import Sight
from crm.values.periods import SEOUL, Quarter
from reports.building.codes import with_codes
from reports.building.restatement import build_restatement
from reports.documents import FORMATS
from reports.figures import definitions
from reports.figures.outcomes import subject_names
from reports.figures.restatement import restatement
from reports.report import Language, Note, Report, SummaryLine
from reports.web.pages.quarterly import PageSection, choosable_quarters, page_section
from reports.web.pages.tables import PageTable, page_table


@dataclass(frozen=True, slots=True)
class AskedRestatement:
    """One quarter as of two times. `definition_then`: of a published report, the definitions that it was made by."""

    period: Quarter
    earlier: datetime
    later: datetime
    language: Language
    definition_then: str = definitions.VERSION


@dataclass(frozen=True, slots=True)
class RestatementPage:
    title: str
    period: str
    period_label: str
    earlier: datetime
    later: datetime
    earlier_text: str
    later_text: str
    quarters: tuple[tuple[str, str], ...]
    downloads: tuple[tuple[str, str], ...]
    summary_label: str
    summary: tuple[SummaryLine, ...]
    sections: tuple[PageSection, ...]
    definitions: PageTable
    entries: PageTable
    notes: tuple[Note, ...]


def restatement_report(asked: AskedRestatement, sight: Sight) -> Report:
    first, last = asked.period.first_day, asked.period.last_day
    found = restatement(first, last, asked.earlier, asked.later, asked.definition_then)
    names = subject_names(found.entries, asked.later)
    report = build_restatement(found, names, asked.period, asked.language, sight)
    return with_codes(report, asked.period, earlier=asked.earlier, definition_then=asked.definition_then)


def restatement_page(asked: AskedRestatement, now: datetime, sight: Sight, carried: dict[str, Any]) -> RestatementPage:
    """`carried` is what else of the address its files need: the publication that is compared."""
    report = restatement_report(asked, sight)
    times = {"from": asked.earlier.astimezone(SEOUL).isoformat(), "to": asked.later.astimezone(SEOUL).isoformat()}
    query = {"period": report.period, **times, "lang": report.language, **carried}
    return RestatementPage(
        title=report.title,
        period=report.period,
        period_label=report.period_label,
        earlier=asked.earlier,
        later=asked.later,
        earlier_text=asked.earlier.astimezone(SEOUL).date().isoformat(),
        later_text=asked.later.astimezone(SEOUL).date().isoformat(),
        quarters=choosable_quarters(asked.period, now, report.language),
        downloads=tuple((f, f"/reports/restatement/download/?{urlencode({**query, 'format': f})}") for f in FORMATS),
        summary_label=report.labels.summary,
        summary=report.summary,
        sections=tuple(page_section(section) for section in report.sections),
        definitions=page_table(report.outcomes),
        entries=page_table(report.entries),
        notes=report.notes,
    )
