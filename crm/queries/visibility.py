"""Which units an account stands for, and which records are kept from those who stand outside.

A record is a unit's where the unit leads it. Those who work in the unit, above it or below it are its people; a unit
that was renamed or merged is stood for by its successors."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.models import Account, Concurrence, CooperatingUnit, Demonstration, OrgUnit, Outcome, UnitSuccession
from crm.values.measures import Disclosure

Units = frozenset[UUID]


def units_of(account: Account) -> Units:
    """The account's unit, those above it and below it, and those that any of the unit and its subunits succeeded.

    Read once an account object: that is once a request."""
    known = account.__dict__.get("_units_of")
    if known is None or known[0] != account.org_unit_id:
        known = (account.org_unit_id, _units(account.org_unit_id))
        account.__dict__["_units_of"] = known
    found: Units = known[1]
    return found


def _units(own: UUID | None) -> Units:
    if own is None:
        return frozenset()
    below: dict[UUID | None, list[UUID]] = defaultdict(list)
    above: dict[UUID, UUID | None] = {}
    for pk, parent in OrgUnit.objects.values_list("pk", "parent_unit_id"):
        below[parent].append(pk)
        above[pk] = parent
    heirs, before = defaultdict(list), defaultdict(list)
    for old, new in UnitSuccession.objects.filter(archived_at=None).values_list("predecessor_id", "successor_id"):
        heirs[old].append(new)
        before[new].append(old)
    # A split unit has several heirs: whose its people became nobody has said yet.
    stands = _reached([own], lambda pk: heirs[pk] if len(heirs[pk]) == 1 else [])
    carried = _reached(stands, lambda pk: [*below[pk], *before[pk]])
    over = _reached(stands, lambda pk: [parent] if (parent := above.get(pk)) else [])
    return frozenset(carried | over)


def _reached(start: Iterable[UUID], following: "object") -> set[UUID]:
    found, waiting = set(start), list(start)
    while waiting:
        for pk in following(waiting.pop()):  # type: ignore[operator]
            if pk not in found:
                found.add(pk)
                waiting.append(pk)
    return found


def cooperates(units: Units, outcome: Outcome) -> bool:
    """Whether one of the units cooperates in the outcome or was asked about it."""
    own = {"outcome": outcome, "org_unit__in": units, "archived_at": None}
    return CooperatingUnit.objects.filter(**own).exists() or Concurrence.objects.filter(**own).exists()


def outcomes_kept_from(units: Units, *levels: Disclosure) -> QuerySet[Outcome]:
    """The outcomes of these disclosure levels which none of the units leads, cooperates in or was asked about."""
    asked = [
        Exists(model.objects.filter(outcome=OuterRef("pk"), org_unit__in=units, archived_at=None))
        for model in (CooperatingUnit, Concurrence)
    ]
    outside = Outcome.objects.filter(Q(lead_unit=None) | ~Q(lead_unit__in=units), disclosure_level__in=levels)
    return outside.filter(~asked[0], ~asked[1]).order_by()


def demonstrations_kept_from(units: Units, *levels: Disclosure) -> QuerySet[Demonstration]:
    """The demonstrations of these disclosure levels which none of the units leads or is the site of."""
    outside = Demonstration.objects.filter(disclosure_level__in=levels)
    outside = outside.filter(Q(lead_unit=None) | ~Q(lead_unit__in=units))
    return outside.filter(Q(site_unit=None) | ~Q(site_unit__in=units)).order_by()
