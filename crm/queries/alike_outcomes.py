"""Outcomes that may be one agreement, recorded twice: found among all of them at once, and those that a person should
look at."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from crm.models import Party, SimilarOutcomes
from crm.queries.duplicates import NEAR
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure
from crm.values.names import company_key, keys_alike

_DIGITS: Final = re.compile(r"\d+")
# A party of more outcomes of a kind than these is the city itself or a fair's host: having it in common says nothing,
# and to hold each of them against each other would never end.
MOST_OF_A_PARTY: Final = 500
Pair = tuple[UUID, UUID]


class Tied(NamedTuple):
    """An outcome, so far as it is asked whether it is another."""

    pk: UUID
    title: str
    signed_on: date | None
    event_id: UUID | None


def alike_outcomes() -> list[Pair]:
    """Pairs of unarchived outcomes of one kind with a party in common, signed within a month or at the same event, that
    have nearly the same title or state the same amount. Where a day is unknown it says nothing against it. The smaller
    id first."""
    near = {
        (min(one.pk, other.pk), max(one.pk, other.pk)): titles_alike(one.title, other.title)
        for group in _by_kind_and_party()
        for one, other in _near(group)
    }
    stated = _amounts({pk for pair, is_titled in near.items() if not is_titled for pk in pair})
    return sorted(
        (first, second)
        for (first, second), is_titled in near.items()
        if is_titled or stated.get(first, set()) & stated.get(second, set())
    )


def titles_alike(one: str, other: str) -> bool:
    """Nearly the same words, and the same numbers: the second stage of a contract is not its first."""
    return _DIGITS.findall(one) == _DIGITS.findall(other) and keys_alike(company_key(one), company_key(other))


def _by_kind_and_party() -> Iterable[list[Tied]]:
    ties: defaultdict[tuple[str, UUID], list[Tied]] = defaultdict(list)
    there = Party.objects.filter(archived_at=None, outcome__archived_at=None)
    columns = ("outcome__kind", "organisation_id", *("outcome_id", "outcome__title", "outcome__signed_on"))
    for kind, company, *told in there.order_by().values_list(*columns, "outcome__event_id").iterator():
        ties[kind, company].append(Tied(*told))
    return (group for group in ties.values() if len(group) <= MOST_OF_A_PARTY)


def _near(group: Collection[Tied]) -> Iterator[tuple[Tied, Tied]]:
    dated = sorted((one for one in group if one.signed_on is not None), key=lambda one: (one.signed_on, one.pk))
    undated = [one for one in group if one.signed_on is None]
    for place, one in enumerate(dated):
        for other in dated[place + 1 :]:
            # The types do not follow that what is not dated was left out above.
            if other.signed_on - one.signed_on > NEAR:  # type: ignore[operator]
                break
            yield one, other
    yield from ((one, other) for one in undated for other in dated)
    yield from combinations(undated, 2)
    at: defaultdict[UUID, list[Tied]] = defaultdict(list)
    for one in dated:
        if one.event_id is not None:
            at[one.event_id].append(one)
    for there in at.values():
        yield from combinations(there, 2)


def _amounts(outcomes: Collection[UUID]) -> dict[UUID, set[tuple[Any, str]]]:
    """What the outcomes state. The ledger is read once: asked for many outcomes, some at a time, it takes thirty times
    as long."""
    found: defaultdict[UUID, set[tuple[Any, str]]] = defaultdict(set)
    entries = standing_entries().filter(measure=Measure.MONEY, derived_from=None, outcome__isnull=False).order_by()
    for outcome, value, currency in entries.values_list("outcome_id", "value", "currency").iterator():
        if outcome in outcomes:
            found[outcome].add((value, currency))
    return found


def outcome_pairs(*, is_decided: bool) -> QuerySet[SimilarOutcomes]:
    """Pairs to be looked at, the newest first; or those of which somebody said that they are two, the last said
    first."""
    found = SimilarOutcomes.objects.filter(first__archived_at=None, second__archived_at=None)
    if is_decided:
        return found.filter(apart_at__isnull=False).order_by("-apart_at", "id")
    return found.filter(apart_at=None).order_by("-created_at", "id")
