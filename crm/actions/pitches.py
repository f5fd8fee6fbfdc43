"""Pitch competitions: criteria, judges, entries, conflicts of interest, scores and how far an entry comes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions.archiving import bring_back, expect_present, put_away
from crm.actions.base import Caller, action, expect_version, hold, store
from crm.models import Event, Judge, JudgeConflict, PitchCriterion, PitchEntry, PitchScore
from crm.models.base import current_work
from crm.models.labels import label
from crm.queries.pitches import award_lacks, conflict_between, criteria_of, round_lacks, scores_of
from crm.values.demonstrations import FULL_WEIGHT, ROUNDS, SCORED_ROUNDS, PitchRound, PitchStatus
from crm.values.measures import EventKind
from crm.values.money import format_number


@action("pitch.update")
def set_criteria(
    caller: Caller, /, event: Event, criteria: Sequence[tuple[str, Decimal]], *, version: int | None = None
) -> list[PitchCriterion]:
    """Lays down the criteria with their weights in per cent, in place of those before.

    Raises ValidationError where the event is no competition, where the weights do not add to exactly 100 (it names
    their sum), for a name that stands twice, and once a score exists; Stale."""
    expect_version(event, version)
    hold(event)
    _check_competition(event)
    if scores_of(event).exists():
        raise ValidationError({"__all__": _("There are scores already: the criteria stay as they are.")})
    wanted = [(name.strip(), weight) for name, weight in criteria]
    _check_weights(wanted)
    present = {criterion.name: criterion for criterion in criteria_of(event)}
    for name in present.keys() - {name for name, _weight in wanted}:
        present[name].archived_at = current_work().recorded_at
        present[name].save()
    return [
        store(present.get(name, PitchCriterion()), {"event": event, "name": name, "weight": weight})
        for name, weight in wanted
    ]


def _check_weights(criteria: Sequence[tuple[str, Decimal]]) -> None:
    names = [name for name, _weight in criteria]
    if not all(names):
        raise ValidationError({"criteria": _("Every criterion has a name.")})
    if len(set(names)) != len(names):
        raise ValidationError({"criteria": _("A criterion stands here twice.")})
    if any(not weight.is_finite() or weight <= 0 for _name, weight in criteria):
        raise ValidationError({"criteria": _("Every weight is above zero.")})
    # Not a figure of the city's: whether a list is complete.
    left = FULL_WEIGHT
    for _name, weight in criteria:
        left -= weight
    if left:
        told = _("The weights add to %(sum)s. They have to add to exactly 100.")
        raise ValidationError({"criteria": told % {"sum": format_number(FULL_WEIGHT - left)}})


@action("pitch.update")
def record_judge(caller: Caller, /, event: Event, **fields: Any) -> Judge:
    """Puts a judge on the panel. Raises ValidationError where the event is no competition."""
    _check_competition(event)
    return store(Judge(), {"event": event, **fields})


@action("pitch.update")
def update_judge(caller: Caller, /, judge: Judge, *, version: int | None = None, **changes: Any) -> Judge:
    """Changes a judge, but not to another competition. A judge who now works for an applicant is in conflict."""
    expect_version(judge, version)
    hold(judge)
    _refuse_move(judge, changes)
    return store(judge, changes)


@action("pitch.record")
def record_pitch(caller: Caller, /, event: Event, **fields: Any) -> PitchEntry:
    """Records an application to the competition. Raises ValidationError naming the fields."""
    _check_competition(event)
    _refuse_progress(fields)
    return store(PitchEntry(), {"event": event, **fields})


@action("pitch.update")
def update_pitch(caller: Caller, /, pitch: PitchEntry, *, version: int | None = None, **changes: Any) -> PitchEntry:
    """Changes what the application says. How far it comes is a step (`advance_pitch`)."""
    expect_version(pitch, version)
    hold(pitch)
    expect_present(pitch)
    _refuse_move(pitch, changes)
    _refuse_progress(changes)
    return store(pitch, changes)


@action("pitch.update")
def declare_conflict(caller: Caller, /, pitch: PitchEntry, judge: Judge, reason: str) -> JudgeConflict:
    """Notes that the judge has an interest in the entry: from then on no score of this judge's counts for it, those
    given before included. Raises ValidationError without a reason, and where it stands already."""
    hold(pitch)
    expect_present(pitch)
    _check_panel(pitch, judge)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what the conflict of interest is.")})
    if conflict_between(pitch, judge) is not None:
        raise ValidationError({"judge": _("This judge is in conflict with this entry already.")})
    return store(JudgeConflict(), {"pitch": pitch, "judge": judge, "reason": reason.strip()})


@action("pitch.update")
def withdraw_conflict(caller: Caller, /, conflict: JudgeConflict, reason: str) -> JudgeConflict:
    """Takes a wrong declaration back: the judge's scores count again. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the declaration was wrong.")})
    hold(conflict)
    work = current_work()
    work.reason = work.reason or reason.strip()
    conflict.archived_at = conflict.archived_at or work.recorded_at
    conflict.save()
    return conflict


