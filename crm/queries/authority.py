"""Who may answer for a department, and who may decide on an outcome: by their own right, or in another's place.

One's own right comes from role and unit: the heads of the unit that is asked, or of a unit above it. A unit that was
renamed is carried by its successor, and so is the right. Another's place takes a delegation in force, given by somebody
who has the right themselves. The role of an administrator gives none of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import Account, Delegation, OrgUnit, Outcome
from crm.values.concurrence import Capacity
from crm.values.measures import Role, UnitLevel

HEADS = frozenset({Role.TEAM_LEAD, Role.DIVISION_HEAD, Role.BUREAU_HEAD})
DECIDERS = frozenset({Role.DIVISION_HEAD, Role.BUREAU_HEAD})


@dataclass(frozen=True, slots=True)
class Authority:
    """The right to act: in one's own capacity, or on behalf of the one who delegated it."""

    capacity: Capacity
    on_behalf_of: Account | None = None


def may_answer(account: Account, unit: OrgUnit, today: date, on_behalf_of: Account | None = None) -> Authority | None:
    """The right to answer for the unit on that day. `on_behalf_of` asks for the right in that person's place."""
    return _authority(account, today, on_behalf_of, lambda person: heads(person, unit, today))


def may_decide(
    account: Account, outcome: Outcome, today: date, on_behalf_of: Account | None = None
) -> Authority | None:
    """The right to approve the outcome or to return it. Nobody has it while no unit leads it."""
    unit = outcome.lead_unit
    if unit is None:
        return None
    return _authority(account, today, on_behalf_of, lambda person: _decides(person, unit, today))


def may_review(account: Account, outcome: Outcome, today: date) -> bool:
    """Any head of the lead unit or of a unit above it."""
    return outcome.lead_unit is not None and heads(account, outcome.lead_unit, today)


def may_override(account: Account, outcome: Outcome, today: date) -> bool:
    """The heads of the leading division or bureau; an administrator, where there is none to ask."""
    if account.role == Role.ADMINISTRATOR:
        return True
    return account.role in DECIDERS and may_review(account, outcome, today)


def may_submit(account: Account, outcome: Outcome, today: date) -> bool:
    """Whoever works in the lead unit, above it or below it; an administrator, for submitting decides nothing."""
    if account.role == Role.ADMINISTRATOR:
        return True
    unit = outcome.lead_unit
    if unit is None or account.org_unit is None:
        return False
    own = account.org_unit.current(today)
    return unit.current(today).pk in _line(own, today) or own.pk in _line(unit, today)


def heads(account: Account, unit: OrgUnit, today: date) -> bool:
    """Whether the account's role and unit make it a head of the unit, or of a unit above it, on that day."""
    if account.role not in HEADS or not _is_there(account) or account.org_unit is None:
        return False
    return account.org_unit.current(today).pk in _line(unit, today)


def delegations_in_force(today: date) -> QuerySet[Delegation]:
    begun = Delegation.objects.filter(archived_at=None, from_on__lte=today)
    standing = begun.filter(Q(until_on=None) | Q(until_on__gte=today))
    return standing.select_related("giver__org_unit", "deputy__org_unit").order_by("from_on", "id")


def units_answered_by(account: Account, today: date) -> set[UUID]:
    """The units whose requests wait with the account's unit: its own, those below it, those it succeeded, and the same
    of everybody in whose place the account stands."""
    givers = [d.giver for d in delegations_in_force(today).filter(deputy=account)]
    own = {p.org_unit.current(today).pk for p in (account, *givers) if p.org_unit is not None}
    return _with_what_they_carry(own, today)


def _authority(
    account: Account, today: date, on_behalf_of: Account | None, has_right: Callable[[Account], bool]
) -> Authority | None:
    if not _is_there(account):
        return None
    if on_behalf_of is None and has_right(account):
        return Authority(Capacity.OWN)
    given = delegations_in_force(today).filter(deputy=account)
    if on_behalf_of is not None:
        given = given.filter(giver=on_behalf_of)
    for delegation in given:
        if _is_there(delegation.giver) and has_right(delegation.giver):
            return Authority(Capacity(delegation.capacity), delegation.giver)
    return None


def _decides(account: Account, unit: OrgUnit, today: date) -> bool:
    """A head of a division or bureau decides. A team lead does where the unit is a team, or where nobody stands above
    the team lead in the unit and the units over it."""
    if not heads(account, unit, today):
        return False
    if account.role in DECIDERS or unit.current(today).level == UnitLevel.TEAM:
        return True
    above = Account.objects.filter(role__in=DECIDERS, is_active=True, archived_at=None)
    return not any(heads(person, unit, today) for person in above.select_related("org_unit"))


def _is_there(account: Account) -> bool:
    return account.is_active and account.archived_at is None


def _line(unit: OrgUnit, today: date) -> list[UUID]:
    """The unit that carries this one on that day, and the units above it."""
    found: list[UUID] = []
    current: OrgUnit | None = unit.current(today)
    while current is not None and current.pk not in found:
        found.append(current.pk)
        current = current.parent_unit.current(today) if current.parent_unit else None
    return found


def _with_what_they_carry(own: set[UUID], today: date) -> set[UUID]:
    found, new = set(own), set(own)
    while new:
        below = OrgUnit.objects.filter(parent_unit__in=new)
        before = OrgUnit.objects.filter(successions__successor__in=new, successions__archived_at=None)
        carried = {unit.pk for unit in before.distinct() if unit.current(today).pk in found}
        new = ({unit.pk for unit in below} | carried) - found
        found |= new
    return found
