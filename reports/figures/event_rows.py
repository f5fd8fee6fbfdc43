"""What is on record of one event and of its outcomes, as it was known at a time: read together, told elsewhere."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from crm.models import (
    Account,
    Concurrence,
    Consultation,
    CooperatingUnit,
    Directive,
    Event,
    EventClaim,
    EventCost,
    FollowUp,
    Organisation,
    Participation,
    PitchEntry,
    Target,
)
from crm.values.measures import FollowUpStatus, PartyRole
from reports.figures.at_once import Wanted, at_once, is_among, last_of, parts, records
from reports.figures.falling import every_unit
from reports.figures.outcomes import HEAD_READ, on_record_of
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
_WRITTEN: Final = ("content", "signed_at_place")
_TASK: Final = ("title", "status", "due_on", "assignee_id", "org_unit_id", "outcome_id", "demonstration_id")


@dataclass(frozen=True, slots=True)
class EventRows:
    """Rows of the event itself and of its unarchived parts; `names` of all units, `organisations` of those that took
    part, pitched or talked. `follow_ups` are the open ones of the event and of the directives given there, `talks` the
    consultations held there. `of_its_kind` are all events that were ever of its kind, archived or not."""

    names: Mapping[UUID, str]
    event: Any
    claims: list[Any]
    participations: list[Any]
    pitches: list[Any]
    targets: list[Any]
    costs: list[Any]
    follow_ups: list[Any]
    organisations: Mapping[UUID, Any]
    talks: list[Any]
    of_its_kind: list[Any]


@dataclass(frozen=True, slots=True)
class OutcomeRows:
    """By outcome: what is `on_record` of it, as `outcomes.figures_of` takes it, its requests, and the names of the
    `cooperating` units, those of the outcomes that follow-ups are about among them. `follow_ups` are all open ones,
    those of the event too, `holders` the accounts by id."""

    on_record: Sequence[Mapping[UUID, Any]]
    cooperating: Mapping[UUID, tuple[str, ...]]
    requests: Mapping[UUID, list[Any]]
    follow_ups: list[Any]
    holders: Mapping[UUID, Any]


def event_rows(event: UUID, as_of: datetime, *others: Wanted) -> tuple[EventRows, list[Any]]:
    """And what is read of others with them. Raises KeyError where there is no such event."""
    taking_part, pitching, given = (
        history(model).filter(event_id=event) for model in (Participation, PitchEntry, Directive)
    )
    talked, its_kind = history(Consultation).filter(event_id=event), history(Event).filter(id=event).values("kind")
    present = [rows.values("organisation_id") for rows in (taking_part, pitching)]
    companies = present[0].union(present[1], talked.values("exhibitor_id"), talked.values("buyer_id"), all=True)
    kind = Q(id__in=history(Event).filter(kind__in=its_kind).values("id"))
    found = at_once(
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
        talks_of(event),
        last_of(Event, kind, as_of, "archived_at", "kind", "name", "starts_on"),
        *others,
    )
    units, own, claims, participations, pitches, targets, costs, directives, own_tasks, their_tasks, *rest = found
    names, talks, of_its_kind, *others_found = rest
    given_there = {row.id for row in directives.get(event, ())}
    theirs = [row for directive, rows in their_tasks.items() if directive in given_there for row in rows]
    rows = EventRows(
        names=units.names,
        event=own[event],
        claims=claims.get(event, []),
        participations=participations.get(event, []),
        pitches=pitches.get(event, []),
        targets=targets.get(event, []),
        costs=costs.get(event, []),
        follow_ups=_open([*own_tasks.get(event, ()), *theirs]),
        organisations=names,
        talks=held_there(event, talks),
        of_its_kind=of_its_kind,
    )
    return rows, others_found


def talks_of(event: UUID) -> Wanted:
    """All consultations that ever were of the event, for `held_there`."""
    ever = history(Consultation).filter(event_id=event).values("id")
    return records(Consultation, ever, "event_id", "exhibitor_id", "buyer_id")


def held_there(event: UUID, talks: Mapping[UUID, Any]) -> list[Any]:
    """Those that were, as known at the time."""
    return [row for row in talks.values() if row.event_id == event]


def outcome_rows(
    outcomes: Collection[UUID], of_event: EventRows, as_of: datetime, *others: Wanted
) -> tuple[OutcomeRows, list[Any]]:
    """Of outcomes that may fall to the event; and what is read of others with them."""
    about = {*outcomes, *(row.outcome_id for row in of_event.follow_ups if row.outcome_id)}
    among = is_among("outcome_id", outcomes)
    taken = history(FollowUp).filter(among | is_among("id", (row.id for row in of_event.follow_ups)))
    on_record = on_record_of(outcomes, as_of, *HEAD_READ, *_WRITTEN)
    found = at_once(
        as_of,
        *on_record,
        parts(CooperatingUnit, "outcome", about, as_of, "org_unit_id"),
        parts(
            Concurrence, "outcome", outcomes, as_of, *("org_unit_id", "mandatory", "answer", "overridden_at", "due_on")
        ),
        parts(FollowUp, "outcome", outcomes, as_of, *_TASK),
        records(Account, taken.order_by().values("assignee_id"), "org_unit_id"),
        *others,
    )
    cooperating, requests, tasks, holders, *others_found = found[len(on_record) :]
    rows = OutcomeRows(
        found[: len(on_record)],
        {pk: tuple(of_event.names[row.org_unit_id] for row in rows) for pk, rows in cooperating.items()},
        requests,
        _open([*of_event.follow_ups, *(row for rows in tasks.values() for row in rows)]),
        holders,
    )
    return rows, others_found


def only(rows: OutcomeRows, outcomes: Collection[UUID], of_event: EventRows) -> OutcomeRows:
    """Those of them that do fall to the event. What a follow-up of the event is about stays, whatever it is."""
    known, parties, *names = rows.on_record
    own, of_outcomes = {row.id for row in of_event.follow_ups}, set(outcomes)
    return OutcomeRows(
        [known, {pk: theirs for pk, theirs in parties.items() if pk in of_outcomes}, *names],
        rows.cooperating,
        {pk: theirs for pk, theirs in rows.requests.items() if pk in of_outcomes},
        [row for row in rows.follow_ups if row.id in own or row.outcome_id in of_outcomes],
        rows.holders,
    )


def _open(rows: Iterable[Any]) -> list[Any]:
    return list({row.id: row for row in rows if row.status == FollowUpStatus.OPEN}.values())
