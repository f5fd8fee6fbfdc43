"""Organisations, their other names, and the people there."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions.archiving import expect_present, keep_reason, take_in, take_out
from crm.actions.base import Caller, action, expect_version, gathering, hold_each, refuse_merged, store
from crm.actions.merges import MOVING, note_similar
from crm.models import Contact, ExternalId, Organisation, OrganisationAlias, Outcome, Party
from crm.models.base import current_work
from crm.queries.archived import archived_parties
from crm.values.names import clean, company_key, initials, runs_as_formula
from crm.values.phones import PhoneError, parse_phone
from crm.values.registration_numbers import RegistrationNumberError, normalise

NO_FORMULA: Final = gettext_lazy("A spreadsheet would run this as a formula: write the name itself.")


@action("organisation.record")
def record_organisation(caller: Caller, /, *, aliases: list[str] | None = None, **fields: Any) -> Organisation:
    """Records an organisation with the fields of Organisation; the name is kept as written."""
    _refuse_formulas(aliases=[clean(alias) for alias in aliases or []])
    organisation = _store(Organisation.blank(), fields)
    for alias in aliases or []:
        _store_alias(organisation, name=alias)
    note_similar(organisation)
    return organisation


@action("organisation.update")
def update_organisation(
    caller: Caller, /, organisation: Organisation, *, version: int | None = None, **changes: Any
) -> Organisation:
    """Raises Stale; ValidationError; Conflict for one that was merged away, which nobody would see changed."""
    refuse_merged(organisation)
    expect_version(organisation, version)
    expect_present(organisation)
    name = organisation.name
    _store(organisation, changes)
    if organisation.name != name:
        note_similar(organisation)
    return organisation


@action("organisation.update")
def add_alias(caller: Caller, /, organisation: Organisation, **fields: Any) -> OrganisationAlias:
    """Raises ValidationError; Conflict for one that was merged away, which nobody is shown any more."""
    _expect_there(organisation)
    alias = _store_alias(organisation, **fields)
    note_similar(organisation)
    return alias


@action("organisation.update")
def archive_alias(caller: Caller, /, alias: OrganisationAlias) -> OrganisationAlias:
    """Takes away a name that is not the organisation's: it is found by it no longer."""
    take_out(alias)
    return alias


@action("organisation.update")
def restore_alias(caller: Caller, /, alias: OrganisationAlias) -> OrganisationAlias:
    """Raises ValidationError where the organisation is archived or was merged into another."""
    take_in(alias, alias.organisation)
    note_similar(alias.organisation)
    return alias


@action("organisation.update")
def restore_organisation(caller: Caller, /, organisation: Organisation) -> Organisation:
    """Raises Conflict for one that was merged away, whose merge is undone instead; ValidationError where another has
    its registration number by now."""
    refuse_merged(organisation)
    _bring_back(organisation)
    return organisation


def bring_back_parties(outcome: Outcome) -> None:
    """Brings back the companies that were put away while the outcome was. Called by what brings the outcome back; no
    action of its own."""
    for organisation in hold_each(Organisation, archived_parties(outcome).values_list("pk", flat=True)).values():
        _bring_back(organisation)


def _bring_back(organisation: Organisation) -> None:
    """Under its name another may have been recorded meanwhile."""
    take_in(organisation)
    note_similar(organisation)


def put_away_unused(ids: Collection[UUID], reason: str) -> dict[str, str]:
    """Puts away those of the organisations that nothing refers to and nobody changed since they were recorded. Gives
    the others, which stay: names by id. Called by what takes back that it recorded them; no action of its own."""
    # Who names one of them meanwhile waits.
    held = [one for one in hold_each(Organisation, ids).values() if one.archived_at is None]
    used = _referred_to(ids)
    kept = [one for one in held if one.version > 1 or one.pk in used]
    if len(kept) < len(held):
        keep_reason(reason)
    with gathering():
        for organisation in held:
            if organisation not in kept:
                organisation.archived_at = current_work().recorded_at
                organisation.save()
    return {str(one.pk): one.name for one in sorted(kept, key=lambda one: (one.created_at, one.pk))}


def _referred_to(ids: Collection[UUID]) -> set[UUID]:
    """Those of them that something names that is not put away itself."""
    found: set[UUID] = set()
    for model, field in MOVING:
        still = {"archived_at": None, "outcome__archived_at": None} if model is Party else {"archived_at": None}
        rows = model._base_manager.filter(**{f"{field}__in": ids}, **still)
        found.update(rows.values_list(f"{field}_id", flat=True))
    named = ExternalId.objects.filter(record_type=Organisation.feed_type, record_id__in=ids)
    return found.union(named.values_list("record_id", flat=True))


def _store(organisation: Organisation, fields: dict[str, Any]) -> Organisation:
    if "name" in fields:
        fields["name"] = clean(fields["name"])
    # What stands already is no reason to refuse another change.
    names = {n: fields[n] for n in ("name", "name_en") if fields.get(n) and fields[n] != getattr(organisation, n)}
    _refuse_formulas(**{field: [name] for field, name in names.items()})
    if "name" in fields:
        organisation.key, organisation.initials = company_key(fields["name"]), initials(company_key(fields["name"]))
    if fields.get("business_registration_number"):
        try:
            fields["business_registration_number"] = normalise(fields["business_registration_number"])
        except RegistrationNumberError as error:
            message = _("This is not a valid business registration number.")
            raise ValidationError({"business_registration_number": message}) from error
    return store(organisation, fields)


def _store_alias(organisation: Organisation, **fields: Any) -> OrganisationAlias:
    name = clean(fields.pop("name"))
    _refuse_formulas(name=[name])
    alias = OrganisationAlias(key=company_key(name), initials=initials(company_key(name)))
    return store(alias, {"organisation": organisation, "name": name, **fields})


def _refuse_formulas(**names: list[str]) -> None:
    """Names by their field. Raises ValidationError naming each field with one that would not stay a text in whatever
    sheet it is copied into."""
    if wrong := {field: NO_FORMULA for field, told in names.items() if any(map(runs_as_formula, told))}:
        raise ValidationError(wrong)


@action("contact.record")
def record_contact(caller: Caller, /, **fields: Any) -> Contact:
    """Records a person at an organisation: needs a legal basis and the date until which it may be kept. Raises
    ValidationError; Conflict for an organisation that was merged away, where nobody would see the person."""
    return _store_contact(Contact(), fields)


@action("contact.update")
def update_contact(caller: Caller, /, contact: Contact, *, version: int | None = None, **changes: Any) -> Contact:
    expect_version(contact, version)
    if contact.purged_at is not None:
        raise ValidationError({"__all__": _("This person was purged; record a new contact.")})
    return _store_contact(contact, changes)


def _expect_there(organisation: Organisation) -> None:
    """Keeps it from being merged away or archived until the action ends, and refuses one that was. Its version does not
    matter: what is added to it goes well with whatever else was changed."""
    now = hold_each(Organisation, [organisation.pk])[organisation.pk]
    refuse_merged(now)
    expect_present(now)


def _store_contact(contact: Contact, fields: dict[str, Any]) -> Contact:
    if isinstance(organisation := fields.get("organisation"), Organisation):
        _expect_there(organisation)
    # Sent back in the form in which it is shown, it is what was typed once.
    if fields.get("phone") and fields["phone"] != contact.phone:
        contact.phone_as_typed = fields["phone"]
        try:
            fields["phone"] = parse_phone(fields["phone"])
        except PhoneError as error:
            raise ValidationError({"phone": _("This is not a valid phone number.")}) from error
    return store(contact, fields)
