"""Organisations as a list asks for them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from crm.models import Organisation, OrganisationAlias, Participation, Party
from crm.queries.search import organisations_matching

ORDERS = {"name": ("key", "id"), "latest": ("-created_at", "id")}


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


def organisations_asked(asked: OrganisationsAsked) -> QuerySet[Organisation]:
    """With `alias_rows`."""
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
    aliases = Prefetch("aliases", OrganisationAlias.objects.filter(archived_at=None), to_attr="alias_rows")
    return found.order_by(*ORDERS[asked.sort]).prefetch_related(aliases)


def countries_present() -> list[str]:
    """The codes of the countries that organisations are from."""
    found = Organisation.objects.filter(archived_at=None).exclude(country="")
    return list(found.order_by().values_list("country", flat=True).distinct())
