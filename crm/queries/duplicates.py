"""Which organisation a typed name means, which ones it may be a misspelling of, and which outcomes may be the same."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import Organisation, OrganisationAlias, Outcome, Party
from crm.values.names import clean, company_key, may_be_same

_MOST_COMPARED = 2000
_MOST_SHOWN = 5
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
    """Those that a person should look at before recording a new one: the same key first, then nearly the same.

    Compared are names that begin or end alike: an index finds them among any number."""
    key = company_key(name)
    if not key:
        return []
    alike = Q(key__startswith=key[0]) | Q(key__endswith=key[-1])
    rows = Organisation.objects.filter(alike, archived_at=None).values_list("pk", "name")[:_MOST_COMPARED]
    aliases = OrganisationAlias.objects.filter(alike, archived_at=None, organisation__archived_at=None)
    rows_of_aliases = aliases.values_list("organisation_id", "name")[:_MOST_COMPARED]
    ids = {pk for pk, other in [*rows, *rows_of_aliases] if may_be_same(name, other) and pk != but}
    found = Organisation.objects.filter(pk__in=ids).order_by("key", "id")
    return sorted(found, key=lambda o: o.key != key)[:_MOST_SHOWN]


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
