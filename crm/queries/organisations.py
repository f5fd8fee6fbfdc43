"""Organisations as a list asks for them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value

from crm.models import (
    Consultation,
    Demonstration,
    FollowUp,
    Judge,
    Merge,
    Organisation,
    OrganisationAlias,
    Participation,
    PartnerConfirmation,
    Party,
    PitchEntry,
)
from crm.queries.events import with_values
from crm.queries.search import organisations_matching

ORDERS = {
    "name": ("key", "id"),
    "-name": ("-key", "-id"),
    "latest": ("-created_at", "id"),
    "earliest": ("created_at", "-id"),
}


@dataclass(frozen=True, slots=True)
class OrganisationsAsked:
    """What the list is narrowed by; an empty value does not narrow. `tied`: outcomes (party to one), events (took part
    in one) or nothing (neither)."""

    q: str = ""
    country: str = ""
    region: str = ""
    sector: str = ""
    tied: str = ""
    sort: str = "name"


def aliases_of(organisation: Organisation) -> QuerySet[OrganisationAlias]:
    """Its other names, each with `merge`: the id of the merge that made it one, at that very moment: the name of the
    one that went, or what the kept one was called where it took that over."""
    same_moment = Merge.objects.filter(kept=organisation, undone_at=None, created_at=OuterRef("created_at"))
    merges = same_moment.filter(Q(gone__name=OuterRef("name")) | Q(taken__has_key="name"))
    return organisation.aliases.filter(archived_at=None).annotate(merge=Subquery(merges.values("pk")[:1]))


def organisations_asked(asked: OrganisationsAsked) -> QuerySet[Organisation]:
    party = Exists(Party.objects.filter(organisation=OuterRef("pk"), archived_at=None, outcome__archived_at=None))
    took_part = Exists(Participation.objects.filter(organisation=OuterRef("pk"), archived_at=None))
    found = organisations_matching(asked.q)
    told = {"country": asked.country, "region__icontains": asked.region, "sector__icontains": asked.sector}
    found = found.filter(**{name: value for name, value in told.items() if value})
    if asked.tied == "outcomes":
        found = found.filter(party)
    elif asked.tied == "events":
        found = found.filter(took_part)
    elif asked.tied == "nothing":
        found = found.exclude(party).exclude(took_part)
    return found.order_by(*ORDERS[asked.sort])


def with_aliases(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """With `alias_rows`."""
    aliases = OrganisationAlias.objects.filter(archived_at=None)
    return found.prefetch_related(Prefetch("aliases", aliases, to_attr="alias_rows"))


def countries_present() -> list[str]:
    """The codes of the countries that organisations are from."""
    found = Organisation.objects.filter(archived_at=None).exclude(country="")
    return list(found.order_by().values_list("country", flat=True).distinct())


def consultations_with(organisation: Organisation) -> QuerySet[Consultation]:
    """Those it gave and those it had, the latest first, with `value_entries`."""
    either = Q(exhibitor=organisation) | Q(buyer=organisation)
    return with_values(Consultation.objects.filter(either)).order_by("-met_on", "id")


def pitches_of(organisation: Organisation) -> QuerySet[PitchEntry]:
    found = PitchEntry.objects.filter(organisation=organisation, archived_at=None).select_related("event")
    return found.order_by("-event__starts_on", "id")


def demonstrations_of(organisation: Organisation) -> QuerySet[Demonstration]:
    return Demonstration.objects.filter(applicant=organisation, archived_at=None).order_by("-created_at", "id")


def follow_ups_with(organisation: Organisation) -> QuerySet[FollowUp]:
    """What is to be done and was done about the outcomes it is party to and its demonstrations."""
    outcomes = Party.objects.filter(organisation=organisation, archived_at=None, outcome__archived_at=None)
    about = Q(outcome__in=outcomes.values("outcome")) | Q(
        demonstration__in=demonstrations_of(organisation).values("pk")
    )
    return FollowUp.objects.filter(about, archived_at=None)


def judges_of(organisation: Organisation) -> QuerySet[Judge]:
    """Those who judge at a competition and work there, the latest event first."""
    found = Judge.objects.filter(organisation=organisation, archived_at=None).select_related("event")
    return found.order_by("-event__starts_on", "id")


def confirmations_with(organisation: Organisation) -> QuerySet[PartnerConfirmation]:
    """What it was asked to confirm, the latest first."""
    found = PartnerConfirmation.objects.filter(organisation=organisation, archived_at=None, outcome__archived_at=None)
    return found.select_related("outcome").order_by("-created_at", "-id")


def counted(*several: QuerySet[Any]) -> dict[int, int]:
    """How many each of them finds, by its place among them, in one query; those that find nothing are left out."""
    first, *others = (
        found.order_by()
        .annotate(which=Value(place, output_field=IntegerField()))
        .values("which")
        .annotate(n=Count("pk"))
        .values_list("which", "n")
        for place, found in enumerate(several)
    )
    return dict(first.union(*others, all=True))
