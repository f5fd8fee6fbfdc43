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
from crm.queries.at_hand import at_hand, tree_for
from crm.queries.unit_tree import UnitTree
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
    tree = tree_for(account)
    return _authority(account, today, on_behalf_of, lambda person: _heads(person, unit.pk, today, tree))


def may_decide(
    account: Account, outcome: Outcome, today: date, on_behalf_of: Account | None = None
) -> Authority | None:
    """The right to approve the outcome or to return it. Nobody has it while no unit leads it."""
    unit = outcome.lead_unit_id
    if unit is None:
        return None
    tree = tree_for(account)
    return _authority(account, today, on_behalf_of, lambda person: _decides(person, unit, today, tree))


def may_review(account: Account, outcome: Outcome, today: date) -> bool:
    """Any head of the lead unit or of a unit above it."""
    return outcome.lead_unit_id is not None and _heads(account, outcome.lead_unit_id, today, tree_for(account))


def may_override(account: Account, outcome: Outcome, today: date) -> bool:
    """The heads of the leading division or bureau; an administrator, where there is none to ask."""
    if account.role == Role.ADMINISTRATOR:
        return True
    return account.role in DECIDERS and may_review(account, outcome, today)


def may_submit(account: Account, outcome: Outcome, today: date) -> bool:
    """Whoever works in the lead unit, above it or below it; an administrator, for submitting decides nothing."""
    if account.role == Role.ADMINISTRATOR:
        return True
    unit = outcome.lead_unit_id
    if unit is None or account.org_unit_id is None:
        return False
    tree = tree_for(account)
    own = tree.current(account.org_unit_id, today)
    return tree.current(unit, today) in tree.line(own, today) or own in tree.line(unit, today)


def heads(account: Account, unit: OrgUnit, today: date) -> bool:
    """Whether the account's role and unit make it a head of the unit, or of a unit above it, on that day."""
    return _heads(account, unit.pk, today, tree_for(account))


def _heads(account: Account, unit: UUID, today: date, tree: UnitTree) -> bool:
    if account.role not in HEADS or not _is_there(account) or account.org_unit_id is None:
        return False
    return tree.current(account.org_unit_id, today) in tree.line(unit, today)


def delegations_in_force(today: date) -> QuerySet[Delegation]:
    begun = Delegation.objects.filter(archived_at=None, from_on__lte=today)
    standing = begun.filter(Q(until_on=None) | Q(until_on__gte=today))
    return standing.select_related("giver__org_unit", "deputy__org_unit").order_by("from_on", "id")


def units_answered_by(account: Account, today: date) -> set[UUID]:
    """The units whose requests wait with the account's unit: its own, those below it, those it succeeded, and the same
    of everybody in whose place the account stands."""
    tree = tree_for(account)
    people = [account, *(delegation.giver for delegation in given_to(account, today))]
    own = {tree.current(person.org_unit_id, today) for person in people if person.org_unit_id is not None}
    return tree.carried_by(own, today)


def given_to(account: Account, today: date) -> list[Delegation]:
    """The delegations in force to the account, with their givers. Read once an account object and day."""
    known: tuple[date, list[Delegation]] | None = account.__dict__.get("_given")
    if known is None or known[0] != today:
        given = delegations_in_force(today).filter(deputy=account) if at_hand(account).may_deputise is not False else ()
        known = account.__dict__["_given"] = (today, list(given))
    return known[1]


def _authority(
    account: Account, today: date, on_behalf_of: Account | None, has_right: Callable[[Account], bool]
) -> Authority | None:
    if not _is_there(account):
        return None
    if on_behalf_of is None and has_right(account):
        return Authority(Capacity.OWN)
    for delegation in given_to(account, today):
        giver = delegation.giver
        is_asked = on_behalf_of is None or giver.pk == on_behalf_of.pk
        if is_asked and _is_there(giver) and has_right(giver):
            return Authority(Capacity(delegation.capacity), delegation.giver)
    return None


def _decides(account: Account, unit: UUID, today: date, tree: UnitTree) -> bool:
    """A head of a division or bureau decides. A team lead does where the unit is a team, or where nobody stands above
    the team lead in the unit and the units over it."""
    if not _heads(account, unit, today, tree):
        return False
    if account.role in DECIDERS or tree.levels[tree.current(unit, today)] == UnitLevel.TEAM:
        return True
    above = Account.objects.filter(role__in=DECIDERS, is_active=True, archived_at=None)
    return not any(_heads(person, unit, today, tree) for person in above)


def _is_there(account: Account) -> bool:
    return account.is_active and account.archived_at is None
