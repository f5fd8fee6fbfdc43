"""What stands on record of the outcomes and companies that the rows of a sheet name.

A long sheet names thousands, and most of its rows repeat what is on record: what a row is compared with is read in a
few questions for all rows, and of parts and figures the columns that are compared and no more."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from crm.importing.outcome_rows import bare
from crm.models import CooperatingUnit, ListedOutcome, Organisation, OrganisationAlias, Outcome, Party
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure

_AT_ONCE: Final = 500
T = TypeVar("T")


class StatedValue(NamedTuple):
    measure: str
    value: Decimal
    currency: str
    basis: str


@dataclass(slots=True)
class Recorded:
    """An outcome and what its row may say of it: the names of its parties and of the units that cooperate, by id, and
    its figures that stand."""

    outcome: Outcome
    parties: dict[UUID, str] = field(default_factory=dict)
    units: dict[UUID, str] = field(default_factory=dict)
    values: list[StatedValue] = field(default_factory=list)


class Tied(NamedTuple):
    """An outcome that a company is party to, so far as it is asked whether a row may mean it."""

    pk: UUID
    kind: str
    title: str
    signed_on: date | None
    event_id: UUID | None


class OnRecord:
    """What was read so far of the outcomes that the reader may see: `by_id`, and `titled` by their titles as names are
    compared."""

    def __init__(self, readable: QuerySet[Outcome]) -> None:
        self._readable = readable
        self.by_id: dict[UUID, Recorded] = {}
        self._by_title: dict[str, list[Recorded]] = {}
        self._tied: dict[UUID, list[Tied]] = {}

    def titled(self, title: str) -> list[Recorded]:
        return self._by_title.get(bare(title), [])

    def tied_to(self, company: UUID) -> list[Tied]:
        return self._tied.get(company, [])

    def read_titles(self, titles: Collection[str]) -> None:
        # The narrow table that lists are read from has an index of titles.
        self._read(titles, lambda some: Q(pk__in=ListedOutcome.objects.filter(title__in=some).values("outcome_id")))

    def read_ids(self, ids: Collection[UUID]) -> None:
        self._read((pk for pk in ids if pk not in self.by_id), lambda some: Q(pk__in=some))

    def read_tied(self, companies: Collection[UUID], titles: Iterable[str], own: Collection[UUID], near: Q) -> None:
        """What these companies are party to and rows may mean (`near`, of outcomes), but for the sheet's `own`: what it
        has put on record itself is not what its later rows may repeat. Of that, those of nearly these titles: titles
        that differ in spaces and signs are one."""
        columns = ("organisation_id", "outcome_id", *(f"outcome__{name}" for name in Tied._fields[1:]))
        for some in _some(companies):
            for company, *told in parties_of(some, self._readable.filter(near)).values_list(*columns):
                if (tied := Tied(*told)).pk not in own:
                    self._tied.setdefault(company, []).append(tied)
        written = {bare(title) for title in titles}
        self.read_ids({t.pk for several in self._tied.values() for t in several if bare(t.title) in written})

    def _read(self, values: Iterable[T], of: Callable[[list[T]], Q]) -> None:
        read: dict[UUID, Recorded] = {}
        for some in _some(values):
            found = self._readable.filter(of(some))
            read |= {outcome.pk: Recorded(outcome) for outcome in found if outcome.pk not in self.by_id}
        prefetch_related_objects([one.outcome for one in read.values()], "event", "lead_unit")
        _read_parts(read)
        self.by_id |= read
        for one in read.values():
            self._by_title.setdefault(bare(one.outcome.title), []).append(one)


def parties_of(companies: Collection[UUID], readable: QuerySet[Outcome]) -> QuerySet[Party]:
    """What these companies are party to, of what is readable: asked of the outcome of each party. Of all outcomes that
    are readable SQLite would make a list, and look up every company with each of them: a hundred thousand times five
    hundred."""
    seen = Exists(readable.filter(pk=OuterRef("outcome")))
    return Party.objects.filter(seen, organisation__in=companies, archived_at=None)


def _read_parts(read: Mapping[UUID, Recorded]) -> None:
    for some in _some(read):
        there: dict[str, Any] = {"outcome__in": some, "archived_at": None}
        parties = Party.objects.filter(**there).values_list("outcome_id", "organisation_id", "organisation__name")
        for outcome, company, name in parties:
            read[outcome].parties[company] = name
        units = CooperatingUnit.objects.filter(**there).values_list("outcome_id", "org_unit_id", "org_unit__name")
        for outcome, unit, name in units:
            read[outcome].units[unit] = name
        entries = standing_entries().filter(outcome__in=some, derived_from=None).exclude(measure=Measure.COUNT)
        for outcome, *told in entries.order_by("id").values_list("outcome_id", *StatedValue._fields):
            read[outcome].values.append(StatedValue(*told))


def companies_of(keys: Iterable[str]) -> dict[str, list[Organisation]]:
    """The organisations of these keys, by their names and their other names."""
    found: defaultdict[str, dict[UUID, Organisation]] = defaultdict(dict)
    for some in _some(keys):
        for organisation in Organisation.objects.filter(key__in=some, archived_at=None):
            found[organisation.key][organisation.pk] = organisation
        aliases = OrganisationAlias.objects.filter(key__in=some, archived_at=None, organisation__archived_at=None)
        for alias in aliases.select_related("organisation"):
            found[alias.key][alias.organisation_id] = alias.organisation
    return {key: list(several.values()) for key, several in found.items()}


def _some(values: Iterable[T]) -> Iterator[list[T]]:
    """SQLite takes only so many values in one question."""
    left = iter(values)
    while some := list(islice(left, _AT_ONCE)):
        yield some
