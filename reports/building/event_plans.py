"""Ⅳ. 문제점 및 개선방안, and Ⅴ. 향후계획: what is behind, what is missing, and who does what by when."""

from collections.abc import Iterable, Set
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.dates import day_text
from crm.models.labels import label
from crm.values.evidence import REALISED_GRADES, Grade
from crm.values.measures import KIND_RULES, OutcomeKind, Standing
from crm.values.periods import SEOUL
from reports.building.words import UNKNOWN
from reports.figures.event_plans import Task
from reports.figures.outcomes import OutcomeFigures
from reports.figures.performance import Performance
from reports.report import Column, Row, Section, Table


def problems_section(found: Performance, outcomes: tuple[OutcomeFigures, ...], masked: Set[UUID]) -> Section:
    """Of what is `masked` only the standing is told."""
    shown = [outcome for outcome in outcomes if outcome.id not in masked]
    behind = [_behind(outcome) for outcome in shown if outcome.delay_reason]
    unproved = [_unproved(outcome) for outcome in shown if _lacks_evidence(outcome)]
    unconfirmed = [_unconfirmed(outcome) for outcome in outcomes if outcome.standing == Standing.UNCONFIRMED]
    unanswered = list(_unanswered(found, outcomes))
    counted = (
        (_("Behind"), len(behind)),
        (_("Evidence is missing"), len(unproved)),
        (_("Unconfirmed"), len(unconfirmed)),
        (_("Concurrence is open"), len(unanswered)),
    )
    paragraphs = tuple(f"□ {name}: {_('%(n)d cases') % {'n': number}}" for name, number in counted)
    table = Table(
        "event_problems",
        _("Problems and what is done about them"),
        (
            Column("problem", _("Problem"), weight=1.1),
            Column("title", _("Outcome"), weight=1.9),
            Column("reason", _("What is the matter"), weight=2.2),
            Column("measure", _("Improvement"), weight=2.2),
        ),
        (*behind, *unproved, *unconfirmed, *unanswered),
        footnotes=tuple(_problem_footnotes(bool(unproved), bool(unanswered))),
        empty=_("Nothing is behind, missing, unconfirmed or open."),
    )
    return Section("problems", f"Ⅳ. {_('Problems and improvements')}", paragraphs=paragraphs, tables=(table,))


def _problem_footnotes(unproved: bool, unanswered: bool) -> Iterable[str]:
    if unproved:
        yield _("Evidence is missing where no signed document, official record or partner's confirmation is kept.")
    if unanswered:
        yield _("While a mandatory concurrence is open, an outcome is provisional and in no confirmed figure.")


def _behind(outcome: OutcomeFigures) -> Row:
    said = (_("Behind"), outcome.title, outcome.delay_reason, outcome.next_steps or None)
    return Row(said, links=_by_title(outcome.id))


def _lacks_evidence(outcome: OutcomeFigures) -> bool:
    if not KIND_RULES[OutcomeKind(outcome.kind)].has_value:
        return False
    return not outcome.evidence_grade or Grade(outcome.evidence_grade) not in REALISED_GRADES


def _unproved(outcome: OutcomeFigures) -> Row:
    grade = label(Grade(outcome.evidence_grade)) if outcome.evidence_grade else UNKNOWN
    said = _("Rests on: %(grade)s") % {"grade": grade}
    measure = _("Obtain the signed document, an official record or the partner's confirmation.")
    return Row((_("Evidence is missing"), outcome.title, said, measure), links=_by_title(outcome.id))


def _unconfirmed(outcome: OutcomeFigures) -> Row:
    said = _("No source confirms it; it is in no confirmed figure.")
    measure = _("Ask the partner whether it was signed; confirm it or record that it was not.")
    return Row((_("Unconfirmed"), outcome.title, said, measure), links=_by_title(outcome.id))


def _unanswered(found: Performance, outcomes: tuple[OutcomeFigures, ...]) -> Iterable[Row]:
    titles = {outcome.id: outcome.title for outcome in outcomes}
    for one in found.concurrences:
        asked = day_text(one.asked_on.astimezone(SEOUL).date())
        said = _("%(unit)s, asked on %(day)s, has not answered.") % {"unit": one.unit, "day": asked}
        measure = _("Ask for the answer.")
        if one.due_on:
            measure = _("Ask for the answer; it is due on %(day)s.") % {"day": day_text(one.due_on)}
        yield Row((_("Concurrence is open"), titles[one.outcome], said, measure), links=_by_title(one.outcome))


def _by_title(outcome: UUID) -> tuple[str | None, ...]:
    return None, f"/outcomes/{outcome}/", None, None


def plans_section(found: Performance, outcomes: tuple[OutcomeFigures, ...]) -> Section:
    footnote = _(
        "Open follow-ups of the event, of what was instructed there and of its outcomes; then their next steps."
    )
    rows = (*(_task(task) for task in found.tasks), *_next_steps(found, outcomes))
    table = Table(
        "event_plans",
        pgettext("report", "What is to be done"),
        (
            Column("task", _("Task"), weight=3),
            Column("lead", _("Lead"), weight=1.3),
            Column("cooperating", _("Cooperating"), weight=1.3),
            Column("due", _("Due"), "date", 1),
        ),
        rows,
        footnotes=(footnote, _("– as the day: none is set.")) if rows else (),
        empty=_("No follow-up is open, and no next step is written down."),
    )
    return Section("plans", f"Ⅴ. {_('Plans')}", tables=(table,))


def _task(task: Task) -> Row:
    lead = task.unit or (_("Assigned to a person") if task.is_taken else _("Unassigned"))
    said = (task.title, lead, ", ".join(task.cooperating) or None, task.due_on)
    return Row(said, link=f"/outcomes/{task.outcome}/" if task.outcome else None)


def _next_steps(found: Performance, outcomes: tuple[OutcomeFigures, ...]) -> Iterable[Row]:
    for outcome in outcomes:
        if outcome.next_steps:
            lead = outcome.lead_unit or _("Unassigned")
            cooperating = ", ".join(found.details[outcome.id].cooperating) or None
            task = f"{outcome.title}: {outcome.next_steps}"
            yield Row((task, lead, cooperating, None), link=f"/outcomes/{outcome.id}/")
