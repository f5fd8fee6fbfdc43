"""Attribution: what events and units had to do with an outcome, in shares that add to 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions import notifying
from crm.actions.base import Caller, action, expect_version, hold, store
from crm.models import Attribution, Event, OrgUnit, Outcome
from crm.models.base import current_work
from crm.values.measures import AttributionRole
from crm.values.money import format_number

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """Per cent of an outcome that fall to one event or one unit."""

    role: AttributionRole
    share: Decimal
    event: Event | None = None
    org_unit: OrgUnit | None = None


@action("outcome.attribute")
def attribute_outcome(
    caller: Caller, /, outcome: Outcome, shares: Sequence[Share], *, version: int | None = None
) -> Outcome:
    """Replaces the outcome's whole attribution; an empty list takes it away. Raises Stale; ValidationError: `shares`
    with the sum where those of the events, or those of the units, are not 100 % together."""
    expect_version(outcome, version)
    hold(outcome)
    if outcome.archived_at is not None:
        raise ValidationError({"__all__": _("This outcome is archived; restore it first.")})
    _check(shares)
    wanted = {(share.role, share.event, share.org_unit): share.share for share in shares}
    for row in Attribution.objects.filter(outcome=outcome, archived_at=None).select_related("event", "org_unit"):
        row.outcome = outcome  # the caller's own copy takes over the version that its parts raise
        share = wanted.pop((AttributionRole(row.role), row.event, row.org_unit), None)
        if share is not None:
            store(row, {"share": share})
        else:
            row.archived_at = current_work().recorded_at
            row.save()
    for (role, event, unit), share in wanted.items():
        store(Attribution(), {"outcome": outcome, "role": role, "event": event, "org_unit": unit, "share": share})
    notifying.outcome_changed(outcome)
    return outcome


def _check(shares: Sequence[Share]) -> None:
    errors: list[str] = []
    if any((share.event is None) == (share.org_unit is None) for share in shares):
        errors.append(_("Name an event or a unit, not both."))
    if any(not share.share.is_finite() or not 0 < share.share <= WHOLE for share in shares):
        raise ValidationError({"shares": [*errors, _("A share is more than 0 and at most 100 %.")]})
    if len({(share.role, share.event, share.org_unit) for share in shares}) < len(shares):
        errors.append(_("The same role of the same event or unit is named twice."))
    events = _missing([share.share for share in shares if share.event is not None])
    units = _missing([share.share for share in shares if share.org_unit is not None])
    if events:
        told = _("Events together: %(sum)s %%. They have to be 100 %%.")
        errors.append(told % {"sum": format_number(WHOLE - events)})
    if units:
        told = _("Units together: %(sum)s %%. They have to be 100 %%.")
        errors.append(told % {"sum": format_number(WHOLE - units)})
    if errors:
        raise ValidationError({"shares": errors})


def _missing(shares: list[Decimal]) -> Decimal:
    """What the shares lack of the whole, nothing where there are none. Not a figure: whether a list is complete."""
    left = WHOLE if shares else Decimal(0)
    for share in shares:
        left -= share
    return left
