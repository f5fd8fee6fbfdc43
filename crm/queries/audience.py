"""Whom what happens to a record concerns: the people of a unit, its nearest heads, and those whose outcome it is."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

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
    tree, pk = unit_tree(), outcome.pk
    recorded = Outcome.history.filter(id=pk, history_type="+").values("history_user")
    submitted = Approval.objects.filter(outcome=pk).values("submitted_by")
    asked = Concurrence.objects.filter(outcome=pk, follows=None).values("asked_by")
    to_do = FollowUp.objects.filter(outcome=pk, status=FollowUpStatus.OPEN, archived_at=None, assignee=OuterRef("pk"))
    found = people().annotate(has_to_do=Exists(to_do))
    found = found.filter(Q(pk__in=recorded) | Q(pk__in=submitted) | Q(pk__in=asked) | Q(has_to_do=True))
    keepers = [one for one in share_tree(found, tree) if one.has_to_do or _leads(one, outcome)]  # type: ignore[attr-defined]
    if keepers or outcome.lead_unit_id is None:
        return keepers
    return _nearest(tree, outcome.lead_unit_id, today, lambda _person: True)


def keepers_of_each(outcomes: Sequence[Outcome], today: date) -> dict[UUID, list[Account]]:
    """The same of many, by their ids: in a few questions for all of them."""
    tree, ids = unit_tree(), [outcome.pk for outcome in outcomes]
    to_do = FollowUp.objects.filter(outcome__in=ids, status=FollowUpStatus.OPEN, archived_at=None)
    having_to_do = set(to_do.exclude(assignee=None).values_list("outcome", "assignee"))
    named = having_to_do | {
        *Outcome.history.filter(id__in=ids, history_type="+").values_list("id", "history_user"),
        *Approval.objects.filter(outcome__in=ids).values_list("outcome", "submitted_by"),
        *Concurrence.objects.filter(outcome__in=ids, follows=None).values_list("outcome", "asked_by"),
    }
    # Each knows the units that it stands for: one account object serves all outcomes.
    known = {one.pk: one for one in share_tree(people().filter(pk__in={pk for _outcome, pk in named}), tree)}
    heads: dict[UUID, list[Account]] = {}
    found: dict[UUID, list[Account]] = {pk: [] for pk in ids}
    by_id = {outcome.pk: outcome for outcome in outcomes}
    for pk, person in named:
        if person in known and ((pk, person) in having_to_do or _leads(known[person], by_id[pk])):
            found[pk].append(known[person])
    for outcome in outcomes:
        if not found[outcome.pk] and (unit := outcome.lead_unit_id) is not None:
            if unit not in heads:
                heads[unit] = _nearest(tree, unit, today, lambda _person: True)
            found[outcome.pk] = heads[unit]
    return found


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
