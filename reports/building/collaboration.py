"""The section on collaboration between departments: answers to requests, and outcomes across departments."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from crm.values.money import format_percent
from reports.building.words import UNKNOWN
from reports.figures.collaboration import Answering, Collaboration, Crossing
from reports.report import Column, Row, Section, SummaryLine, Table, Value


def collaboration_section(found: Collaboration) -> Section:
    return Section("collaboration", "Ⅵ. " + _("Collaboration between departments"), tables=tuple(_tables(found)))


def collaboration_line(found: Collaboration) -> SummaryLine:
    """Response rate, mean days and share, each with what it is of."""
    answering, crossing = found.answering, found.crossing
    texts = [
        _("response rate %(percent)s%% (%(answered)d / %(asked)d)")
        % {
            "percent": format_percent(answering.response_percent),
            "answered": answering.answered,
            "asked": answering.asked,
        },
        _("mean days to concur %(days)s") % {"days": format_percent(answering.mean_days)},
        _("outcomes across departments %(percent)s%% (%(across)d / %(outcomes)d)")
        % {"percent": format_percent(crossing.percent), "across": crossing.across, "outcomes": crossing.outcomes},
    ]
    return SummaryLine(_("Collaboration between departments"), " · ".join(texts))


def _tables(found: Collaboration) -> Iterable[Table]:
    units = [unit for unit in found.units if unit.answering.asked]
    yield Table(
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
        (
            *(Row((unit.name, *_answers(unit.answering))) for unit in units),
            *([Row((_("All departments"), *_answers(found.answering)), emphasis=True)] if units else []),
        ),
        unit=_("Unit: requests, %, days"),
        footnotes=(_("Requests asked in the period; a department that is asked again after an edit counts again."),),
        empty=_("No department was asked in this period."),
    )
    leading = [unit for unit in found.units if unit.crossing.outcomes]
    yield Table(
        "collaboration_outcomes",
        _("Outcomes across departments"),
        (
            Column("unit", _("Lead unit"), weight=2),
            Column("outcomes", _("Outcomes"), "integer"),
            Column("across", _("With cooperating units"), "integer"),
            Column("share", _("Share (%)"), "percent"),
        ),
        (
            *(Row((unit.name or _("Not assigned"), *_shares(unit.crossing))) for unit in leading),
            *([Row((_("All departments"), *_shares(found.crossing)), emphasis=True)] if leading else []),
        ),
        unit=_("Unit: outcomes, %"),
        footnotes=(
            _("Confirmed and provisional outcomes of the period: %(unknown)s is no data.") % {"unknown": UNKNOWN},
        ),
        empty=_("No outcome was recorded for this period."),
    )


def _answers(found: Answering) -> tuple[Value, ...]:
    rates = (found.response_percent, found.mean_days)
    return (found.asked, found.answered, *rates, found.overdue, found.overridden)


def _shares(found: Crossing) -> tuple[Value, ...]:
    return (found.outcomes, found.across, found.percent)
