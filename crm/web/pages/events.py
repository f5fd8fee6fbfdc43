"""The pages of events: the list, and one event with what it brought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.models import Account, Attribution, Directive, Event, EventClaim, Participation
from crm.models.labels import claimed, label
from crm.permissions import may, readable
from crm.queries import events as queries
from crm.queries.outcome_lists import OutcomesAsked, outcomes_asked
from crm.queries.work_lists import follow_ups_listed
from crm.values.measures import (
    AttributionRole,
    ClaimStatus,
    EventKind,
    Measure,
    OutcomeKind,
    PartyRole,
    Pavilion,
    Standing,
)
from crm.values.money import format_number
from crm.web.countries import country_name
from crm.web.forms.events import EventsForm
from crm.web.pages.consultations import ConsultationLine, consultation_line
from crm.web.pages.documents import DocumentLine, changeable, document_lines
from crm.web.pages.follow_ups import FollowUpLine, follow_up_lines
from crm.web.pages.links import Badge, Fact, Link, address_of, organisation_link
from crm.web.pages.listing import ListColumn, Listing
from crm.web.pages.outcome_lines import OutcomeLine, outcome_line, rows_for
from crm.web.pages.paging import in_order
from crm.web.text import UNKNOWN, day_text, days_text, value_text
from reports.figures.standing import sums

# What an event's own page shows; the list of outcomes shows the rest.
LONGEST: Final = 100


EVENTS: Final = Listing(
    place="events",
    export="events-export",
    heading=gettext_lazy("Events"),
    nothing=gettext_lazy("No event matches these filters."),
    columns=(
        ListColumn(
            "name",
            gettext_lazy("Event"),
            lambda row: row.name,
            weight=1.6,
            link=lambda row: address_of("event", row.pk),
        ),
        ListColumn("name_en", gettext_lazy("English name"), lambda row: row.name_en, weight=1.6),
        ListColumn("kind", pgettext_lazy("page", "Kind"), lambda row: label(EventKind(row.kind))),
        ListColumn("starts_on", gettext_lazy("First day"), lambda row: row.starts_on, "date"),
        ListColumn("ends_on", gettext_lazy("Last day"), lambda row: row.ends_on, "date"),
        ListColumn("days", gettext_lazy("Days"), lambda row: days_text(row.starts_on, row.ends_on), weight=1.4),
        ListColumn("place", gettext_lazy("Place"), lambda row: _place(row)),
        ListColumn("lead_unit", gettext_lazy("Lead unit"), lambda row: str(row.lead_unit or "")),
        ListColumn("host", gettext_lazy("Host"), lambda row: row.host, weight=1.4),
        ListColumn("operator", gettext_lazy("Operator"), lambda row: row.operator, weight=1.4),
        ListColumn("sponsor", gettext_lazy("Sponsor"), lambda row: row.sponsor, weight=1.4),
        ListColumn(
            "pavilion", gettext_lazy("Pavilion"), lambda row: label(Pavilion(row.pavilion)) if row.pavilion else ""
        ),
        ListColumn(
            "outcomes",
            gettext_lazy("Outcomes"),
            lambda row: row.outcome_count,
            "integer",
            link=lambda row: f"{reverse('outcomes')}?event={row.pk}",
        ),
        ListColumn("id", gettext_lazy("Identifier"), lambda row: str(row.pk), weight=1.5),
    ),
    usual=("name", "kind", "days", "place", "outcomes"),
    form=EventsForm,
    found=lambda asking: queries.with_counts(queries.events_asked(asking.form.asked())),
)


@dataclass(frozen=True, slots=True)
class KindGroup:
    """The outcomes of one kind. `counts` are the ledger's, by standing. `all` leads to the list of them where a long
    event shows only some."""

    kind: str
    all: str
    counts: tuple[Badge, ...]
    outcomes: tuple[OutcomeLine, ...]


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A stated share of an outcome that falls to the event. `share` in per cent, as text."""

    outcome: Link
    role: str
    share: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    id: UUID
    value: str
    source: str
    as_of: str
    status: Badge
    may_confirm: bool
    may_archive: bool


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """What sources say about one thing. `is_contradiction`: they don't say the same."""

    measure: str
    is_contradiction: bool
    claims: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True)
