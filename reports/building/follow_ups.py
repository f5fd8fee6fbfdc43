"""The status of follow-ups as a report: counts, on time or late, what is open, and the directives. Adds nothing up."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.dates import day_text
from crm.models.labels import label
from crm.permissions import Sight
from crm.values.follow_up_rules import Trigger
from crm.values.measures import Disclosure, FollowUpStatus
from crm.values.money import format_percent
from crm.values.periods import SEOUL
from reports.building.cover import Told, builder
from reports.building.rows import as_rows
from reports.building.words import UNKNOWN, percent_text, time_text
from reports.figures.follow_up_status import (
    BY_DIRECTIVE,
    BY_HAND,
    DirectiveLine,
    FollowUpCounts,
    FollowUpLine,
    FollowUpStatusFigures,
    TriggerFollowUps,
)
from reports.figures.listing import Listing
from reports.report import Column, Language, Note, Row, Section, SummaryLine, Table, Value


@builder
def build_follow_ups(found: FollowUpStatusFigures, language: Language, sight: Sight) -> Told:
    """The quarter's follow-ups in Korean or English. Of what is about an outcome that is kept from the reader the
    lines are masked; the counts are everybody's."""
    return Told(
        key="follow-ups",
        title=_("Status of follow-ups"),
        as_of=found.as_of,
        period=str(found.period),
        period_label=found.period.label(language),
        summary=_summary(found),
        sections=(
            Section("counts", f"Ⅰ. {_('How far they have come')}", tables=(_units(found), _triggers(found))),
            Section("open", f"Ⅱ. {_('What is open')}", tables=(open_table(found.open, sight),)),
            Section("settled", f"Ⅲ. {_('What is done or dropped')}", tables=(_settled(found, sight),)),
            Section("directives", f"Ⅳ. {_('Directives')}", tables=(_directives(found.directives),)),
        ),
        notes=(_rules(found),),
    )


def _summary(found: FollowUpStatusFigures) -> Iterable[SummaryLine]:
    c = found.whole
    yield SummaryLine(_("As of"), time_text(found.as_of))
    if not c.planned:
        yield SummaryLine(_("Follow-ups"), _("No follow-up falls into this quarter."))
    else:
        text = _(
            "%(planned)d planned: %(done)d done, %(open)d open (%(overdue)d overdue, %(unassigned)d unassigned), "
            "%(dropped)d dropped"
        ) % {"planned": c.planned, "done": c.done, "open": c.open, "overdue": c.overdue, "unassigned": c.unassigned,
             "dropped": c.dropped}  # fmt: skip
        yield SummaryLine(_("Follow-ups"), text)
    if c.on_time_percent is not None:
        rate = f"{percent_text(c.on_time_percent)} ({c.on_time} / {c.due})"
        yield SummaryLine(_("On time"), rate)
    if c.mean_days_late is not None:
        late = _("%(days)s days on average (%(late)d late)")
        yield SummaryLine(_("Late"), late % {"days": format_percent(c.mean_days_late), "late": c.late})
    if found.carried:
        yield SummaryLine(_("Open from earlier quarters"), str(found.carried))
    if found.directives:
        yield SummaryLine(_("Directives"), str(len(found.directives)))


_COUNTS = ("planned", "done", "open", "overdue", "unassigned", "dropped", "on_time", "due")


def _count_columns() -> tuple[Column, ...]:
    return (
        Column("planned", pgettext("follow-ups", "Planned"), "integer", 0.8),
        Column("done", label(FollowUpStatus.DONE), "integer", 0.8),
        Column("open", label(FollowUpStatus.OPEN), "integer", 0.8),
        Column("overdue", _("Overdue"), "integer", 0.8),
        Column("unassigned", _("Unassigned"), "integer", 0.8),
        Column("dropped", label(FollowUpStatus.DROPPED), "integer", 0.8),
        Column("on_time", _("Done on time"), "integer", 0.9),
        Column("due", _("Done or overdue"), "integer", 0.9),
        Column("rate", _("On time (%)"), "percent", 0.9),
        Column("days", _("Mean days late"), "percent", 0.9),
    )


def _values(counts: FollowUpCounts) -> tuple[Value, ...]:
    return (*(getattr(counts, name) for name in _COUNTS), counts.on_time_percent, counts.mean_days_late)


def _units(found: FollowUpStatusFigures) -> Table:
    rows = [
        Row((one.name or _("Without a unit"), *_values(one.counts)), link=f"/follow-ups/?show=open&org_unit={one.unit}")
        if one.unit
        else Row((_("Without a unit"), *_values(one.counts)), link="/follow-ups/?show=unassigned")
        for one in found.units
    ]
    if rows:
        rows.append(Row((_("All departments"), *_values(found.whole)), emphasis=True, link="/follow-ups/", key="all"))
    return Table(
        "followups_units",
        _("Follow-ups by unit"),
        (Column("unit", _("Department"), weight=1.8), *_count_columns()),
        tuple(rows),
        unit=_("Unit: follow-ups, %, days"),
        footnotes=tuple(_count_notes()) if rows else (),
        empty=_("No follow-up falls into this quarter."),
    )


