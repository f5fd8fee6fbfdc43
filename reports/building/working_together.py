"""Collaboration between units as a report of its own: rates, who works with whom, and the requests. Adds nothing up."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.models.labels import label
from crm.permissions import Sight
from crm.values.concurrence import Answer
from crm.values.measures import Disclosure, Measure, Standing
from reports.building.collaboration import collaboration_lines, collaboration_section
from reports.building.cover import Told, builder
from reports.building.words import time_text, trace_between
from reports.figures.working_together import Compared, Pair, RequestLine, WorkingTogether
from reports.report import Column, Language, Note, Row, Section, SummaryLine, Table, Value

# As many cooperating units have a column each; where there are more, each pair has a row.
_MOST_COLUMNS: Final = 8


@builder
def build_working_together(found: WorkingTogether, language: Language, sight: Sight) -> Told:
    """The quarter's collaboration in Korean or English. Of requests about an outcome that is kept from the reader the
    lines are masked; the counts are everybody's."""
    usual = collaboration_section(found.found, found.as_of)
    return Told(
        key="collaboration",
        title=_("Collaboration between departments"),
        as_of=found.as_of,
        period=str(found.period),
        period_label=found.period.label(language),
        summary=_summary(found),
        sections=(
            replace(usual, heading=f"Ⅰ. {_('Answers and outcomes')}", tables=(*usual.tables, _compared(found))),
            Section("together", f"Ⅱ. {_('Who works with whom')}", tables=(_together(found),)),
            Section("requests", f"Ⅲ. {_('Requests')}", tables=tuple(_requests(found, sight))),
        ),
        notes=(_rules(),),
    )


def _summary(found: WorkingTogether) -> Iterable[SummaryLine]:
    yield SummaryLine(_("As of"), time_text(found.as_of))
    yield from collaboration_lines(found.found)
    if not found.found.answering.asked:
        yield SummaryLine(_("Requests"), _("No department was asked in this period."))
    if found.open:
        yield SummaryLine(_("Open requests"), str(len(found.open)))
    if found.overridden:
        yield SummaryLine(_("Overridden"), str(len(found.overridden)))


def _compared(found: WorkingTogether) -> Table:
    names = {
        "response": (_("Response rate (%)"), _("%(n)d requests")),
        "days": (_("Mean days to concur"), _("%(n)d answers")),
        "across": (_("Outcomes with cooperating units (%)"), _("%(n)d outcomes")),
    }

    def row(one: Compared) -> Row:
        name, of = names[one.measure]
        values: tuple[Value, ...] = (name, one.now, of % {"n": one.of_now}, one.before, of % {"n": one.of_before})
        return Row((*values, one.change), links=_behind(one, found))

    return Table(
        "collaboration_yoy",
        _("Year on year"),
        (
            Column("measure", _("Measure"), weight=2),
            Column("now", pgettext("year on year", "Now"), "percent"),
            Column("of_now", pgettext("rate", "Of"), weight=0.9),
            Column("before", _("A year before"), "percent"),
            Column("of_before", pgettext("rate", "Of"), weight=0.9),
            Column("change", _("Difference (%p, days)"), "percent"),
        ),
        tuple(row(one) for one in found.compared),
        footnotes=(_("A year before: the same days, as known at the same time. – is no data. △ is less than before."),),
    )


def _behind(one: Compared, found: WorkingTogether) -> tuple[str | None, ...]:
    first, last = found.period.first_day, found.period.last_day

    def at(years: int) -> str:
        begin, end = (day.replace(year=day.year - years) for day in (first, last))
        if one.measure == "across":
            return _counted(found, (begin, end))
        return f"/concurrences/?show=all&asked_from={begin.isoformat()}&asked_to={end.isoformat()}"

    return None, at(0), None, at(1), None, None


def _counted(found: WorkingTogether, days: tuple[date, date] | None = None, **which: str) -> str:
    first, last = days or (found.period.first_day, found.period.last_day)
    standing = f"{Standing.CONFIRMED},{Standing.PROVISIONAL}"
    return trace_between(first, last, found.as_of, measure=Measure.COUNT, standing=standing, **which)


def _together(found: WorkingTogether) -> Table:
    units = {pair.cooperating: pair.cooperating_name for pair in found.pairs}
    is_wide = len(units) > _MOST_COLUMNS
    columns, rows = _by_pair(found) if is_wide else _matrix(found, units)
    return Table(
        "collaboration_matrix",
        _("Outcomes by lead unit and cooperating unit"),
        columns,
        rows,
        unit=_("Unit: outcomes"),
        footnotes=(
            _("Confirmed and provisional outcomes of the quarter; one with two cooperating units counts in both."),
        )
        if rows
        else (),
        empty=_("No outcome of this quarter has a cooperating unit."),
    )