class ParticipationLine:
    id: UUID
    organisation: Link
    pavilion: str
    products: str
    support: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """What it reached and cost, who was there and what is to be done about it come later, by their own addresses.
    `report`: where its performance report is, empty for who may not read reports."""

    id: UUID
    name: str
    kind: str
    facts: tuple[Fact, ...]
    note: str
    groups: tuple[KindGroup, ...]
    claims: tuple[ClaimGroup, ...]
    is_competition: bool
    report: str
    archived: str
    may_edit: bool
    may_restore: bool
    may_claim: bool
    may_record_outcome: bool


@dataclass(frozen=True, slots=True)
class EventPart:
    """Who was there, what was talked about, what is to be done. `today` is what a follow-up's day of completion begins
    with."""

    id: UUID
    today: str
    shares: tuple[ShareLine, ...]
    participations: tuple[ParticipationLine, ...]
    consultations: tuple[ConsultationLine, ...]
    directives: tuple[Fact, ...]
    follow_ups: tuple[FollowUpLine, ...]
    documents: tuple[DocumentLine, ...]
    may_direct: bool
    may_exhibit: bool
    may_consult: bool
    may_change_exhibits: bool


def event_page(event: Event, reader: Account) -> EventPage:
    is_present = event.archived_at is None
    return EventPage(
        id=event.pk,
        name=event.name,
        kind=label(EventKind(event.kind)),
        facts=_facts(event),
        note=event.note,
        groups=_kind_groups(event, reader),
        claims=_claim_groups(queries.claims_of(event), is_present and may(reader, "event.claim", event)),
        is_competition=event.kind == EventKind.PITCH_COMPETITION,
        report=_report(event) if may(reader, "report.export") else "",
        archived=day_text(localdate(event.archived_at)) if event.archived_at else "",
        may_edit=is_present and may(reader, "event.update", event),
        may_restore=not is_present and may(reader, "event.update", event),
        may_claim=is_present and may(reader, "event.claim", event),
        may_record_outcome=is_present and may(reader, "outcome.record"),
    )


def event_part(event: Event, reader: Account, today: date) -> EventPart:
    is_present = event.archived_at is None
    may_change = is_present and may(reader, "consultation.update", event)
    documents = readable(reader, queries.documents_of(event))
    return EventPart(
        id=event.pk,
        today=today.isoformat(),
        shares=tuple(_share(a) for a in readable(reader, queries.attributions_to(event))[:LONGEST]),
        participations=tuple(_participation(p) for p in queries.participations_of(event)),
        may_change_exhibits=is_present and may(reader, "participation.update", event),
        consultations=tuple(consultation_line(c, may_change=may_change) for c in queries.consultations_of(event)),
        directives=tuple(
            Fact(day_text(d.given_on), d.text, _directive_links(d, reader)) for d in queries.directives_of(event)
        ),
        follow_ups=follow_up_lines(follow_ups_listed(readable(reader, queries.follow_ups_of(event))), reader, today),
        documents=document_lines(documents, changeable=changeable(reader, documents)),
        may_direct=is_present and event.kind == EventKind.BRIEFING and may(reader, "directive.record", event),
        may_exhibit=is_present and may(reader, "participation.record"),
        may_consult=is_present and may(reader, "consultation.record"),
    )


def _report(event: Event) -> str:
    return f"{reverse('reports:report', args=['performance'])}?event={event.pk}"


def _directive_links(directive: Directive, reader: Account) -> tuple[Link, ...]:
    """The unit that leads it, and the way to plan more for it."""
    unit = (Link(str(directive.lead_unit)),) if directive.lead_unit else ()
    if not may(reader, "follow_up.plan", directive):
        return unit
    return (*unit, Link(_("Plan a follow-up"), address_of("directive-follow-up", directive.pk)))


def _place(event: Event) -> str:
    city = event.city or ", ".join(event.places)
    return " · ".join(part for part in (city, country_name(event.country) if event.country else "") if part) or UNKNOWN


