"""Delegations: who answers and decides in whose place, standing (전결) or for an absence (대결)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.base import Caller, action, expect_version, hold, store
from crm.models import Account, Delegation
from crm.queries.authority import HEADS
from crm.values.concurrence import Capacity
from crm.values.measures import Role

_NO_DEPUTIES = frozenset({Role.API_CLIENT, Role.LEADERSHIP})


@action("delegation.give")
def give_delegation(
    caller: Caller,
    /,
    giver: Account,
    deputy: Account,
    *,
    capacity: Capacity,
    from_on: date,
    until_on: date | None = None,
    reason: str = "",
    id: UUID | None = None,
) -> Delegation:
    """Lets `deputy` answer and decide in the place of `giver`, both days included. An acting one names its last day: it
    is for an absence. Raises ValidationError: another's delegation, nothing to delegate, no such deputy, days that are
    past."""
    if caller.account.pk != giver.pk and caller.account.role != Role.ADMINISTRATOR:
        raise ValidationError({"giver": _("Everybody delegates their own right only; an administrator anybody's.")})
    _check(giver, deputy, capacity, until_on, timezone.localdate(caller.now))
    given = {
        "giver": giver,
        "deputy": deputy,
        "capacity": capacity,
        "from_on": from_on,
        "until_on": until_on,
        "reason": reason.strip(),
        **({"id": id} if id else {}),
    }
    return store(Delegation(), given)


@action("delegation.give")
def end_delegation(caller: Caller, /, delegation: Delegation, *, version: int | None = None) -> Delegation:
    """Ends it at once; what was answered and decided under it stands. Raises ValidationError, Stale."""
    expect_version(delegation, version)
    hold(delegation)
    _check_whose(caller, delegation)
    if delegation.archived_at is None:
        delegation.archived_at = caller.now
        delegation.save()
    return delegation


@action("delegation.give")
def resume_delegation(caller: Caller, /, delegation: Delegation) -> Delegation:
    """Lets one go on that was ended. Raises ValidationError: another's, or such as could not be given any more."""
    hold(delegation)
    _check_whose(caller, delegation)
    if delegation.archived_at is not None:
        given = (delegation.giver, delegation.deputy, Capacity(delegation.capacity), delegation.until_on)
        _check(*given, timezone.localdate(caller.now))
        delegation.archived_at = None
        delegation.save()
    return delegation


def _check_whose(caller: Caller, delegation: Delegation) -> None:
    if caller.account.pk != delegation.giver_id and caller.account.role != Role.ADMINISTRATOR:
        raise ValidationError({"__all__": _("Only who gave it, or an administrator, ends a delegation.")})


def _check(giver: Account, deputy: Account, capacity: Capacity, until_on: date | None, today: date) -> None:
    errors: dict[str, str] = {}
    if giver.role not in HEADS:
        errors["giver"] = _("Only heads have a right to delegate.")
    if deputy.role in _NO_DEPUTIES or not deputy.is_active or deputy.archived_at is not None:
        errors["deputy"] = _("This account stands in for nobody.")
    if capacity == Capacity.OWN:
        errors["capacity"] = _("Choose delegated or acting.")
    if capacity == Capacity.ACTING and until_on is None:
        errors["until_on"] = _("Acting for an absence takes its last day.")
    if until_on is not None and until_on < today:
        errors["until_on"] = _("This day is past.")
    if errors:
        raise ValidationError(errors)
