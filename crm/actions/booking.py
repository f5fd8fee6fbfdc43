"""Booking an outcome as one deed: parties that are not on record yet, the outcome, its evidence and its figures."""

from dataclasses import dataclass, field, replace
from typing import Any

from crm.actions import ledger, organisations, outcomes
from crm.actions.base import Caller, action
from crm.actions.documents import Upload, attach_document
from crm.models import Document, Organisation, OrgUnit, Outcome, Programme
from crm.values.evidence import REALISED_GRADES, Grade
from crm.values.measures import PartyRole
from crm.values.names import company_key


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A party by its record, or by the name under which it is to be recorded."""

    organisation: Organisation | str
    role: PartyRole


@dataclass(frozen=True, slots=True)
class Booking:
    """What comes with an outcome. `figures` rest on the evidence that is attached with them."""

    source: str
    grade: Grade
    parties: list[NamedParty] = field(default_factory=list)
    cooperating_units: list[OrgUnit] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    figures: list[ledger.Figure] = field(default_factory=list)
    upload: Upload | None = None


@action("outcome.record")
def book_outcome(caller: Caller, /, booking: Booking, **fields: Any) -> Outcome:
    """Records the outcome with the fields of Outcome, the parties that are new, the evidence and the figures, or
    nothing of it. Raises ValidationError naming the fields."""
    circle = outcomes.Circle(known_parties(caller, booking.parties, {}), booking.cooperating_units, booking.programmes)
    testimony = outcomes.Testimony(booking.source, booking.grade)
    outcome = outcomes.record_outcome(caller, testimony, circle, **fields)
    evidence = _attach(caller, outcome, booking)
    for figure in booking.figures:
        ledger.post_figure(caller, outcome, replace(figure, evidence=evidence))
    return outcome


@action("outcome.update")
def amend_outcome(
    caller: Caller, /, outcome: Outcome, booking: Booking, *, version: int | None = None, **changes: Any
) -> Outcome:
    """Changes the outcome and everything it is tied to. Of the booking only the circle is read."""
    circle = outcomes.Circle(known_parties(caller, booking.parties, {}), booking.cooperating_units, booking.programmes)
    return outcomes.update_outcome(caller, outcome, circle, version=version, **changes)


def known_parties(
    caller: Caller, parties: list[NamedParty], made: dict[str, Organisation]
) -> list[tuple[Organisation, PartyRole]]:
    """The parties as records: a new name that stands twice is one organisation, and one that was merged away meanwhile
    leads on. `made` are those that were recorded so far, by the key of their name. For actions only."""
    found = []
    for party in parties:
        organisation = party.organisation
        if isinstance(organisation, str):
            key = company_key(organisation)
            made[key] = made.get(key) or organisations.record_organisation(caller, name=organisation)
            organisation = made[key]
        found.append((organisation.current(), party.role))
    return found


def _attach(caller: Caller, outcome: Outcome, booking: Booking) -> Document | None:
    """The evidence: the file, or strong evidence by the number under which the city keeps it."""
    number = outcome.document_number
    if booking.upload is None and not (number and booking.grade in REALISED_GRADES):
        return None
    fields = {"title": outcome.title, "grade": booking.grade, "source": booking.source, "document_number": number}
    return attach_document(caller, booking.upload, outcome=outcome, **fields)
