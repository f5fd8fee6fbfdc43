"""A text that leads somewhere, and a labelled text: the smallest things that pages show."""

from dataclasses import dataclass
from functools import cache
from typing import Final
from uuid import UUID

from django.urls import get_script_prefix, reverse

from crm.models import (
    Approval,
    Concurrence,
    Demonstration,
    Directive,
    Event,
    FollowUp,
    Organisation,
    Outcome,
    Participation,
    PitchEntry,
    Record,
)
from crm.models.labels import label
from crm.values.measures import Standing


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a record's head. `links` may be several; `text` stands where nothing is linked."""

    name: str
    text: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Badge:
    """`tone` is the style: calm, good, warn or bad."""

    text: str
    tone: str = "calm"


_PAGES: dict[type[Record], str] = {
    Approval: "approval",
    Concurrence: "concurrence",
    Demonstration: "demonstration",
    Event: "event",
    FollowUp: "follow-up",
    Organisation: "organisation",
    Outcome: "outcome",
    Participation: "participation",
    PitchEntry: "pitch",
}
_TONES = {Standing.CONFIRMED: "good", Standing.PROVISIONAL: "calm", Standing.UNCONFIRMED: "warn"}


_ANY: Final = UUID(int=0)


def address_of(place: str, record: UUID) -> str:
    """The address of this page of a record. As `reverse` says it, which is asked once for all records: a page of a
    hundred lines asks three hundred times."""
    return _address_of_any(place, get_script_prefix()).replace(str(_ANY), str(record))


@cache
def _address_of_any(place: str, _prefix: str) -> str:
    """`_prefix`: where the site stands, which `reverse` puts before what it says."""
    return reverse(place, args=[_ANY])


def standing_badge(standing: str) -> Badge:
    return Badge(label(Standing(standing)), _TONES[Standing(standing)])


def outcome_link(outcome: Outcome) -> Link:
    return Link(outcome.title, address_of("outcome", outcome.pk))


def event_link(event: Event | None) -> Link | None:
    return Link(event.name, address_of("event", event.pk)) if event else None


def organisation_link(organisation: Organisation, note: str = "") -> Link:
    return Link(organisation.name, address_of("organisation", organisation.pk), note)


def record_link(record: Record) -> Link:
    """The way to the record's own page."""
    return Link(str(record), address_of(_PAGES[type(record)], record.pk))


def subject_link(follow_up: FollowUp) -> Link | None:
    """What a follow-up is about."""
    if follow_up.outcome:
        return outcome_link(follow_up.outcome)
    if follow_up.event:
        return event_link(follow_up.event)
    return _directive_link(follow_up.directive) if follow_up.directive else None


def _directive_link(directive: Directive) -> Link:
    address = address_of("event", directive.event_id) if directive.event_id else ""
    return Link(directive.text, address)
