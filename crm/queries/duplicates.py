"""Which organisation a typed name means, which ones it may be a misspelling of, and which outcomes may be the same."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import Organisation, OrganisationAlias, Outcome, Party, SimilarPair
from crm.values.names import LONGEST_EXACT_ONLY, clean, company_key, initials, keys_alike

_MOST_COMPARED = 2000
_MOST_SHOWN = 5
# So many are looked up one by one; for more it is faster to read all names.
_A_FEW: Final = 20
_LAST_LETTER: Final = "\U0010ffff"
_NEAR = timedelta(days=31)


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
    names = {one.pk: {company_key(one.name)} for one in organisations}
    aliases = OrganisationAlias.objects.filter(organisation__in=list(names), archived_at=None)
    for pk, key in aliases.values_list("organisation_id", "key"):
        names[pk].add(key)
    near = _Everybody().near if len(organisations) > _A_FEW else _near
    return {
        pk: {other for key in keys if key for other, theirs in near(key) if other != pk and keys_alike(key, theirs)}
        for pk, keys in names.items()
    }


def _like(name: str, but: UUID | None) -> list[Organisation]:
    key = company_key(name)
    if not key:
        return []
    ids = {pk for pk, other in _near(key) if pk != but and keys_alike(key, other)}
    found = Organisation.objects.filter(pk__in=ids).order_by("key", "id")
    return sorted(found, key=lambda o: o.key != key)


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


class _Everybody:
    """The same keys, of names that are read once."""

    def __init__(self) -> None:
        rows = list(_organisations().order_by("id").values_list("pk", "key", "initials"))
        own = _Keys([(pk, key) for pk, key, _initials in rows], {key: letters for _pk, key, letters in rows})
        self._kinds = own, _Keys(list(_aliases().order_by("id").values_list("organisation_id", "key")))

    def near(self, key: str) -> list[tuple[UUID, str]]:
        return [row for keys in self._kinds for row in keys.near(key)]


class _Keys:
    """Names of one kind with whose they are, in the order of their keys, where the ranges of `_neighbours` are
    stretches."""

    def __init__(self, rows: list[tuple[UUID, str]], letters: Mapping[str, str] | None = None) -> None:
        self._rows = sorted(rows, key=lambda row: row[1])
        self._keys = [key for _pk, key in self._rows]
        self._endings: dict[str, list[tuple[UUID, str]]] = {}
        self._initials: dict[str, list[tuple[UUID, str]]] = {}
        for row in self._rows:
            self._endings.setdefault(row[1][-2:], []).append(row)
            if letters is not None:
                self._initials.setdefault(letters[row[1]], []).append(row)

    def near(self, key: str) -> list[tuple[UUID, str]]:
        found = [self._between(key, key + "\0")]
        if len(key) > LONGEST_EXACT_ONLY:
            found += [self._between(key[:2], key[:2] + _LAST_LETTER), self._endings.get(key[-2:], [])]
            found.append(self._initials.get(initials(key), []))
        return list(dict.fromkeys(row for rows in found for row in rows[:_MOST_COMPARED]))

    def _between(self, first: str, behind: str) -> list[tuple[UUID, str]]:
        return self._rows[bisect_left(self._keys, first) : bisect_left(self._keys, behind)]


def pairs_to_review() -> QuerySet[SimilarPair]:
    """Pairs that nobody has told apart and of which neither was merged away: the same key first, the newest first."""
    found = SimilarPair.objects.filter(apart_at=None, first__archived_at=None, second__archived_at=None)
    return found.order_by("-is_same_key", "-created_at", "id")


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
        near |= Q(signed_on__range=(signed_on - _NEAR, signed_on + _NEAR))
    found = Outcome.objects.filter(same, near, kind=kind, archived_at=None).distinct()
    return found.select_related("lead_unit").order_by("-signed_on", "id")


def _parties_of(organisations: Iterable[UUID]) -> QuerySet[Party]:
    return Party.objects.filter(organisation__in=list(organisations), archived_at=None)
