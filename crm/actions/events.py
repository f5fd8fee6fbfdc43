"""Events, what sources claim about them, and who takes part."""

from collections.abc import Iterator
from typing import Any, Final
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions import posting
from crm.actions.amounts import check_currency
from crm.actions.archiving import expect_present, put_away, take_in, take_out
from crm.actions.base import Caller, action, expect_version, hold, store
from crm.models import (
    Attribution,
    Consultation,
    Directive,
    Document,
    Event,
    EventClaim,
    EventCost,
    FollowUp,
    Judge,
    Outcome,
    Participation,
    PitchCriterion,
    PitchEntry,
    Record,
    Target,
)
from crm.values.measures import Cause, ClaimStatus

_SUPPORT: Final = ("support_amount", "support_currency")
# What hangs on an event and keeps it; a test finds what is missing here.
HANGING: Final[tuple[Any, ...]] = (
    Outcome,
    Attribution,
    Consultation,
    Participation,
    PitchEntry,
    Judge,
    Directive,
    FollowUp,
    Document,
    Target,
    EventCost,
)
# What is said of the event itself, and goes and comes with it.
GOING_ALONG: Final[tuple[type[Record], ...]] = (EventClaim, PitchCriterion)


@action("event.record")
def record_event(caller: Caller, /, **fields: Any) -> Event:
    _check_timezone(fields)
    return store(Event(), fields)


@action("event.update")
def update_event(caller: Caller, /, event: Event, *, version: int | None = None, **changes: Any) -> Event:
    """Changes an event. Where its first day moves, the figures that it dates move with it, by reversal."""
    expect_version(event, version)
    hold(event)
    expect_present(event)
    _check_timezone(changes)
    first_day = event.starts_on
    store(event, changes)
    if event.starts_on != first_day:
        posting.repost(event, Cause.CORRECTION, caller.reason)
        for outcome in event.outcomes.filter(archived_at=None):
            posting.repost(outcome, Cause.CORRECTION, caller.reason)
    return event


@action("event.update")
def archive_event(caller: Caller, /, event: Event, reason: str) -> Event:
    """Takes an event that was recorded by mistake out of the lists. Raises ValidationError: `reason`, and what hangs on
    it."""
    hold(event)
    if hanging := list(_hanging_on(event)):
        message = _("This hangs on the event: %(what)s. Move it to another event or archive it first.")
        raise ValidationError({"__all__": message % {"what": ", ".join(hanging)}})
    put_away(event, reason)
    return event


@action("event.update")
def restore_event(caller: Caller, /, event: Event) -> Event:
    take_in(event)
    return event


def _hanging_on(event: Event) -> Iterator[str]:
    for model in HANGING:
        still = {"outcome__archived_at": None} if model is Attribution else {}
        if count := model._base_manager.filter(event=event, archived_at=None, **still).count():
            yield f"{model._meta.verbose_name} {count}"
    if count := len(posting.live_entries(event)):
        yield f"{_('figure')} {count}"


def _check_timezone(fields: dict[str, Any]) -> None:
    given = fields.get("timezone")
    if given and given not in available_timezones():
        raise ValidationError({"timezone": _("There is no time zone of this name.")})


@action("event.claim")
def state_claim(caller: Caller, /, event: Event, **fields: Any) -> EventClaim:
    """Keeps what a source says about the event, whether or not another says otherwise."""
    return store(EventClaim(), {"event": event, **fields})


@action("event.claim")
def confirm_claim(caller: Caller, /, claim: EventClaim) -> EventClaim:
    """Confirms this claim; the one confirmed until now is superseded, and both stay. Raises ValidationError for one
    that was put away."""
    expect_present(claim)
    rivals = EventClaim.objects.filter(event=claim.event_id, measure=claim.measure, status=ClaimStatus.CONFIRMED)
    for rival in rivals.exclude(pk=claim.pk):
        store(rival, {"status": ClaimStatus.SUPERSEDED})
    return store(claim, {"status": ClaimStatus.CONFIRMED})


@action("event.claim")
def archive_claim(caller: Caller, /, claim: EventClaim, reason: str) -> EventClaim:
    """Takes a claim away that its source did not make, or not of this event: one that is merely wrong stands beside the
    others. Raises ValidationError: `reason`."""
    put_away(claim, reason)
    return claim


@action("event.claim")
def restore_claim(caller: Caller, /, claim: EventClaim) -> EventClaim:
    """Raises ValidationError where the event is archived, or another claim of the measure is confirmed meanwhile."""
    take_in(claim, claim.event)
    return claim


@action("participation.record")
def record_participation(caller: Caller, /, **fields: Any) -> Participation:
    check_currency(Participation(), fields, *_SUPPORT)
    return store(Participation(), fields)


@action("participation.update")
def update_participation(
    caller: Caller, /, participation: Participation, *, version: int | None = None, **changes: Any
) -> Participation:
    expect_version(participation, version)
    expect_present(participation)
    check_currency(participation, changes, *_SUPPORT)
    return store(participation, changes)


@action("participation.update")
def archive_participation(caller: Caller, /, participation: Participation) -> Participation:
    """Takes a participation out of the lists and the counts that was recorded by mistake."""
    take_out(participation)
    return participation


@action("participation.update")
def restore_participation(caller: Caller, /, participation: Participation) -> Participation:
    """Raises ValidationError where the organisation takes part again meanwhile, or one of the two is archived."""
    take_in(participation, participation.event, participation.organisation)
    return participation
