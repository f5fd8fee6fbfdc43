"""Pitch competitions: criteria, judges, entries, conflicts of interest, scores, and what an entry lacks to advance."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from crm.models import Event, Judge, JudgeConflict, PitchCriterion, PitchEntry, PitchScore
from crm.queries.gates import Lack
from crm.queries.search import called_so, events_named, organisations_matching
from crm.values.demonstrations import PitchRound, PitchStatus
from crm.values.measures import EventKind
from crm.values.names import clean


@dataclass(frozen=True, slots=True)
class PitchesAsked:
    """What the list is narrowed by; an empty value does not narrow."""

    text: str = ""
    status: str = ""


def pitches_asked(asked: PitchesAsked) -> QuerySet[PitchEntry]:
    """The unarchived ones that were asked for, those of the latest competition first. The text stands in what they are
    called, or in the name of their applicant or competition; initials find as well."""
    found = PitchEntry.objects.filter(archived_at=None)
    if typed := clean(asked.text):
        applicants = organisations_matching(typed).order_by().values("pk")
        events = events_named(typed).order_by().values("pk")
        found = found.filter(called_so(found, typed) | Q(organisation__in=applicants) | Q(event__in=events))
    if asked.status in set(PitchStatus):
        found = found.filter(status=asked.status)
    return found.order_by("-event__starts_on", "created_at", "id")


def competitions_asked(asked: PitchesAsked) -> QuerySet[Event]:
    """Pitch competitions, the latest first, each with `pitch_count`: of a text those that are called so, and all that
    have an entry which is asked for."""
    found = Event.objects.filter(kind=EventKind.PITCH_COMPETITION, archived_at=None)
    if clean(asked.text) or asked.status:
        wanted = Q(pk__in=pitches_asked(asked).order_by().values("event"))
        if clean(asked.text) and not asked.status:
            wanted |= Q(pk__in=events_named(asked.text).order_by().values("pk"))
        found = found.filter(wanted)
    return found.annotate(pitch_count=Count("pitches", filter=Q(pitches__archived_at=None))).order_by(
        "-starts_on", "id"
    )


def criteria_of(event: Event) -> QuerySet[PitchCriterion]:
    return PitchCriterion.objects.filter(event=event, archived_at=None).order_by("created_at", "id")


def judges_of(event: Event) -> QuerySet[Judge]:
    return (
        Judge.objects.filter(event=event, archived_at=None).select_related("organisation").order_by("created_at", "id")
    )


def pitches_of(event: Event) -> QuerySet[PitchEntry]:
    return (
        PitchEntry.objects.filter(event=event, archived_at=None)
        .select_related("organisation")
        .order_by("created_at", "id")
    )


def scores_of(event: Event, round_: PitchRound | None = None) -> QuerySet[PitchScore]:
    """The standing scores for the criteria in force, of every judge, in conflict or not."""
    found = PitchScore.objects.filter(
        pitch__event=event, pitch__archived_at=None, judge__archived_at=None, archived_at=None
    )
    found = found.filter(criterion__archived_at=None)
    return found if round_ is None else found.filter(round=round_)


@dataclass(frozen=True, slots=True)
class Conflict:
    """`declared` is the declaration; None where the judge works for the applicant, which needs no declaring."""

    pitch: UUID
    judge: UUID
    declared: JudgeConflict | None

    @property
    def reason(self) -> str:
        return self.declared.reason if self.declared else _("Works for the applicant")


Conflicts = dict[tuple[UUID, UUID], Conflict]


def conflicts_among(pitches: Iterable[PitchEntry], judges: Iterable[Judge]) -> Conflicts:
    """The conflicts of interest by (pitch, judge). One query."""
    by_pitch = {pitch.pk: pitch for pitch in pitches}
    declared = JudgeConflict.objects.filter(pitch__in=list(by_pitch), archived_at=None)
    found = {(c.pitch_id, c.judge_id): Conflict(c.pitch_id, c.judge_id, c) for c in declared}
    for judge in judges:
        for pitch in by_pitch.values():
            if judge.organisation_id is not None and judge.organisation_id == pitch.organisation_id:
                found.setdefault((pitch.pk, judge.pk), Conflict(pitch.pk, judge.pk, None))
    return found


def conflict_between(pitch: PitchEntry, judge: Judge) -> Conflict | None:
    return conflicts_among([pitch], [judge]).get((pitch.pk, judge.pk))


Cell = tuple[UUID, UUID, UUID]


def points_of(event: Event, round_: PitchRound) -> dict[Cell, Decimal]:
    """The points by (pitch, judge, criterion)."""
    rows: Iterable[Any] = scores_of(event, round_).values_list("pitch_id", "judge_id", "criterion_id", "points")
    return {(pitch, judge, criterion): points for pitch, judge, criterion, points in rows}


class CompetitionParts:
    """One competition with all that belongs to it, each part read at most once."""

    def __init__(self, event: Event) -> None:
        self.event = event

    @cached_property
    def criteria(self) -> list[PitchCriterion]:
        return list(criteria_of(self.event))

    @cached_property
    def judges(self) -> list[Judge]:
        return list(judges_of(self.event))

    @cached_property
    def pitches(self) -> list[PitchEntry]:
        return list(pitches_of(self.event).select_related("event"))

    @cached_property
    def conflicts(self) -> Conflicts:
        return conflicts_among(self.pitches, self.judges)

    @cached_property
    def points(self) -> dict[PitchRound, dict[Cell, Decimal]]:
        """The points of each round that was scored, by (pitch, judge, criterion)."""
        found: dict[PitchRound, dict[Cell, Decimal]] = {}
        columns = ("round", "pitch_id", "judge_id", "criterion_id", "points")
        rows: Iterable[Any] = scores_of(self.event).values_list(*columns)
        for round_, pitch, judge, criterion, points in rows:
            found.setdefault(PitchRound(round_), {})[pitch, judge, criterion] = points
        return found


def is_scored(pitch: PitchEntry, round_: PitchRound, parts: CompetitionParts) -> bool:
    """Whether at least one judge without a conflict has scored every criterion in that round."""
    criteria = {criterion.pk for criterion in parts.criteria}
    points = parts.points.get(round_, {})
    judges = [judge for judge in parts.judges if any(key[:2] == (pitch.pk, judge.pk) for key in points)]
    conflicts = parts.conflicts
    return bool(criteria) and any(
        (pitch.pk, judge.pk) not in conflicts and all((pitch.pk, judge.pk, c) in points for c in criteria)
        for judge in judges
    )


def round_lacks(pitch: PitchEntry, round_: PitchRound, known: CompetitionParts | None = None) -> tuple[Lack, ...]:
    """What is lacking before the pitch reaches the round."""
    parts = known or CompetitionParts(pitch.event)
    found = []
    if round_ != PitchRound.APPLIED and not parts.criteria:
        found.append(Lack("criteria", _("The criteria of the competition")))
    if round_ == PitchRound.FINALS and not is_scored(pitch, PitchRound.SCREENED, parts):
        text = _("The scores of the screening: every criterion, by at least one judge without a conflict of interest")
        found.append(Lack("scores", text))
    return tuple(found)


def award_lacks(pitch: PitchEntry, known: CompetitionParts | None = None) -> tuple[Lack, ...]:
    """What is lacking before the pitch is awarded something; its place or award are given with the step."""
    if pitch.round != PitchRound.FINALS:
        return (Lack("round", _("The finals")),)
    if not is_scored(pitch, PitchRound.FINALS, known or CompetitionParts(pitch.event)):
        text = _("The scores of the finals: every criterion, by at least one judge without a conflict of interest")
        return (Lack("scores", text),)
    return ()


def sheet_state(judge: Judge, round_: PitchRound) -> str:
    """A text that changes whenever one of the judge's scores of the round does."""
    rows = PitchScore.objects.filter(judge=judge, round=round_, archived_at=None).order_by("id")
    return " ".join(f"{pk.hex[-6:]}.{version}" for pk, version in rows.values_list("id", "version"))
