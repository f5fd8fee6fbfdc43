"""Events, what sources claim about them, and who takes part."""

from typing import Any, Final
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions import posting
from crm.actions.amounts import check_currency
from crm.actions.base import Caller, action, expect_version, hold, store
from crm.models import Event, EventClaim, Participation
from crm.values.measures import Cause, ClaimStatus

_SUPPORT: Final = ("support_amount", "support_currency")


@action("event.record")
def record_event(caller: Caller, /, **fields: Any) -> Event:
    _check_timezone(fields)
    return store(Event(), fields)


@action("event.update")
def update_event(caller: Caller, /, event: Event, *, version: int | None = None, **changes: Any) -> Event:
    """Changes an event. Where its first day moves, the figures that it dates move with it, by reversal."""
    expect_version(event, version)
    hold(event)
    _check_timezone(changes)
    first_day = event.starts_on
    store(event, changes)
    if event.starts_on != first_day:
        posting.repost(event, Cause.CORRECTION, caller.reason)
        for outcome in event.outcomes.filter(archived_at=None):
            posting.repost(outcome, Cause.CORRECTION, caller.reason)
    return event


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
    """Confirms this claim; the one confirmed until now is superseded, and both stay."""
    rivals = EventClaim.objects.filter(event=claim.event_id, measure=claim.measure, status=ClaimStatus.CONFIRMED)
    for rival in rivals.exclude(pk=claim.pk):
        store(rival, {"status": ClaimStatus.SUPERSEDED})
    return store(claim, {"status": ClaimStatus.CONFIRMED})


@action("participation.record")
def record_participation(caller: Caller, /, **fields: Any) -> Participation:
    check_currency(Participation(), fields, *_SUPPORT)
    return store(Participation(), fields)


@action("participation.update")
def update_participation(
    caller: Caller, /, participation: Participation, *, version: int | None = None, **changes: Any
) -> Participation:
    expect_version(participation, version)
    check_currency(participation, changes, *_SUPPORT)
    return store(participation, changes)
