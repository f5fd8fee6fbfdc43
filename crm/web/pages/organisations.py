"""The pages of organisations: the list, and one organisation with what it is party to."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import Account, Contact, Organisation, Participation
from crm.models.labels import label
from crm.permissions import may, readable
from crm.queries import organisations as queries
from crm.queries.outcome_lists import listed_of
from crm.values.measures import EventKind, Pavilion
from crm.web.countries import country_name
from crm.web.forms.organisations import OrganisationsForm
from crm.web.pages.documents import DocumentLine, changeable, document_lines
from crm.web.pages.links import Fact, Link, address_of
from crm.web.pages.listing import ListColumn, Listing
from crm.web.pages.outcome_lines import OutcomeLine, outcome_lines, rows_for
from crm.web.pages.paging import in_order
from crm.web.text import UNKNOWN, day_text, days_text, value_text

# What an organisation's own page shows; the list of outcomes shows the rest.
LONGEST: Final = 50


def _below(row: Any, _today: date) -> str:
    return " · ".join(name for name in (row.name_en, _aliases(row)) if name)


def _aliases(row: Any) -> str:
    return ", ".join(alias.name for alias in row.alias_rows)


ORGANISATIONS: Final = Listing(
    place="organisations",
    export="organisations-export",
    heading=gettext_lazy("Organisations"),
    nothing=gettext_lazy("No organisation was found."),
    columns=(
        ListColumn(
            "name",
            gettext_lazy("Name"),
            lambda row: row.name,
            weight=1.6,
            link=lambda row: address_of("organisation", row.pk),
        ),
        ListColumn("name_en", gettext_lazy("English name"), lambda row: row.name_en, weight=1.6),
        ListColumn("aliases", gettext_lazy("Other names"), _aliases, weight=1.6),
        ListColumn("country", gettext_lazy("Country"), lambda row: country_name(row.country) if row.country else ""),
        ListColumn("region", gettext_lazy("Region"), lambda row: row.region),
        ListColumn("sector", gettext_lazy("Sector"), lambda row: row.sector),
        ListColumn(
            "number", gettext_lazy("Business registration number"), lambda row: row.business_registration_number
        ),
        ListColumn("recorded", gettext_lazy("Recorded on"), lambda row: localdate(row.created_at), "date"),
        ListColumn("id", gettext_lazy("Identifier"), lambda row: str(row.pk), weight=1.5),
    ),
    usual=("name", "country", "region", "sector"),
    form=OrganisationsForm,
    found=lambda asking: queries.with_aliases(queries.organisations_asked(asking.form.asked())),
    below=_below,
)


@dataclass(frozen=True, slots=True)
class AliasLine:
    """`merge` leads to the merge by which it became another name; empty of one that was added."""

    id: UUID
    name: str
    text: str
    merge: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Nothing of the person: that is shown only when it is asked for, and then it is logged."""

    id: UUID
    legal_basis: str
    retention_until: str
    is_purged: bool


@dataclass(frozen=True, slots=True)
class ShownContact:
    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ParticipationLine:
    id: UUID
    event: Link
    kind: str
    days: str
    pavilion: str
    support: str


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """`archived`: the day on which it was put away. One that is put away is brought back before it is changed."""

    id: UUID
    name: str
    archived: str
    facts: tuple[Fact, ...]
    note: str
    aliases: tuple[AliasLine, ...]
    outcome_count: int
    outcomes: tuple[OutcomeLine, ...]
    all: str
    participations: tuple[ParticipationLine, ...]
    contacts: tuple[ContactLine, ...]
    documents: tuple[DocumentLine, ...]
    may_edit: bool
    may_restore: bool
    may_change_exhibits: bool
    may_merge: bool
    may_record_contact: bool
    may_correct_contact: bool
    may_remove_contact: bool
    may_disclose: bool


