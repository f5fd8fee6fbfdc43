"""The trace code of each table of a report: what finds it again from a printed page."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from crm.values.periods import Quarter
from crm.values.trace_codes import Traced, is_traceable, trace_code
from reports.report import CoreReport, Report, Section, Table

R = TypeVar("R", bound=CoreReport)


def with_codes(report: R, period: Quarter) -> R:
    """The report of the quarter with a code for each table that has a number of its own."""
    sections = tuple(coded_section(section, report.key, period, report.as_of) for section in report.sections)
    if not isinstance(report, Report):
        return replace(report, sections=sections)
    outcomes, entries = (_coded(t, report.key, period, report.as_of) for t in (report.outcomes, report.entries))
    return replace(report, sections=sections, outcomes=outcomes, entries=entries)


def coded_section(section: Section, report: str, period: Quarter, as_of: datetime) -> Section:
    return replace(section, tables=tuple(_coded(table, report, period, as_of) for table in section.tables))


def _coded(table: Table, report: str, period: Quarter, as_of: datetime) -> Table:
    if not is_traceable(report, table.key):
        return table
    return replace(table, code=trace_code(Traced(report, period, as_of, table.key)))