def _facts(event: Event) -> tuple[Fact, ...]:
    first_time = {True: _("Yes"), False: _("No"), None: ""}[event.pavilion_first_time]
    optional = (
        Fact(_("English name"), event.name_en),
        Fact(label(PartyRole.HOST), event.host),
        Fact(label(PartyRole.OPERATOR), event.operator),
        Fact(label(PartyRole.SPONSOR), event.sponsor),
        Fact(_("Time zone"), event.timezone),
        Fact(_("Pavilion"), label(Pavilion(event.pavilion)) if event.pavilion else ""),
        Fact(_("Pavilion brand"), event.pavilion_brand),
        Fact(_("Pavilion operator"), event.pavilion_operator),
        Fact(_("First pavilion of its kind"), first_time),
        Fact(
            _("Products shown"), format_number(event.pavilion_products) if event.pavilion_products is not None else ""
        ),
    )
    return (
        Fact(_("Days"), days_text(event.starts_on, event.ends_on)),
        Fact(_("Place"), _place(event)),
        Fact(_("Lead unit"), str(event.lead_unit) if event.lead_unit else UNKNOWN),
        *(fact for fact in optional if fact.text),
    )


def _kind_groups(event: Event, reader: Account) -> tuple[KindGroup, ...]:
    counts: dict[str, dict[str, Any]] = {}
    for row in sums(queries.count_entries_of(event), Measure.COUNT, "kind", "standing"):
        counts.setdefault(row["kind"], {})[row["standing"]] = row["total"]
    asked = readable(reader, outcomes_asked(OutcomesAsked(event=event.pk, order="kind")))
    rows = in_order(list(asked.values_list("pk", flat=True)[: LONGEST + 1]), rows_for(reader))
    kinds = {kind: [outcome_line(o) for o in rows[:LONGEST] if o.kind == kind] for kind in OutcomeKind}
    every = f"{reverse('outcomes')}?event={event.pk}&kind=" if len(rows) > LONGEST else ""
    return tuple(
        KindGroup(label(kind), every and every + kind, _count_badges(counts.get(kind, {})), tuple(lines))
        for kind, lines in kinds.items()
        if lines or counts.get(kind)
    )


def _share(attribution: Attribution) -> ShareLine:
    outcome = attribution.outcome
    link = Link(outcome.title, address_of("outcome", outcome.pk))
    return ShareLine(link, label(AttributionRole(attribution.role)), f"{format_number(attribution.share)}%")


def _count_badges(counts: Mapping[str, Any]) -> tuple[Badge, ...]:
    tones = {Standing.CONFIRMED: "good", Standing.PROVISIONAL: "calm", Standing.UNCONFIRMED: "warn"}
    return tuple(
        Badge(f"{label(standing)} {format_number(counts[standing])}", tones[standing])
        for standing in Standing
        if counts.get(standing)
    )


_CLAIM_TONES = {
    ClaimStatus.CONFIRMED: "good",
    ClaimStatus.DISPUTED: "bad",
    ClaimStatus.SUPERSEDED: "calm",
    ClaimStatus.UNREVIEWED: "warn",
}


def _claim_groups(claims: Iterable[EventClaim], may_claim: bool) -> tuple[ClaimGroup, ...]:
    found = []
    for measure, rows in groupby(claims, key=lambda claim: claim.measure):
        lines = tuple(_claim(claim, may_claim) for claim in rows)
        found.append(ClaimGroup(claimed(measure), len({line.value for line in lines}) > 1, lines))
    return tuple(found)


def _claim(claim: EventClaim, may_claim: bool) -> ClaimLine:
    status = ClaimStatus(claim.status)
    return ClaimLine(
        id=claim.pk,
        value=claim.value,
        source=claim.source,
        as_of=day_text(claim.as_of),
        status=Badge(label(status), _CLAIM_TONES[status]),
        may_confirm=may_claim and status != ClaimStatus.CONFIRMED,
        may_archive=may_claim,
    )


def _participation(participation: Participation) -> ParticipationLine:
    amount = participation.support_amount
    support = value_text(amount, participation.support_currency) if amount is not None else ""
    return ParticipationLine(
        id=participation.pk,
        organisation=organisation_link(participation.organisation),
        pavilion=label(Pavilion(participation.pavilion)) if participation.pavilion else UNKNOWN,
        products=participation.products or UNKNOWN,
        support=" · ".join(part for part in (participation.support_source, support) if part) or UNKNOWN,
    )