@action("pitch.score")
def score_pitch(
    caller: Caller,
    /,
    pitch: PitchEntry,
    judge: Judge,
    points: Mapping[PitchCriterion, Decimal],
    round: PitchRound,
) -> list[PitchScore]:
    """Notes the judge's points, from 0 to 100 a criterion; criteria that are not named stay as they are. Scoring again
    corrects, and the history keeps what stood before.

    Raises ValidationError: `judge` in conflict or of another panel, `pitch` that is out or withdrawn, `round` that is
    not scored or not reached, `points/<criterion id>` for unknown criteria and points out of range."""
    # The entry is held in the state it is in now: judges score side by side, and none of them changes it.
    fresh = PitchEntry.objects.select_for_update().select_related("event").get(pk=pitch.pk)
    _check_scoring(fresh, judge, round)
    _check_points(fresh, points)
    cell = {"pitch": fresh, "judge": judge, "round": round, "archived_at": None}
    present = {score.criterion_id: score for score in PitchScore.objects.filter(**cell)}
    return [
        store(
            present.get(criterion.pk, PitchScore()),
            {"pitch": fresh, "judge": judge, "criterion": criterion, "round": round, "points": value},
        )
        for criterion, value in points.items()
    ]


@action("pitch.score")
def score_sheet(
    caller: Caller,
    /,
    judge: Judge,
    points: Mapping[PitchEntry, Mapping[PitchCriterion, Decimal]],
    round: PitchRound,
) -> list[PitchScore]:
    """All of a judge's points of a round at once, or none of them. Raises as `score_pitch` does."""
    found: list[PitchScore] = []
    for pitch, given in points.items():
        found += score_pitch(caller, pitch, judge, given, round)
    return found


def _check_scoring(pitch: PitchEntry, judge: Judge, round: PitchRound) -> None:
    _check_panel(pitch, judge)
    expect_present(pitch)
    if pitch.status in (PitchStatus.OUT, PitchStatus.WITHDRAWN):
        told = _("This entry is “%(status)s”: it is not scored any more.")
        raise ValidationError({"pitch": told % {"status": label(PitchStatus(pitch.status))}})
    if round not in SCORED_ROUNDS:
        raise ValidationError({"round": _("An application is not scored before the screening.")})
    if round == PitchRound.FINALS and pitch.round != PitchRound.FINALS:
        raise ValidationError({"round": _("This entry has not reached the finals.")})
    if (conflict := conflict_between(pitch, judge)) is not None:
        told = _("%(judge)s has a conflict of interest with this entry and does not score it: %(reason)s")
        raise ValidationError({"judge": told % {"judge": judge.name, "reason": conflict.reason}})


def _check_points(pitch: PitchEntry, points: Mapping[PitchCriterion, Decimal]) -> None:
    known = {criterion.pk for criterion in criteria_of(pitch.event)}
    errors = {}
    for criterion, value in points.items():
        if criterion.pk not in known:
            errors[f"points/{criterion.pk}"] = _("This competition has no such criterion.")
        elif not value.is_finite() or not 0 <= value <= 100:
            errors[f"points/{criterion.pk}"] = _("Points go from 0 to 100.")
    if errors:
        raise ValidationError(errors)


