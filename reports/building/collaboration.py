"""The section on collaboration between departments: answers to requests, and outcomes across departments."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from crm.values.measures import Measure
from crm.values.money import format_percent
from reports.building.words import UNKNOWN, heading, percent_text, trace_between
from reports.figures.collaboration import Answering, Collaboration, Crossing
from reports.report import Column, Row, Section, SummaryLine, Table, Value


def collaboration_section(found: Collaboration, as_of: datetime) -> Section:
    return Section(
        "collaboration", heading("collaboration"), tables=(_answers_table(found), _outcomes_table(found, as_of))
    )


def collaboration_lines(found: Collaboration) -> Iterable[SummaryLine]:
    """Response rate, mean days and share, each with what it is of; none where nobody was asked."""
    if not found.answering.asked:
        return
    answering, crossing = found.answering, found.crossing
    texts = [
        _("response rate %(percent)s (%(answered)d / %(asked)d)")
        % {
            "percent": percent_text(answering.response_percent),
            "answered": answering.answered,
            "asked": answering.asked,
        },
        _("mean days to concur %(days)s") % {"days": format_percent(answering.mean_days)},
        _("outcomes across departments %(percent)s (%(across)d / %(outcomes)d)")
        % {"percent": percent_text(crossing.percent), "across": crossing.across, "outcomes": crossing.outcomes},
    ]
    yield SummaryLine(_("Collaboration between departments"), " · ".join(texts))


def _answers_table(found: Collaboration) -> Table:
    units = [unit for unit in found.units if unit.answering.asked]
    rows = [Row((unit.name, *_answers(unit.answering)), link=_requests(found, unit.unit)) for unit in units]
    if rows:
        rows.append(
            Row((_("All departments"), *_answers(found.answering)), emphasis=True, link=_requests(found), key="all")
        )
    return Table(
        "collaboration_answers",
        _("Answers to requests for concurrence"),
        (
            Column("unit", _("Department"), weight=2),
            Column("asked", _("Asked"), "integer"),
            Column("answered", _("Answered"), "integer"),
            Column("response", _("Response rate (%)"), "percent"),
            Column("days", _("Mean days to concur"), "percent"),
            Column("overdue", _("Overdue"), "integer"),
            Column("overridden", _("Overridden"), "integer"),
        ),
        tuple(rows),
        unit=_("Unit: requests, %, days"),
        footnotes=(_("Requests asked in the period; a department that is asked again after an edit counts again."),),
        empty=_("No department was asked in this period."),
    )


def _outcomes_table(found: Collaboration, as_of: datetime) -> Table:
    leading = [unit for unit in found.units if unit.crossing.outcomes]
    rows = [
        Row((unit.name or _("Not assigned"), *_shares(unit.crossing)), link=f"/outcomes/?unit={unit.unit or 'none'}")
        for unit in leading
    ]
    if rows:
        behind = trace_between(found.first_day, found.last_day, as_of, measure=Measure.COUNT)
        rows.append(Row((_("All departments"), *_shares(found.crossing)), emphasis=True, link=behind, key="all"))
    return Table(
        "collaboration_outcomes",
        _("Outcomes across departments"),
        (
            Column("unit", _("Lead unit"), weight=2),
            Column("outcomes", _("Outcomes"), "integer"),
            Column("across", _("With cooperating units"), "integer"),
            Column("share", _("Share (%)"), "percent"),
        ),
        tuple(rows),
        unit=_("Unit: outcomes, %"),
        footnotes=(
            _("Confirmed and provisional outcomes of the period: %(unknown)s is no data.") % {"unknown": UNKNOWN},
        ),
        empty=_("No outcome was recorded for this period."),
    )


def _requests(found: Collaboration, unit: UUID | None = None) -> str:
    """The address of the requests behind a row."""
    days = {"asked_from": found.first_day.isoformat(), "asked_to": found.last_day.isoformat()}
    return "/concurrences/?" + urlencode({"show": "all", **days, **({"unit": str(unit)} if unit else {})})


def _answers(found: Answering) -> tuple[Value, ...]:
    rates = (found.response_percent, found.mean_days)
    return (found.asked, found.answered, *rates, found.overdue, found.overridden)


def _shares(found: Crossing) -> tuple[Value, ...]:
    return (found.outcomes, found.across, found.percent)
