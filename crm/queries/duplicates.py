"""Which organisation a typed name means, which ones it may be a misspelling of, and which outcomes may be the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from crm.models import Organisation, OrganisationAlias, Outcome, Party, SimilarPair
from crm.values.names import LONGEST_EXACT_ONLY, alike_among, clean, company_key, initials, jamo, keys_alike

_MOST_COMPARED = 2000
_MOST_SHOWN = 5
# So many are looked up one by one; for more it is faster to read all names.
_A_FEW: Final = 20
_LAST_LETTER: Final = "\U0010ffff"
NEAR = timedelta(days=31)


def organisations_called(name: str) -> list[Organisation]:
    """The unarchived organisations whose name or alias has the same key, by name."""
    key = company_key(name)
    if not key:
        return []
    aliases = OrganisationAlias.objects.filter(key=key, archived_at=None).values("organisation_id")
    found = Organisation.objects.filter(archived_at=None).filter(Q(key=key) | Q(pk__in=aliases))
    return list(found.order_by("key", "id"))


def organisations_like(name: str, but: UUID | None = None) -> list[Organisation]:
    """Those that a person should look at before recording a new one: the same key first, then nearly the same."""
    return _like(name, but)[:_MOST_SHOWN]


def alike_to(organisations: Sequence[Organisation]) -> dict[UUID, set[UUID]]:
    """Of each of them all that it may be, by any of its names: ids by id. Of many at once the names of all
    organisations are read once."""
    names = {one.pk: {one.key} for one in organisations}
    are_many = len(organisations) > _A_FEW
    asked = _aliases() if are_many else _aliases().filter(organisation__in=list(names))
    aliases = list(asked.order_by("id").values_list("organisation_id", "key", Value("")))
    for pk, key, _initials in aliases:
        if pk in names:
            names[pk].add(key)
    every = {key for keys in names.values() for key in keys if key}
    alike = _alike_at_once(every, aliases) if are_many else {key: _alike(key) for key in every}
    return {pk: {other for key in keys if key for other in alike[key]} - {pk} for pk, keys in names.items()}


def _like(name: str, but: UUID | None) -> list[Organisation]:
    key = company_key(name)
    if not key:
        return []
    found = Organisation.objects.filter(pk__in=_alike(key) - {but}).order_by("key", "id")
    return sorted(found, key=lambda o: o.key != key)


def _alike(key: str) -> set[UUID]:
    return {pk for pk, other in _near(key) if keys_alike(key, other)}


def _near(key: str) -> list[tuple[UUID, str]]:
    return [*_neighbours(_organisations(), key, "pk"), *_neighbours(_aliases(), key, "organisation_id")]


def _organisations() -> QuerySet[Organisation]:
    return Organisation.objects.filter(archived_at=None)


def _aliases() -> QuerySet[OrganisationAlias]:
    return OrganisationAlias.objects.filter(archived_at=None, organisation__archived_at=None)


def _neighbours(named: QuerySet[Any], key: str, owner: str) -> list[tuple[UUID, str]]:
    """The keys worth comparing: of the same key, and of longer names those that begin with the same two letters, have
    the same initial consonants, or end alike. Ranges, so that both databases take an index for the first ones."""
    wanted = [Q(key=key)]
    if len(key) > LONGEST_EXACT_ONLY:
        wanted += [Q(key__gte=key[:2], key__lt=key[:2] + _LAST_LETTER), Q(key__endswith=key[-2:])]
        if named.model is Organisation:
            wanted.append(Q(initials=initials(key)))
    found: dict[tuple[UUID, str], None] = {}
    for one in wanted:
        found |= dict.fromkeys(named.filter(one).order_by("key", "id").values_list(owner, "key")[:_MOST_COMPARED])
    return list(found)


def _alike_at_once(keys: set[str], aliases: list[tuple[UUID, str, str]]) -> dict[str, set[UUID]]:
    """As `_alike`, by key: the names of all organisations are read once. `aliases` are all that there are."""
    own = list(_organisations().order_by("id").values_list("pk", "key", "initials"))
    wanted = {key: initials(key) if len(key) > LONGEST_EXACT_ONLY else "" for key in keys}
    kinds = [_Names(wanted, rows) for rows in (own, aliases) if rows]
    return {key: set[UUID]().union(*(names.alike(key) for names in kinds)) for key in keys}


class _Names:
    """Names of one kind, given as whose, key and initials: those of them that `_neighbours` asks for to one of the keys
    that are `wanted` (given with their initials), by what they share with it."""

    def __init__(self, wanted: Mapping[str, str], rows: Iterable[tuple[UUID, str, str]]) -> None:
        longer = [key for key in wanted if len(key) > LONGEST_EXACT_ONLY]
        self._wanted = wanted
        self._same: dict[str, set[UUID]] = {key: set() for key in wanted}
        self._beginning = {key[:2]: _Neighbours() for key in longer}
        self._end = {key[-2:]: _Neighbours() for key in longer}
        self._initials = {wanted[key]: _Neighbours() for key in longer}
        for row in sorted(rows, key=itemgetter(1)):
            _pk, key, letters = row
            if key in self._same:
                self._same[key].add(row[0])
            if len(key) > LONGEST_EXACT_ONLY:
                for shared in self._beginning.get(key[:2]), self._end.get(key[-2:]), self._initials.get(letters):
                    if shared is not None:
                        shared.rows.append(row)

    def alike(self, key: str) -> set[UUID]:
        """Raises KeyError for a key that was not asked for."""
        if len(key) <= LONGEST_EXACT_ONLY:
            return self._same[key]
        near = self._beginning[key[:2]], self._end[key[-2:]], self._initials[self._wanted[key]]
        return self._same[key].union(*(shared.alike(key) for shared in near))


class _Neighbours:
    """Names that share something."""

    def __init__(self) -> None:
        self.rows: list[tuple[UUID, str, str]] = []

    @cached_property
    def _spelled(self) -> list[str]:
        return [jamo(key) for _pk, key, _initials in self.rows[:_MOST_COMPARED]]

    def alike(self, key: str) -> Iterator[UUID]:
        """But for those of the same key, where there are no others."""
        # They stand in the order of their keys.
        if not self.rows or self.rows[0][1] == key == self.rows[-1][1]:
            return iter(())
        return (self.rows[place][0] for place in alike_among(key, self._spelled))


def pairs_to_review() -> QuerySet[SimilarPair]:
    """Pairs that nobody has told apart and of which neither was merged away: the same key first, the newest first."""
    found = SimilarPair.objects.filter(apart_at=None, first__archived_at=None, second__archived_at=None)
    return found.order_by("-is_same_key", "-created_at", "id")


def pairs_told_apart() -> QuerySet[SimilarPair]:
    """Pairs of which somebody said that they are two, the last said first."""
    found = SimilarPair.objects.filter(apart_at__isnull=False, first__archived_at=None, second__archived_at=None)
    return found.order_by("-apart_at", "id")


def outcomes_like(
    kind: str, title: str, parties: Iterable[UUID], signed_on: date | None, event: UUID | None
) -> QuerySet[Outcome]:
    """Unarchived outcomes of the kind with one of the parties, or of the same title, signed within a month of the day
    or at the same event: one agreement that two departments report is one agreement. Where a day is unknown it says
    nothing against it."""
    same = Q(parties__in=_parties_of(parties)) | Q(title__iexact=clean(title))
    near = Q(signed_on=None)
    if event is not None:
        near |= Q(event=event)
    if signed_on is None:
        near |= Q(signed_on__isnull=False)
    else:
        near |= Q(signed_on__range=(signed_on - NEAR, signed_on + NEAR))
    found = Outcome.objects.filter(same, near, kind=kind, archived_at=None).distinct()
    return found.select_related("lead_unit").order_by("-signed_on", "id")


def _parties_of(organisations: Iterable[UUID]) -> QuerySet[Party]:
    return Party.objects.filter(organisation__in=list(organisations), archived_at=None)