def _triggers(found: FollowUpStatusFigures) -> Table:
    return Table(
        "followups_triggers",
        _("Follow-ups by what planned them"),
        (Column("trigger", _("Planned by"), weight=1.8), *_count_columns()),
        tuple(Row((_trigger(one), *_values(one.counts)), link="/follow-ups/") for one in found.triggers),
        unit=_("Unit: follow-ups, %, days"),
        empty=_("No follow-up falls into this quarter."),
    )


def _trigger(one: TriggerFollowUps) -> str:
    if one.trigger == BY_HAND:
        return _("By hand")
    if one.trigger == BY_DIRECTIVE:
        return _("Directive")
    name = label(Trigger(one.trigger))
    if one.months is None:
        return name
    after = _("%(n)d months after") % {"n": one.months} if one.months else _("the day itself")
    return f"{name} · {after}"


def _count_notes() -> Iterable[str]:
    yield _("Planned = done + open + dropped. Overdue and unassigned are among the open ones.")
    yield _("Rate on time: done by their day / done with a day, or overdue. Days late run up to the as-of day.")


def seen_line(line: FollowUpLine, sight: Sight) -> FollowUpLine:
    """The line as its reader may see it."""
    if line.outcome not in sight.masked:
        return line
    quiet = replace(line, result="")
    return (
        quiet
        if line.outcome not in sight.hidden
        else replace(quiet, title=label(Disclosure.CLOSED), lead="", cooperating=())
    )


def open_table(lines: Listing[FollowUpLine], sight: Sight) -> Table:
    def row(line: FollowUpLine) -> Row:
        said = [_("overdue by %(days)d days") % {"days": line.days_late}] if line.days_late else []
        said += [_("unassigned")] if line.is_unassigned else []
        cooperating = ", ".join(line.cooperating) or None
        values = (line.title, line.lead or None, cooperating, line.due_on, " · ".join(said) or None)
        return Row(values, link=f"/follow-ups/{line.id}/")

    return Table(
        "followups_open",
        _("Open follow-ups, of this quarter and from earlier ones"),
        (
            Column("title", _("What is to be done"), weight=2.6),
            Column("lead", _("Lead unit"), weight=1.2),
            Column("cooperating", _("Cooperating units"), weight=1.4),
            Column("due_on", _("Due"), "date", 0.9),
            Column("state", _("State"), weight=1.2),
        ),
        as_rows(lines, lambda line: row(seen_line(line, sight))),
        footnotes=(),
        empty=_("Nothing is open."),
    )


def _settled(found: FollowUpStatusFigures, sight: Sight) -> Table:
    def row(line: FollowUpLine) -> Row:
        values = (
            line.title,
            line.lead or None,
            line.due_on,
            label(FollowUpStatus(line.status)),
            line.done_on,
            line.days_late,
            line.result or None,
        )
        return Row(values, link=f"/follow-ups/{line.id}/")

    return Table(
        "followups_settled",
        _("Follow-ups of the quarter that are done or dropped"),
        (
            Column("title", _("What is to be done"), weight=2.4),
            Column("lead", _("Lead unit"), weight=1.2),
            Column("due_on", _("Due"), "date", 0.9),
            Column("status", _("Status"), weight=0.8),
            Column("done_on", _("Done on"), "date", 0.9),
            Column("days_late", _("Days late"), "integer", 0.7),
            Column("result", _("Result"), weight=2),
        ),
        as_rows(found.settled, lambda line: row(seen_line(line, sight))),
        empty=_("Nothing of this quarter is done or dropped yet."),
    )


def _directives(directives: Iterable[DirectiveLine]) -> Table:
    rows = tuple(
        Row(
            (d.text, d.given_on, d.lead or None, d.planned, d.done, d.open, d.dropped, " / ".join(d.results) or None),
            link="/follow-ups/",
        )
        for d in directives
    )
    return Table(
        "followups_directives",
        _("Directives and what became of them"),
        (
            Column("text", _("Directive"), weight=2.6),
            Column("given_on", _("Given on"), "date", 0.9),
            Column("lead", _("Lead unit"), weight=1.2),
            Column("planned", _("Follow-ups"), "integer", 0.8),
            Column("done", label(FollowUpStatus.DONE), "integer", 0.7),
            Column("open", label(FollowUpStatus.OPEN), "integer", 0.7),
            Column("dropped", label(FollowUpStatus.DROPPED), "integer", 0.7),
            Column("results", _("Result"), weight=1.6),
        ),
        rows,
        unit=_("Unit: follow-ups"),
        footnotes=(_("Given in the quarter, or earlier and still open."),) if rows else (),
        empty=_("No directive was given in this quarter, and none is open."),
    )


def _rules(found: FollowUpStatusFigures) -> Note:
    day = day_text(found.as_of.astimezone(SEOUL).date())
    return Note(
        _("Definitions"),
        (
            _("A follow-up is of the quarter in which it is due, or, without a day, in which it was planned."),
            _("Status, unit and day as they were known at the as-of time; overdue is what is open and was due before "
              "%(day)s.") % {"day": day},
            _("%(unknown)s: no data, or nothing to divide.") % {"unknown": UNKNOWN},
        ),
    )  # fmt: skip
