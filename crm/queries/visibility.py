"""Which units an account stands for, and which records are kept from those who stand outside.

A record is a unit's where the unit leads it. Those who work in the unit, above it or below it are its people; a unit
that was renamed or merged is stood for by its successors."""

import functools
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from crm.models import Account, Concurrence, CooperatingUnit, Demonstration, FollowUp, Outcome
from crm.queries.at_hand import tree_for
from crm.values.measures import Disclosure

Units = frozenset[UUID]
# In an address: what is narrowed to `own_units`.
OURS: Final = "ours"


def units_of(account: Account) -> Units:
    """The account's unit, those above it and below it, and those that any of the unit and its subunits succeeded.

    Read once an account object: that is once a request."""
    known = account.__dict__.get("_units_of")
    if known is None or known[0] != account.org_unit_id:
        own = account.org_unit_id
        known = (own, tree_for(account).stood_for(own) if own else frozenset())
        account.__dict__["_units_of"] = known
    found: Units = known[1]
    return found


def own_units(account: Account) -> Units:
    """The account's unit, those below it, and those that any of them succeeded: whose work is its own."""
    own = account.org_unit_id
    return tree_for(account).with_subunits(own) if own else frozenset()


def cooperates(units: Units, outcome: Outcome) -> bool:
    """Whether one of the units cooperates in the outcome or was asked about it."""
    known: tuple[Units, bool] | None = outcome.__dict__.get("_cooperates")
    if known is None or known[0] != units:
        # Kept with the record that was read: a page asks it of one outcome for every button.
        found = Outcome.objects.filter(_cooperating(units), pk=outcome.pk).exists()
        known = outcome.__dict__["_cooperates"] = (units, found)
    return known[1]


def remember_cooperation(units: Units, outcomes: Iterable[Outcome]) -> None:
    """Asks what `cooperates` asks for all of the outcomes at once, for a list that asks it of every line."""
    unknown = (one for one in outcomes if one.__dict__.get("_cooperates", ((), False))[0] != units)
    led = [one for one in unknown if one.lead_unit_id is not None and one.lead_unit_id not in units]
    if not led:
        return
    wanted = Outcome.objects.filter(_cooperating(units), pk__in={one.pk for one in led})
    found = set(wanted.values_list("pk", flat=True))
    for one in led:
        one.__dict__["_cooperates"] = (units, one.pk in found)


def outcomes_with_cooperation(units: Units, found: QuerySet[Outcome]) -> list[Outcome]:
    """The outcomes; the same is asked in the query that reads them."""
    rows: list[Outcome] = []
    for row in found.annotate(cooperates=ExpressionWrapper(_cooperating(units), BooleanField())):
        row.__dict__["_cooperates"] = (units, row.cooperates)
        rows.append(row)
    return rows


def follow_ups_with_cooperation(units: Units, found: QuerySet[FollowUp]) -> list[FollowUp]:
    """The follow-ups; the same is asked of their outcomes in the query that reads them."""
    rows: list[FollowUp] = []
    for row in found.annotate(cooperates=ExpressionWrapper(_cooperating(units, "outcome"), BooleanField())):
        if row.outcome is not None:
            row.outcome.__dict__["_cooperates"] = (units, row.cooperates)
        rows.append(row)
    return rows


def _cooperating(units: Units, outcome: str = "pk") -> Q:
    """Whether one of the units cooperates in the outcome of the row or was asked about it."""
    own: dict[str, Any] = {"outcome": OuterRef(outcome), "org_unit__in": units, "archived_at": None}
    cooperating, asked = (Exists(model.objects.filter(**own)) for model in (CooperatingUnit, Concurrence))
    return Q(cooperating) | Q(asked)


def outcomes_kept_from(units: Units, *levels: Disclosure) -> QuerySet[Outcome]:
    """The outcomes of these disclosure levels which none of the units leads, cooperates in or was asked about."""
    return _outcomes_kept_from(units, levels).all()


# What is asked, and no answer: a page asks it of all its lists, and to put it together takes longer than to ask some.
@functools.lru_cache(maxsize=256)
def _outcomes_kept_from(units: Units, levels: tuple[Disclosure, ...]) -> QuerySet[Outcome]:
    outside = Outcome.objects.filter(Q(lead_unit=None) | ~Q(lead_unit__in=units), disclosure_level__in=levels)
    return outside.exclude(_shared_with(units)).order_by()


def listed_kept_from(units: Units, *levels: Disclosure) -> Q:
    """The same of outcomes as lists read them: decided row by row, most of which are open to all."""
    outside = Q(lead_unit_id=None) | ~Q(lead_unit_id__in=units)
    return Q(disclosure__in=levels) & outside & ~_shared_with(units)


def each_kept_from(units: Units, *levels: Disclosure) -> Q:
    """The same of outcomes that were found otherwise: decided row by row, where `outcomes_kept_from` reads all that is
    kept before the first row."""
    outside = Q(lead_unit=None) | ~Q(lead_unit__in=units)
    return Q(disclosure_level__in=levels) & outside & ~_cooperating(units)


@functools.lru_cache(maxsize=256)
def _shared_with(units: Units) -> Q:
    """The outcomes in which the units cooperate or about which they were asked: their own rows are read once, by the
    units. Asked outcome by outcome, whether it is theirs would be looked up for each that is closed."""
    own: dict[str, Any] = {"org_unit__in": units, "archived_at": None}
    cooperating, asked = (model.objects.filter(**own).order_by() for model in (CooperatingUnit, Concurrence))
    return Q(pk__in=cooperating.values("outcome_id")) | Q(pk__in=asked.values("outcome_id"))


def demonstrations_kept_from(units: Units, *levels: Disclosure) -> QuerySet[Demonstration]:
    """The demonstrations of these disclosure levels which none of the units leads or is the site of."""
    return _demonstrations_kept_from(units, levels).all()


@functools.lru_cache(maxsize=256)
def _demonstrations_kept_from(units: Units, levels: tuple[Disclosure, ...]) -> QuerySet[Demonstration]:
    outside = Demonstration.objects.filter(disclosure_level__in=levels)
    outside = outside.filter(Q(lead_unit=None) | ~Q(lead_unit__in=units))
    return outside.filter(Q(site_unit=None) | ~Q(site_unit__in=units)).order_by()


def outcomes_once_open(units: Units, ids: Iterable[UUID], *levels: Disclosure) -> set[UUID]:
    """Those of the outcomes that were of another disclosure level than these at some time, or are or were the units'
    own: whoever stands for the units may have seen them."""
    wanted = set(ids)
    told = Outcome.history.filter(Q(lead_unit_id__in=units) | ~Q(disclosure_level__in=levels), id__in=wanted)
    found = set(told.order_by().values_list("id", flat=True))
    for model in (CooperatingUnit, Concurrence):
        rows = model.history.filter(outcome_id__in=wanted, org_unit_id__in=units)
        found |= set(rows.order_by().values_list("outcome_id", flat=True))
    return found


def demonstrations_once_open(units: Units, ids: Iterable[UUID], *levels: Disclosure) -> set[UUID]:
    """As `outcomes_once_open`."""
    own = Q(lead_unit_id__in=units) | Q(site_unit_id__in=units)
    told = Demonstration.history.filter(own | ~Q(disclosure_level__in=levels), id__in=set(ids))
    return set(told.order_by().values_list("id", flat=True))