@action("pitch.update")
def advance_pitch(
    caller: Caller,
    /,
    pitch: PitchEntry,
    *,
    round: PitchRound | None = None,
    status: PitchStatus | None = None,
    place: int | None = None,
    award: str = "",
    reason: str = "",
    version: int | None = None,
) -> PitchEntry:
    """Brings an entry to a round, or decides on it: awarded (with its place or award), out, withdrawn, running again.

    Raises ValidationError: `round` and `status` with everything that the gate lacks, `place` where an award says
    neither place nor award, `reason` where one is needed; Stale."""
    expect_version(pitch, version)
    hold(pitch)
    expect_present(pitch)
    changes: dict[str, Any] = {"round": round, "status": status, "place": place, "award": award.strip()}
    changes = {name: value for name, value in changes.items() if value not in (None, "")}
    if not changes:
        raise ValidationError({"status": _("Say what becomes of this entry.")})
    if round is not None:
        _check_round(pitch, round, status, reason)
    if status is not None:
        _check_status(pitch, status, changes, reason)
    if changes.get("status", pitch.status) != PitchStatus.AWARDED and (changes.get("place") or changes.get("award")):
        raise ValidationError({"place": _("A place and an award are given with the decision to award.")})
    work = current_work()
    work.reason = work.reason or reason.strip()
    return store(pitch, changes)


@action("record.archive")
def archive_pitch(caller: Caller, /, pitch: PitchEntry, reason: str) -> PitchEntry:
    """Takes an entry out of its competition: it is in no list, no ranking and no count any more. Its scores stay with
    it. Raises ValidationError."""
    put_away(pitch, reason)
    return pitch


@action("record.restore")
def restore_pitch(caller: Caller, /, pitch: PitchEntry, reason: str) -> PitchEntry:
    """Brings it back with its scores. Raises ValidationError where the same applicant pitches the same there again."""
    bring_back(pitch, reason, pitch.event, pitch.organisation)
    return pitch


def _check_round(pitch: PitchEntry, round: PitchRound, status: PitchStatus | None, reason: str) -> None:
    if pitch.status != PitchStatus.RUNNING and status != PitchStatus.RUNNING:
        raise ValidationError({"round": _("It is decided already; make it run again first.")})
    if lacks := round_lacks(pitch, round):
        told = _("Before “%(stage)s” these are missing:") % {"stage": label(PitchRound(round))}
        raise ValidationError({"round": [told, *(lack.text for lack in lacks)]})
    ordinary = ROUNDS.index(PitchRound(round)) - ROUNDS.index(PitchRound(pitch.round)) in (0, 1)
    if not ordinary and not reason.strip():
        raise ValidationError({"reason": _("Going back and skipping a round take a reason.")})


def _check_status(pitch: PitchEntry, status: PitchStatus, changes: dict[str, Any], reason: str) -> None:
    if status == PitchStatus.AWARDED:
        if lacks := award_lacks(pitch):
            told = _("Before “%(stage)s” these are missing:") % {"stage": label(PitchStatus(status))}
            raise ValidationError({"status": [told, *(lack.text for lack in lacks)]})
        if not (changes.get("place") or changes.get("award") or pitch.place or pitch.award):
            raise ValidationError({"place": _("Give the place or the award.")})
    elif status != pitch.status and not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    elif pitch.status == PitchStatus.AWARDED:
        # Who is awarded nothing any more has no place either.
        changes |= {"place": None, "award": ""}


def _check_competition(event: Event) -> None:
    if event.kind != EventKind.PITCH_COMPETITION:
        raise ValidationError({"event": _("This event is no pitch competition.")})


def _check_panel(pitch: PitchEntry, judge: Judge) -> None:
    if judge.event_id != pitch.event_id or judge.archived_at is not None:
        raise ValidationError({"judge": _("This judge is not on the panel of this competition.")})


def _refuse_move(record: Judge | PitchEntry, changes: dict[str, Any]) -> None:
    if "event" in changes and changes["event"].pk != record.event_id:
        raise ValidationError({"event": _("It stays with its competition.")})


def _refuse_progress(changes: dict[str, Any]) -> None:
    refused = [name for name in ("round", "status", "place", "award") if name in changes]
    if refused:
        raise ValidationError({name: _("How far an entry comes is decided by a step.") for name in refused})
