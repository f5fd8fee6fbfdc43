"""The trace code of each table of a report: what finds it again from a printed page."""

from dataclasses import replace

from crm.values.periods import Quarter
from crm.values.trace_codes import Traced, is_traceable, trace_code
from reports.report import Report, Table


def with_codes(report: Report, period: Quarter) -> Report:
    """The report of the quarter with a code for each table that has a number of its own."""

    def coded(table: Table) -> Table:
        if not is_traceable(report.key, table.key):
            return table
        return replace(table, code=trace_code(Traced(report.key, period, report.as_of, table.key)))

    return replace(
        report,
        sections=tuple(replace(s, tables=tuple(coded(table) for table in s.tables)) for s in report.sections),
        outcomes=coded(report.outcomes),
        entries=coded(report.entries),
    )
