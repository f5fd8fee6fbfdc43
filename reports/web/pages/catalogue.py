"""Whichever report on its page: the same report object that its files render, and the form that asks for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.models import Event, Record
from crm.values.periods import SEOUL
from reports.asking import ABOUT
from reports.building.units import ShownIn, unit_choices
from reports.catalogue import Ask, Question, ReportKind
from reports.report import Note, Report, SummaryLine
from reports.web.pages.quarterly import PageSection, choosable_quarters, files_at, page_section
from reports.web.pages.tables import PageTable, Paging, report_table, turned_to

_MOST_CHOICES: Final = 500
_YEARS_BACK: Final = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which one of the options, as (value, text), is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class AskingForm:
    choices: tuple[Choice, ...]
    as_of_text: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`downloads` are (format, address), `both` those in two languages. `listings`: what the report lists beside its
    sections. `said` is the question as (name, value), for forms that repeat it; `run` and `edition` are the ids of what
    they would begin, None where the reader may not."""

    title: str
    period_label: str
    as_of: datetime
    downloads: tuple[tuple[str, str], ...]
    both: tuple[tuple[str, str], ...]
    summary_label: str
    summary: tuple[SummaryLine, ...]
    sections: tuple[PageSection, ...]
    listings: tuple[PageTable, ...]
    notes_label: str
    notes: tuple[Note, ...]
    said: tuple[tuple[str, str], ...]
    run: UUID | None
    edition: UUID | None


@dataclass(frozen=True, slots=True)
class TablePage:
    """One of a report's tables by itself, page by page. `report_at`: the address of the whole report."""

    title: str
    period_label: str
    as_of: datetime
    report_at: str
    table: PageTable
    paging: Paging


def table_page(kind: ReportKind, question: Question, report: Report, key: str, typed: str) -> TablePage:
    """The table with that key, turned to the page that was typed. Raises KeyError."""
    address = address_of(kind, question)
    tables = {table.key: table for section in report.sections for table in section.tables}
    tables |= {table.key: table for table in (report.outcomes, report.entries)}
    table, paging = turned_to(tables[key], typed, f"{address}&table={key}")
    return TablePage(report.title, report.period_label, report.as_of, address, table, paging)


def report_page(
    kind: ReportKind, question: Question, report: Report, *, run: UUID | None = None, edition: UUID | None = None
) -> ReportPage:
    address, whole_at = reverse("reports:document", args=[kind.key]), address_of(kind, question)
    said = {**kind.said(question), "as_of": report.as_of.astimezone(SEOUL).isoformat()}
    said["lang"] = report.language
    return ReportPage(
        title=report.title,
        period_label=report.period_label,
        as_of=report.as_of,
        downloads=files_at(address, said),
        both=files_at(address, {**said, "lang": "both"}),
        summary_label=report.labels.summary,
        summary=report.summary,
        sections=tuple(page_section(section, whole_at) for section in report.sections),
        listings=tuple(
            report_table(table, f"{whole_at}&table={table.key}")
            for table in (report.outcomes, report.entries)
            if table.columns
        ),
        notes_label=report.labels.notes,
        notes=report.notes,
        said=(("report", kind.key), *said.items()),
        run=run,
        edition=edition,
    )


def address_of(kind: ReportKind, question: Question) -> str:
    """The page with the whole report that answers the question, as of its very time."""
    asked = {**kind.said(question), "as_of": question.as_of.astimezone(SEOUL).isoformat(), "lang": question.language}
    return f"{reverse('reports:report', args=[kind.key])}?{urlencode(asked)}&whole"


def form(kind: ReportKind, query: QueryDict, now: datetime, question: Question | None = None) -> AskingForm:
    """The form as it was filled in; what was asked is among its options, however old it is."""
    unit = Choice("shown_in", _("Amounts in"), unit_choices(), query.get("shown_in") or ShownIn.ONE.value)
    choices = (_choice(ask, query, now, question) for ask in kind.asks)
    return AskingForm((*choices, unit), query.get("as_of", "")[:10])


def _choice(ask: Ask, query: QueryDict, now: datetime, question: Question | None) -> Choice:
    labels: dict[Ask, str] = {
        "period": _("Quarter"),
        "year": _("Year"),
        "event": _("Event"),
        "unit": pgettext("office", "Unit"),
        "programme": _("Programme"),
    }
    if ask == "period":
        period = question.period if question else None
        options = choosable_quarters(period, now, translation.get_language() or "ko")
    elif ask == "year":
        this_year = now.astimezone(SEOUL).year
        years = {*range(this_year, this_year - _YEARS_BACK, -1)} | ({question.year} if question else set())
        options = tuple((str(year), str(year)) for year in sorted((y for y in years if y is not None), reverse=True))
    else:
        options = (("", _("Choose")), *_records(ask, question.about if question else None))
    return Choice(ask, labels[ask], options, query.get(ask, "").strip() or options[0][0])


def _records(ask: Ask, about: UUID | None) -> tuple[tuple[str, str], ...]:
    """Those in force, the first that fit in a list, and the one asked about."""
    in_order = ("-starts_on", "id") if ask == "event" else ("name", "id")
    rows = list(ABOUT[ask].objects.filter(archived_at=None).order_by(*in_order)[:_MOST_CHOICES])
    if about is not None and all(row.pk != about for row in rows):
        rows.append(ABOUT[ask].objects.get(pk=about))
    return tuple((str(row.pk), _called(row)) for row in rows)


def _called(record: Record) -> str:
    return f"{record.name} ({record.starts_on.year})" if isinstance(record, Event) else str(record)
