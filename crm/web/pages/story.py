"""What became of an outcome, moment by moment, and what stood as of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from crm.models import Account, ChainLink, Concurrence, LedgerEntry, Outcome, PartnerConfirmation
from crm.models.labels import label
from crm.permissions import readable
from crm.queries.concurrence import concurrences_ever_of
from crm.queries.confirmations import confirmations_ever_of
from crm.queries.ledger import entries_of, evidence_ever_of
from crm.queries.told import told_of, with_who_recorded
from crm.values.concurrence import Answer, ApprovalStatus, PartnerAnswer
from crm.values.evidence import Grade
from crm.values.measures import Cause, Measure
from crm.values.periods import end_of_day
from crm.values.stages import Stage
from crm.web.pages.moments import Moment, changes_told, marked, moment, put_away_by
from crm.web.pages.outcome_lines import short_value


@dataclass(frozen=True, slots=True)
class StoryPage:
    """The latest first. `as_of` is the chosen day, empty for now; `stood` what stood at its end."""

    id: UUID
    title: str
    as_of: str
    stage: str
    stood: tuple[str, ...]
    moments: tuple[Moment, ...]


def story_page(outcome: Outcome, reader: Account, as_of: date | None, now: datetime) -> StoryPage:
    until = min(end_of_day(as_of), now) if as_of else now
    entries = [entry for entry in entries_of(outcome) if entry.recorded_at <= until]
    said = list(told_of(outcome, readable(reader, ChainLink.objects.all())))
    away = put_away_by(said, until)
    told = (
        *_figures(entries),
        *_steps(outcome, away),
        *_asked(outcome, away),
        *_approved(outcome),
        *_proved(outcome, away),
        *_confirmed(outcome, away),
        *changes_told(outcome, said),
    )
    moments = [one for one in told if one.at <= until]
    undone = {entry.reverses_id for entry in entries if entry.reverses_id}
    live = [entry for entry in entries if entry.reverses_id is None and entry.pk not in undone]
    counted = next((entry for entry in live if entry.measure == Measure.COUNT), None)
    return StoryPage(
        id=outcome.pk,
        title=outcome.title,
        as_of=as_of.isoformat() if as_of else "",
        stage=label(Stage(counted.stage)) if counted and counted.stage else "",
        stood=tuple(short_value(entry) for entry in live if entry.measure != Measure.COUNT),
        moments=tuple(sorted(moments, key=lambda m: m.at, reverse=True)),
    )


def _figures(entries: Iterable[LedgerEntry]) -> Iterable[Moment]:
    """Every entry but those that only follow a change of what the outcome is: the step tells of that."""
    for entry in entries:
        follows = entry.replaces_id is not None and (entry.measure == Measure.COUNT or entry.cause != Cause.CORRECTION)
        if entry.reverses_id is not None or follows or entry.derived_from_id is not None:
            continue
        what = _("Put on record") if entry.measure == Measure.COUNT else _("Figure")
        text = entry.source if entry.measure == Measure.COUNT else f"{short_value(entry)} ({entry.source})"
        if entry.cause == Cause.CORRECTION:
            what, text = _("Figure corrected"), " · ".join(filter(None, (text, entry.reason)))
        yield moment(entry.recorded_at, what, text, entry.recorded_by, entry.value_date, f"#entry-{entry.pk}")


# `away`: the marks of what was put away by the day asked about, by id. It is told of with the rest: it stood before.
Away = Mapping[UUID, str]


def _steps(outcome: Outcome, away: Away) -> Iterable[Moment]:
    for step in outcome.steps.select_related("taken_by"):
        before = f"{label(Stage(step.from_stage))} → " if step.from_stage else ""
        text = " · ".join(filter(None, (f"{before}{label(Stage(step.stage))}", step.reason)))
        taken = moment(step.created_at, _("Stage"), text, step.taken_by, step.taken_on, "#stages")
        yield from marked([taken], away.get(step.pk, ""))


def _asked(outcome: Outcome, away: Away) -> Iterable[Moment]:
    for asked in concurrences_ever_of(outcome).select_related("org_unit", "asked_by", "answered_by", "overridden_by"):
        yield from marked(_of_request(asked), away.get(asked.pk, ""))


def _of_request(asked: Concurrence) -> Iterable[Moment]:
    place = "#concurrence"
    yield moment(asked.created_at, _("Concurrence asked"), str(asked.org_unit), asked.asked_by, None, place)
    if asked.answered_at:
        said = " · ".join(filter(None, (str(asked.org_unit), label(Answer(asked.answer)), asked.opinion)))
        yield moment(asked.answered_at, _("Concurrence answered"), said, asked.answered_by, None, place)
    if asked.overridden_at:
        told = f"{asked.org_unit} · {asked.override_reason}"
        yield moment(asked.overridden_at, _("Concurrence overridden"), told, asked.overridden_by, None, place)


def _approved(outcome: Outcome) -> Iterable[Moment]:
    for approval in outcome.approvals.select_related("submitted_by", "decided_by"):
        yield moment(approval.created_at, _("Submitted for approval"), approval.note, approval.submitted_by)
        if approval.decided_at:
            said = " · ".join(filter(None, (label(ApprovalStatus(approval.status)), approval.decision_opinion)))
            yield moment(approval.decided_at, _("Approval decided"), said, approval.decided_by)


def _proved(outcome: Outcome, away: Away) -> Iterable[Moment]:
    for document in with_who_recorded(evidence_ever_of(outcome)):
        text = f"{document.title} ({label(Grade(document.grade))})"
        # The outcome's page has no place any more for what was archived.
        place = f"#document-{document.pk}" if document.archived_at is None else ""
        attached = moment(document.created_at, _("Evidence"), text, document.recorded_by, document.dated_on, place)
        yield from marked([attached], away.get(document.pk, ""))


def _confirmed(outcome: Outcome, away: Away) -> Iterable[Moment]:
    for link in confirmations_ever_of(outcome):
        yield from marked(_of_link(link), away.get(link.pk, ""))


def _of_link(link: PartnerConfirmation) -> Iterable[Moment]:
    yield moment(link.created_at, _("Partner asked"), str(link.organisation), link.asked_by)
    if link.answered_at:
        said = " · ".join(filter(None, (label(PartnerAnswer(link.answer)), link.stated_value, link.comment)))
        yield moment(link.answered_at, _("Partner answered"), said, link.organisation)
