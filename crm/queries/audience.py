"""Whom what happens to a record concerns: the people of a unit, its nearest heads, and those whose outcome it is."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Value

from crm.models import Account, Approval, Concurrence, FollowUp, Outcome
from crm.queries.at_hand import share_tree
from crm.queries.authority import HEADS, delegations_in_force
from crm.queries.unit_tree import UnitTree, unit_tree
from crm.queries.visibility import units_of
from crm.values.measures import FollowUpStatus, Role

_WORKS = (Role.OFFICER, *HEADS)


def people() -> QuerySet[Account]:
    """Who signs in and reads pages."""
    return Account.objects.filter(is_active=True, archived_at=None).exclude(role=Role.API_CLIENT)


def department(unit: UUID, today: date) -> list[Account]:
    """Who works in the unit that carries this one on that day, its nearest heads, and who stands in for those."""
    tree = unit_tree()
    own = share_tree(_placed(tree, {tree.current(unit, today)}, today).filter(role__in=_WORKS), tree)
    return [*own, *_nearest(tree, unit, today, lambda _person: True)]


def heads_of(unit: UUID, today: date, fits: Callable[[Account], bool]) -> list[Account]:
    """The heads that fit of the unit, or of the nearest one above it that has any, and who stands in for them."""
    return _nearest(unit_tree(), unit, today, fits)


def keepers_of(outcome: Outcome, today: date) -> list[Account]:
    """Whose outcome it is: those of the lead unit who recorded it, submitted it or asked about it, and those who have
    something to do about it. Where there is nobody, the nearest heads of the lead unit."""
    return keepers_of_each([outcome], today)[outcome.pk]


def keepers_of_each(outcomes: Sequence[Outcome], today: date) -> dict[UUID, list[Account]]:
    """The same of many, by their ids: in as many queries as for one."""
    tree, by_id = unit_tree(), {outcome.pk: outcome for outcome in outcomes}
    named = _named_on(list(by_id))
    # Each knows the units that it stands for: one account object serves all outcomes.
    among = {person for _outcome, person, _has_to_do in named}
    known = {one.pk: one for one in share_tree(people().filter(pk__in=among).order_by("pk"), tree)}
    heads: dict[UUID, list[Account]] = {}
    found: dict[UUID, dict[UUID, Account]] = {pk: {} for pk in by_id}
    for pk, person, has_to_do in named:
        if person in known and (has_to_do or _leads(known[person], by_id[pk])):
            found[pk][person] = known[person]
    for outcome in outcomes:
        if not found[outcome.pk] and (unit := outcome.lead_unit_id) is not None:
            if unit not in heads:
                heads[unit] = _nearest(tree, unit, today, lambda _person: True)
            found[outcome.pk] = {one.pk: one for one in heads[unit]}
    return {pk: list(keepers.values()) for pk, keepers in found.items()}


def _named_on(ids: list[UUID]) -> set[tuple[UUID, UUID, bool]]:
    """By outcome who recorded it, submitted it, asked about it or has something to do about it, and whether the last.
    One query for all."""
    to_do = FollowUp.objects.filter(outcome__in=ids, status=FollowUpStatus.OPEN, archived_at=None)
    recorded = Outcome.history.filter(id__in=ids, history_type="+", history_user__isnull=False)
    submitted = Approval.objects.filter(outcome__in=ids)
    asked = Concurrence.objects.filter(outcome__in=ids, follows=None)
    others = (
        found.order_by().values_list(outcome, person, Value(False))
        for found, outcome, person in (
            (recorded, "id", "history_user"),
            (submitted, "outcome", "submitted_by"),
            (asked, "outcome", "asked_by"),
        )
    )
    having = to_do.exclude(assignee=None).order_by().values_list("outcome", "assignee", Value(True))
    return set(having.union(*others))


def _leads(person: Account, outcome: Outcome) -> bool:
    return outcome.lead_unit_id is None or outcome.lead_unit_id in units_of(person)


def _nearest(tree: UnitTree, unit: UUID, today: date, fits: Callable[[Account], bool]) -> list[Account]:
    line = tree.line(unit, today)
    heads = share_tree(_placed(tree, set(line), today).filter(role__in=HEADS).select_related("org_unit"), tree)
    for here in line:
        found = [one for one in heads if one.org_unit_id and tree.current(one.org_unit_id, today) == here and fits(one)]
        if found:
            return [*found, *_deputies(found, today)]
    return []


def _placed(tree: UnitTree, units: set[UUID], today: date) -> QuerySet[Account]:
    """The people of the units, and of those that they carry on that day."""
    carried = [unit for unit in tree.above if tree.current(unit, today) in units]
    return people().filter(org_unit__in=carried).order_by("pk")


def _deputies(heads: Iterable[Account], today: date) -> list[Account]:
    return [one.deputy for one in delegations_in_force(today).filter(giver__in=list(heads))]
