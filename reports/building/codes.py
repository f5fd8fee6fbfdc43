"""The trace code of each table of a report: what finds it again from a printed page."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from crm.values.periods import Quarter
from crm.values.trace_codes import Traced, is_traceable, scope_hash, trace_code
from reports.figures.definitions import VERSION, number_of
from reports.report import CoreReport, Report, Section, Table

R = TypeVar("R", bound=CoreReport)


def with_codes(
    report: R,
    period: Quarter,
    scope: str = "",
    earlier: datetime | None = None,
    definition_then: str = VERSION,
) -> R:
    """The report of the quarter with a code for each table that has a number of its own. `scope`: what the report is
    about, e.g. `event:0192…`, where it is not about everything; `earlier`: what a restatement is held against, read by
    the set of definitions `definition_then`. Raises UnknownDefinitions."""
    about = Traced(
        report.key,
        period,
        report.as_of,
        "",
        scope_hash(scope) if scope else None,
        earlier,
        number_of(report.definition_version),
        number_of(definition_then) if earlier else 0,
    )
    sections = tuple(_coded_section(section, about) for section in report.sections)
    if not isinstance(report, Report):
        return replace(report, sections=sections)
    outcomes, entries = (_coded(table, about) for table in (report.outcomes, report.entries))
    return replace(report, sections=sections, outcomes=outcomes, entries=entries)


def coded_section(section: Section, report: str, period: Quarter, as_of: datetime) -> Section:
    """A section that is read alone, by the definitions in force."""
    return _coded_section(section, Traced(report, period, as_of, "", rules=number_of(VERSION)))


def _coded_section(section: Section, about: Traced) -> Section:
    return replace(section, tables=tuple(_coded(table, about) for table in section.tables))


def _coded(table: Table, about: Traced) -> Table:
    if not is_traceable(about.report, table.key):
        return table
    return replace(table, code=trace_code(replace(about, table=table.key)))
