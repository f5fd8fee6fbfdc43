"""The trace code of each table of a report: what finds it again from a printed page."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from crm.values.periods import Quarter
from crm.values.trace_codes import Traced, is_traceable, scope_hash, trace_code
from reports.report import CoreReport, Report, Section, Table

R = TypeVar("R", bound=CoreReport)


def with_codes(report: R, period: Quarter, scope: str = "", earlier: datetime | None = None) -> R:
    """The report of the quarter with a code for each table that has a number of its own. `scope`: what the report is
    about, e.g. `event:0192…`, where it is not about everything; `earlier`: what a restatement is held against."""
    about = report.key, period, report.as_of, scope, earlier
    sections = tuple(coded_section(section, *about) for section in report.sections)
    if not isinstance(report, Report):
        return replace(report, sections=sections)
    outcomes, entries = (_coded(table, *about) for table in (report.outcomes, report.entries))
    return replace(report, sections=sections, outcomes=outcomes, entries=entries)


def coded_section(
    section: Section, report: str, period: Quarter, as_of: datetime, scope: str = "", earlier: datetime | None = None
) -> Section:
    tables = tuple(_coded(table, report, period, as_of, scope, earlier) for table in section.tables)
    return replace(section, tables=tables)


def _coded(table: Table, report: str, period: Quarter, as_of: datetime, scope: str, earlier: datetime | None) -> Table:
    if not is_traceable(report, table.key):
        return table
    hashed = scope_hash(scope) if scope else None
    return replace(table, code=trace_code(Traced(report, period, as_of, table.key, hashed, earlier)))