def organisation_page(organisation: Organisation, reader: Account) -> OrganisationPage:
    is_present = organisation.archived_at is None
    tied = list(readable(reader, listed_of(organisation.pk)).values_list("pk", flat=True))
    contacts = organisation.contacts.filter(archived_at=None).order_by("created_at", "id")
    documents = readable(reader, organisation.documents.filter(archived_at=None).select_related("outcome"))
    documents = documents.order_by("created_at", "id")
    return OrganisationPage(
        id=organisation.pk,
        name=organisation.name,
        archived=day_text(localdate(organisation.archived_at)) if organisation.archived_at else "",
        facts=_facts(organisation),
        note=organisation.note,
        aliases=tuple(_alias(row) for row in queries.aliases_of(organisation)),
        outcome_count=len(tied),
        outcomes=outcome_lines(in_order(tied[:LONGEST], rows_for(reader))),
        all=f"{reverse('outcomes')}?organisation={organisation.pk}" if len(tied) > LONGEST else "",
        participations=_participations(organisation),
        contacts=tuple(_contact(contact) for contact in contacts),
        documents=document_lines(documents, changeable=changeable(reader, documents)),
        may_edit=is_present and may(reader, "organisation.update", organisation),
        may_restore=not is_present and may(reader, "organisation.update", organisation),
        may_change_exhibits=may(reader, "participation.update"),
        may_merge=is_present and may(reader, "organisation.merge"),
        may_record_contact=is_present and may(reader, "contact.record", organisation),
        may_correct_contact=may(reader, "contact.update"),
        may_remove_contact=may(reader, "contact.remove"),
        may_disclose=may(reader, "personal_data.disclose", organisation),
    )


def _alias(row: Any) -> AliasLine:
    said = " · ".join(part for part in (row.language, row.source) if part)
    if row.merge is None:
        return AliasLine(row.pk, row.name, said, "")
    return AliasLine(row.pk, row.name, said or _("merged"), reverse("merge", args=[row.merge]))


def _facts(organisation: Organisation) -> tuple[Fact, ...]:
    found = (
        Fact(_("English name"), organisation.name_en),
        Fact(_("Country"), country_name(organisation.country) if organisation.country else ""),
        Fact(_("Region"), organisation.region),
        Fact(_("Sector"), organisation.sector),
        Fact(_("Business registration number"), organisation.business_registration_number),
    )
    return tuple(Fact(fact.name, fact.text or UNKNOWN) for fact in found)


def _participations(organisation: Organisation) -> tuple[ParticipationLine, ...]:
    rows = organisation.participations.filter(archived_at=None).select_related("event")
    return tuple(
        ParticipationLine(
            id=p.pk,
            event=Link(p.event.name, address_of("event", p.event_id)),
            kind=label(EventKind(p.event.kind)),
            days=days_text(p.event.starts_on, p.event.ends_on),
            pavilion=label(Pavilion(p.pavilion)) if p.pavilion else UNKNOWN,
            support=_support(p),
        )
        for p in rows.order_by("-event__starts_on", "id")
    )


def _support(participation: Participation) -> str:
    """From whom, and how much where it is known."""
    amount, currency = participation.support_amount, participation.support_currency
    told = (participation.support_source, "" if amount is None else value_text(amount, currency))
    return " ".join(part for part in told if part)


def _contact(contact: Contact) -> ContactLine:
    return ContactLine(
        contact.pk, contact.legal_basis, day_text(contact.retention_until), contact.purged_at is not None
    )


def shown_contact(contact: Contact) -> ShownContact:
    """The person, once the showing is in the access log."""
    facts = (
        Fact(_("Position"), contact.position or UNKNOWN),
        Fact(_("E-mail"), contact.email or UNKNOWN),
        Fact(_("Phone"), contact.phone or UNKNOWN),
        Fact(_("Phone as typed"), contact.phone_as_typed or UNKNOWN),
        Fact(_("Legal basis"), contact.legal_basis),
        Fact(_("Kept until"), day_text(contact.retention_until)),
    )
    return ShownContact(contact.name, facts)
