"""What is on record of one event, as it was known at a time: its own facts, what sources claim, who took part."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from crm.values.measures import PartyRole, Pavilion
from crm.values.names import company_key, sort_key
from reports.figures.event_rows import BEHIND, FACTS, SUPPORT, EventRows, OutcomeRows

_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])\s*년?")


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one source says of one thing; `status` says what the city makes of it."""

    measure: str
    value: str
    as_of: date | None
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Participant:
    """None where it is not known. `support_amount` in units of `support_currency`."""

    organisation: str
    pavilion: str
    from_region: bool | None
    supported_by_city: bool | None
    support_source: str
    support_amount: Decimal | None
    support_currency: str
    products: str


@dataclass(frozen=True, slots=True)
class Exhibitors:
    """The three counts that differ, of the participations on record."""

    recorded: int
    supported_by_city: int
    in_joint_pavilion: int
    from_region: int


@dataclass(frozen=True, slots=True)
class EventRecord:
    """`hosts`: (role, name) of its hosts, operators and sponsors, with the record that says so: the event itself, or
    the outcome whose party it is. `was_known`: it was on record at the as-of time; else it is told as it was first
    entered."""

    id: UUID
    kind: str
    name: str
    name_en: str
    country: str
    places: tuple[str, ...]
    starts_on: date
    ends_on: date | None
    lead_unit: str
    note: str
    pavilion: str
    pavilion_brand: str
    pavilion_operator: str
    pavilion_first_time: bool | None
    pavilion_products: int | None
    claims: tuple[Claimed, ...]
    participants: tuple[Participant, ...]
    exhibitors: Exhibitors | None
    hosts: tuple[tuple[str, str, UUID], ...]
    was_known: bool


def event_record(rows: EventRows, theirs: OutcomeRows, as_of: datetime) -> EventRecord:
    """`theirs` are of the outcomes that fall to the event."""
    row, names = rows.event, rows.names
    participants = _participants(rows)
    return EventRecord(
        id=row.id,
        **{name: getattr(row, name) for name in FACTS if name not in ("city", "places", "lead_unit_id")},
        places=tuple(row.places) or ((row.city,) if row.city else ()),
        lead_unit=names.get(row.lead_unit_id, "") if row.lead_unit_id else "",
        claims=_claims(rows),
        participants=participants,
        exhibitors=_exhibitors(participants),
        hosts=_hosts(row, theirs),
        was_known=row.history_date <= as_of,
    )


def event_year_before(rows: EventRows) -> tuple[UUID, str] | None:
    """The id and name of the edition of the year before: the one event of the same kind that began in that year and
    whose name is the same without its year. None where there is none, or more than one."""
    event = rows.event
    wanted = series_key(event.name)
    found = [
        (one.id, one.name)
        for one in rows.of_its_kind
        if one.archived_at is None and one.kind == event.kind and one.starts_on.year == event.starts_on.year - 1
        if series_key(one.name) == wanted
    ]
    return found[0] if wanted and len(found) == 1 else None


def series_key(name: str) -> str:
    """The name of an event without its year, for comparing: `CES 2023` and `2022년 CES` are one series."""
    return company_key(_YEAR.sub(" ", name))


def _claims(rows: EventRows) -> tuple[Claimed, ...]:
    found = sorted(rows.claims, key=lambda row: (row.measure, row.as_of or date.min, row.id))
    return tuple(Claimed(row.measure, row.value, row.as_of, row.source, row.status) for row in found)


def _participants(rows: EventRows) -> tuple[Participant, ...]:
    found = [
        Participant(rows.organisations[row.organisation_id].name, **{name: getattr(row, name) for name in SUPPORT})
        for row in rows.participations
    ]
    return tuple(sorted(found, key=lambda one: sort_key(one.organisation)))


def _exhibitors(participants: tuple[Participant, ...]) -> Exhibitors | None:
    if not participants:
        return None
    return Exhibitors(
        len(participants),
        sum(1 for one in participants if one.supported_by_city),
        sum(1 for one in participants if one.pavilion == Pavilion.JOINT_PAVILION),
        sum(1 for one in participants if one.from_region),
    )


def _hosts(event: Any, theirs: OutcomeRows) -> tuple[tuple[str, str, UUID], ...]:
    """In each role whom the event names; where it names nobody, the parties of its outcomes in that role."""
    stated = {role: getattr(event, role) for role in BEHIND if getattr(event, role)}
    _known, parties, organisations, *_others = theirs.on_record
    silent = [role for role in BEHIND if role not in stated]
    found = {
        (one.role, organisations[one.organisation_id].name, outcome)
        for outcome, rows in parties.items()
        for one in rows
        if one.role in silent
    }
    found |= {(role.value, name, event.id) for role, name in stated.items()}
    return tuple(sorted(found, key=lambda line: (BEHIND.index(PartyRole(line[0])), line[1], str(line[2]))))