def _link(pair: Pair, found: WorkingTogether) -> str:
    return _counted(found, lead=str(pair.lead or "none"), cooperating=str(pair.cooperating))


def _by_pair(found: WorkingTogether) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    columns = (
        Column("lead", _("Lead unit"), weight=2),
        Column("cooperating", _("Cooperating units"), weight=2),
        Column("outcomes", _("Outcomes"), "integer"),
    )
    rows = tuple(
        Row((pair.lead_name or _("Not assigned"), pair.cooperating_name, pair.outcomes), link=_link(pair, found))
        for pair in found.pairs
    )
    return columns, rows


def _matrix(found: WorkingTogether, units: dict[UUID, str]) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    across = sorted(units, key=lambda unit: (units[unit], str(unit)))
    by: dict[UUID | None, dict[UUID, Pair]] = {}
    for pair in found.pairs:
        by.setdefault(pair.lead, {})[pair.cooperating] = pair
    columns = (
        Column("lead", _("Lead unit"), weight=1.6),
        *(Column(f"with_{number}", units[unit], "integer") for number, unit in enumerate(across, 1)),
    )
    rows = []
    for cells in by.values():
        pairs = [cells.get(unit) for unit in across]
        name = next(iter(cells.values())).lead_name or _("Not assigned")
        values = (name, *(pair.outcomes if pair else None for pair in pairs))
        rows.append(Row(values, links=(None, *(_link(pair, found) if pair else None for pair in pairs))))
    return columns, tuple(rows)


def seen_request(line: RequestLine, sight: Sight) -> RequestLine:
    """The line as its reader may see it."""
    if line.outcome not in sight.masked:
        return line
    quiet = replace(line, reason=label(Disclosure.CLOSED) if line.reason else "")
    if line.outcome not in sight.hidden:
        return quiet
    return replace(quiet, title=label(Disclosure.CLOSED), lead="", unit="")


def _requests(found: WorkingTogether, sight: Sight) -> Iterable[Table]:
    yield request_table(
        "collaboration_open",
        _("Open requests"),
        found.open,
        sight,
        (_("Days waiting"), _("Nobody is waited for.")),
    )
    yield request_table(
        "collaboration_slowest",
        _("The slowest answers"),
        found.slowest,
        sight,
        (_("Days to answer"), _("Nobody has answered yet.")),
    )
    yield _overridden(found.overridden, sight)


def request_table(key: str, caption: str, lines: Iterable[RequestLine], sight: Sight, words: tuple[str, str]) -> Table:
    """`words` head the column of days, and say that there are none."""

    def row(line: RequestLine) -> Row:
        state = label(Answer(line.answer)) if line.answer else _state(line)
        values = (line.title, line.lead or None, line.unit or None, line.asked_at, line.due_on, state, line.days)
        return Row(values, link=f"/concurrences/{line.id}/")

    days, empty = words
    columns = (
        Column("title", _("Outcome"), weight=2.2),
        Column("lead", _("Lead unit"), weight=1.2),
        Column("unit", _("Unit asked"), weight=1.2),
        Column("asked_at", _("Asked at"), "datetime", 1.2),
        Column("due_on", _("Due"), "date", 0.9),
        Column("state", _("Answer"), weight=1.1),
        Column("days", days, "percent", 0.8),
    )
    return Table(key, caption, columns, tuple(row(seen_request(line, sight)) for line in lines), empty=empty)


def _state(line: RequestLine) -> str | None:
    if line.reason:
        return _("Overridden")
    return _("overdue by %(days)d days") % {"days": line.days_overdue} if line.days_overdue else None


def _overridden(lines: Iterable[RequestLine], sight: Sight) -> Table:
    def row(line: RequestLine) -> Row:
        values = (line.title, line.lead or None, line.unit or None, line.asked_at, line.days, line.reason)
        return Row(values, link=f"/concurrences/{line.id}/")

    return Table(
        "collaboration_overridden",
        _("Decided without an answer"),
        (
            Column("title", _("Outcome"), weight=2.2),
            Column("lead", _("Lead unit"), weight=1.2),
            Column("unit", _("Unit asked"), weight=1.2),
            Column("asked_at", _("Asked at"), "datetime", 1.2),
            Column("days", _("Days waiting"), "percent", 0.8),
            Column("reason", _("Reason"), weight=2.2),
        ),
        tuple(row(seen_request(line, sight)) for line in lines),
        empty=_("None was decided without an answer."),
    )


def _rules() -> Note:
    lines = (
        _("Response rate: answered / asked in the quarter, without requests that were taken back unanswered."),
        _("Mean days to concur: from asking to the answer that stands, with fractions of a day."),
        _("Each as it was known at the as-of time, under the names that the units had then."),
    )
    return Note(_("Definitions"), lines)
