"""What is on record of one event and of its outcomes, as it was known at a time: read together, told elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crm.models import (
    Account,
    Concurrence,
    CooperatingUnit,
    Directive,
    Event,
    EventClaim,
    EventCost,
    FollowUp,
    Organisation,
    Outcome,
    Participation,
    Party,
    PitchEntry,
    Target,
)
from crm.values.measures import FollowUpStatus, PartyRole
from reports.figures.at_once import at_once, is_among, parts, records
from reports.figures.falling import every_unit
from reports.figures.standing import history

BEHIND: Final = (PartyRole.HOST, PartyRole.OPERATOR, PartyRole.SPONSOR)
FACTS: Final = (
    *("kind", "name", "name_en", "country", "city", "places", "starts_on", "ends_on", "lead_unit_id", "note"),
    *("pavilion", "pavilion_brand", "pavilion_operator", "pavilion_first_time", "pavilion_products"),
)
SUPPORT: Final = (
    *("pavilion", "from_region", "supported_by_city", "support_source", "support_amount", "support_currency"),
    "products",
)
_TARGET: Final = ("measure", "series", "kind", "currency", "source", "value")
_REQUEST: Final = ("org_unit_id", "mandatory", "answer", "overridden_at", "due_on")
_TASK: Final = ("title", "status", "due_on", "assignee_id", "org_unit_id", "outcome_id", "demonstration_id")


@dataclass(frozen=True, slots=True)
class EventRows:
    """Rows of the event itself and of its unarchived parts; `names` of all units, `organisations` of those that took
    part or pitched. `follow_ups` are the open ones of the event and of the directives given there."""

    names: Mapping[UUID, str]
    event: Any
    claims: list[Any]
    participations: list[Any]
    pitches: list[Any]
    targets: list[Any]
    costs: list[Any]
    follow_ups: list[Any]
    organisations: Mapping[UUID, Any]


@dataclass(frozen=True, slots=True)
class OutcomeRows:
    """By outcome: what is `written` of it, its parties and requests, and the names of the `cooperating` units, those of
    the outcomes that follow-ups are about among them. `follow_ups` are all open ones, `holders` the accounts by id."""

    written: Mapping[UUID, Any]
    parties: Mapping[UUID, list[Any]]
    organisations: Mapping[UUID, Any]
    cooperating: Mapping[UUID, tuple[str, ...]]
    requests: Mapping[UUID, list[Any]]
    follow_ups: list[Any]
    holders: Mapping[UUID, Any]


def event_rows(event: UUID, as_of: datetime) -> EventRows:
    """Raises KeyError where there is no such event."""
    taking_part, pitching, given = (
        history(model).filter(event_id=event) for model in (Participation, PitchEntry, Directive)
    )
    companies = taking_part.values("organisation_id").union(pitching.values("organisation_id"), all=True)
    units, own, claims, participations, pitches, targets, costs, directives, own_tasks, their_tasks, names = at_once(
        as_of,
        every_unit(),
        records(Event, [event], "history_date", *FACTS, *BEHIND),
        parts(EventClaim, "event", [event], as_of, "measure", "value", "as_of", "source", "status"),
        parts(Participation, "event", [event], as_of, "organisation_id", *SUPPORT),
        parts(PitchEntry, "event", [event], as_of, "organisation_id", "title", "round", "status", "place", "award"),
        parts(Target, "event", [event], as_of, *_TARGET),
        parts(EventCost, "event", [event], as_of, "item", "payer", "amount", "currency", "source"),
        parts(Directive, "event", [event], as_of),
        parts(FollowUp, "event", [event], as_of, *_TASK),
        parts(FollowUp, "directive", given.values("id"), as_of, *_TASK),
        records(Organisation, companies, "name"),
    )
    given_there = {row.id for row in directives.get(event, ())}
    theirs = [row for directive, rows in their_tasks.items() if directive in given_there for row in rows]
    return EventRows(
        names=units.names,
        event=own[event],
        claims=claims.get(event, []),
        participations=participations.get(event, []),
        pitches=pitches.get(event, []),
        targets=targets.get(event, []),
        costs=costs.get(event, []),
        follow_ups=_open([*own_tasks.get(event, ()), *theirs]),
        organisations=names,
    )


def outcome_rows(outcomes: Sequence[UUID], of_event: EventRows, as_of: datetime) -> OutcomeRows:
    """Of the outcomes that fall to the event."""
    about = {*outcomes, *(row.outcome_id for row in of_event.follow_ups if row.outcome_id)}
    among = is_among("outcome_id", outcomes)
    companies = history(Party).filter(among).values("organisation_id")
    taken = history(FollowUp).filter(among | is_among("id", (row.id for row in of_event.follow_ups)))
    written, parties, names, cooperating, requests, tasks, holders = at_once(
        as_of,
        records(Outcome, outcomes, "content", "signed_at_place"),
        parts(Party, "outcome", outcomes, as_of, "organisation_id", "role"),
        records(Organisation, companies, "name"),
        parts(CooperatingUnit, "outcome", about, as_of, "org_unit_id"),
        parts(
            Concurrence, "outcome", outcomes, as_of, *("org_unit_id", "mandatory", "answer", "overridden_at", "due_on")
        ),
        parts(FollowUp, "outcome", outcomes, as_of, *_TASK),
        records(Account, taken.order_by().values("assignee_id"), "org_unit_id"),
    )
    return OutcomeRows(
        written,
        parties,
        names,
        {pk: tuple(of_event.names[row.org_unit_id] for row in rows) for pk, rows in cooperating.items()},
        requests,
        _open([*of_event.follow_ups, *(row for rows in tasks.values() for row in rows)]),
        holders,
    )


def _open(rows: Iterable[Any]) -> list[Any]:
    return list({row.id: row for row in rows if row.status == FollowUpStatus.OPEN}.values())
