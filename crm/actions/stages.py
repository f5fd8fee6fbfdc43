"""Steps from stage to stage: the gate says what is missing, the ledger follows."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import notifying, posting
from crm.actions.base import Caller, action, check, expect_version, hold, store
from crm.models import Document, Outcome, StageStep
from crm.models.labels import label
from crm.queries.gates import lacks_for, takes_reason
from crm.values.measures import Cause, OutcomeKind
from crm.values.notifications import Notice
from crm.values.stages import WITHDRAWALS, Stage, off_road, rule_of


@action("outcome.step")
def take_step(
    caller: Caller,
    /,
    outcome: Outcome,
    stage: Stage,
    *,
    taken_on: date,
    reason: str = "",
    evidence: Document | None = None,
    version: int | None = None,
) -> Outcome:
    """Brings the outcome to a stage of its kind. `taken_on` is the day of the step itself, not of its recording.

    Raises ValidationError: `stage` with everything that its gate lacks, `reason` where the step leaves the normal road
    or skips a part of it without one, `taken_on` in the future; Stale."""
    expect_version(outcome, version)
    hold(outcome)
    _check_step(caller, outcome, stage, taken_on, reason)
    step = {
        "outcome": outcome,
        "from_stage": outcome.stage,
        "stage": stage,
        "taken_on": taken_on,
        "reason": reason.strip(),
        "taken_by": caller.account,
        "evidence": evidence,
    }
    kind = OutcomeKind(outcome.kind)
    outcome.stage = stage
    outcome.stage_reason = reason.strip() if off_road(kind, stage) else ""
    check(outcome)
    outcome.save()
    store(StageStep(), step)
    cause = Cause.WITHDRAWAL if stage in WITHDRAWALS else Cause.RECLASSIFICATION
    posting.repost(outcome, cause, reason.strip())
    notifying.outcome_done(Notice.OUTCOME_STEP, outcome)
    return outcome


def _check_step(caller: Caller, outcome: Outcome, stage: Stage, taken_on: date, reason: str) -> None:
    if outcome.archived_at is not None:
        raise ValidationError({"__all__": _("This outcome is archived; restore it first.")})
    if rule_of(OutcomeKind(outcome.kind), stage) is None:
        raise ValidationError({"stage": _("This kind of outcome has no such stage.")})
    if stage == outcome.stage:
        raise ValidationError({"stage": _("It is at this stage already.")})
    errors: dict[str, list[str]] = {}
    if lacks := lacks_for(outcome, stage):
        told = _("Before “%(stage)s” these are missing:") % {"stage": label(Stage(stage))}
        errors["stage"] = [told, *(lack.text for lack in lacks)]
    if takes_reason(OutcomeKind(outcome.kind), outcome.stage, stage) and not reason.strip():
        errors["reason"] = [_("Leaving the normal road takes a reason.")]
    if taken_on > timezone.localdate(caller.now):
        errors["taken_on"] = [_("A step is recorded when it was taken, not before.")]
    if errors:
        raise ValidationError(errors)
