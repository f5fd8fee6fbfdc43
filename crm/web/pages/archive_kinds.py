"""The kinds of what is put away, ended or stopped: where each stands, and what brings it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import Account
from crm.models.labels import claimed, label
from crm.permissions import may, readable
from crm.queries import archived as queries
from crm.queries.chains import cause_of, effect_of
from crm.values.concurrence import Capacity
from crm.values.evidence import Grade
from crm.values.measures import EventKind, FollowUpStatus, OutcomeKind, Role
from crm.web.pages.chains import linked
from crm.web.pages.links import Link, address_of, outcome_link, record_link
from crm.web.pages.targets import target_place
from crm.web.text import day_text, time_text, value_text

_RESTORE: Final = gettext_lazy("Restore")
_ARCHIVED_ON: Final = gettext_lazy("Archived on")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is put away. `place`: what each is called, with the page on which it stands; `about`: what is
    said beside it; `restore` and `verb`: the page that brings it back, and what that takes; `again`: what that is
    called; `sends`: what its form sends along; `whose`: those of them that the reader is shown. `is_gone` asks a row
    of the record or of its history, `may_return` whether it still can. `of_few`: the others are not even asked about
    it."""

    name: Promise
    found: Callable[[str], QuerySet[Any]]
    restore: str
    verb: str
    place: Callable[[Any], Link]
    about: Callable[[Any], str]
    asks_reason: bool = False
    again: Promise = _RESTORE
    gone_on: Promise = _ARCHIVED_ON
    whose: Callable[[Account, QuerySet[Any]], QuerySet[Any]] = readable
    is_gone: Callable[[Any], bool] = lambda row: row.archived_at is not None
    may_return: Callable[[Any, date], bool] = lambda row, today: True
    sends: Callable[[Any], tuple[tuple[str, object], ...]] = lambda row: ()
    of_few: bool = False


def _document_place(document: Any) -> Link:
    about = document.outcome or document.event or document.organisation
    return Link(document.title, record_link(about).address)


def _cost_about(cost: Any) -> str:
    return f"{cost.event} · {value_text(cost.amount, cost.currency)}"


def _target_place(target: Any) -> Link:
    name, argument = target_place(target)
    return Link(str(target) or _("The whole city"), reverse(name, args=[argument]))


KINDS: Final[dict[str, Kind]] = {
    "outcomes": Kind(
        gettext_lazy("Outcomes"),
        queries.archived_outcomes,
        "outcome-restore",
        "record.restore",
        outcome_link,
        lambda row: label(OutcomeKind(row.kind)),
        asks_reason=True,
    ),
    "events": Kind(
        gettext_lazy("Events"),
        queries.archived_events,
        "event-restore",
        "event.update",
        record_link,
        lambda row: f"{label(EventKind(row.kind))} · {day_text(row.starts_on)}",
    ),
    "claims": Kind(
        gettext_lazy("What sources say"),
        queries.archived_claims,
        "claim-restore",
        "event.claim",
        lambda row: Link(f"{claimed(row.measure)}: {row.value}", address_of("event", row.event_id)),
        lambda row: f"{row.event} · {row.source}",
    ),
    "participations": Kind(
        gettext_lazy("Participations"),
        queries.archived_participations,
        "participation-restore",
        "participation.update",
        lambda row: Link(row.organisation.name, address_of("event", row.event_id)),
        lambda row: row.event.name,
    ),
    "consultations": Kind(
        gettext_lazy("Consultations"),
        queries.archived_consultations,
        "consultation-restore",
        "consultation.update",
        lambda row: Link(str(row), address_of("event", row.event_id)),
        lambda row: f"{row.event} · {day_text(row.met_on)}",
    ),
    "documents": Kind(
        gettext_lazy("Evidence"),
        queries.archived_documents,
        "document-restore",
        "document.update",
        _document_place,
        lambda row: f"{row.outcome or row.event or row.organisation} · {label(Grade(row.grade))}",
    ),
    "organisations": Kind(
        gettext_lazy("Organisations"),
        queries.archived_organisations,
        "organisation-restore",
        "organisation.update",
        record_link,
        lambda row: " · ".join(told for told in (row.name_en, row.region, row.sector) if told),
    ),
    "aliases": Kind(
        gettext_lazy("Other names"),
        queries.archived_aliases,
        "alias-restore",
        "organisation.update",
        lambda row: Link(row.name, address_of("organisation", row.organisation_id)),
        lambda row: row.organisation.name,
    ),
    "demonstrations": Kind(
        gettext_lazy("Demonstrations"),
        queries.archived_demonstrations,
        "demonstration-restore",
        "record.restore",
        linked,
        lambda row: _("Demonstration"),
        asks_reason=True,
    ),
    "pitches": Kind(
        gettext_lazy("Pitches"),
        queries.archived_pitches,
        "pitch-restore",
        "record.restore",
        linked,
        lambda row: str(row.event),
        asks_reason=True,
    ),
    "links": Kind(
        gettext_lazy("What came of what"),
        queries.archived_links,
        "chain-restore",
        "chain.link",
        lambda row: Link(f"{cause_of(row)} → {effect_of(row)}", linked(effect_of(row)).address),
        lambda row: row.note,
    ),
    "targets": Kind(
        gettext_lazy("Targets"),
        queries.archived_targets,
        "target-restore",
        "target.set",
        _target_place,
        lambda row: f"{value_text(row.value, row.currency)} · {row.source}",
    ),
    "costs": Kind(
        gettext_lazy("Costs"),
        queries.archived_costs,
        "cost-restore",
        "event.update",
        lambda row: Link(row.item, address_of("event", row.event_id)),
        _cost_about,
    ),
    # One's own, of which the policy of records says nothing.
    "filters": Kind(
        gettext_lazy("Kept filters"),
        queries.archived_filters,
        "filter-restore",
        "filter.save",
        lambda row: Link(row.name, f"{reverse(row.place)}?{row.query}"),
        lambda row: "",
        whose=lambda reader, found: found.filter(owner=reader),
    ),
    "follow-ups": Kind(
        gettext_lazy("Follow-ups dropped"),
        queries.dropped_follow_ups,
        "follow-up-reopen",
        "follow_up.update",
        record_link,
        lambda row: str(row.outcome or row.demonstration or ""),
        again=gettext_lazy("Open again"),
        gone_on=gettext_lazy("Ended on"),
        is_gone=lambda row: row.status == FollowUpStatus.DROPPED,
        sends=lambda row: (("version", row.version),),
    ),
    "delegations": Kind(
        gettext_lazy("Delegations"),
        queries.ended_delegations,
        "delegation-resume",
        "delegation.give",
        lambda row: Link(str(row.deputy), reverse("delegations")),
        lambda row: f"{row.giver} · {label(Capacity(row.capacity))}",
        again=gettext_lazy("Resume"),
        gone_on=gettext_lazy("Ended on"),
        whose=lambda reader, found: found if reader.role == Role.ADMINISTRATOR else found.filter(giver=reader),
        may_return=lambda row, today: row.until_on is None or row.until_on >= today,
        of_few=True,
    ),
    "calendars": Kind(
        gettext_lazy("My calendar"),
        queries.closed_calendars,
        "calendar-reopen",
        "calendar.open",
        lambda row: Link(_("My calendar"), reverse("calendar")),
        lambda row: f"{_('Open since')} {time_text(row.created_at)}",
        again=gettext_lazy("Open again"),
        gone_on=gettext_lazy("Ended on"),
        whose=lambda reader, found: found.filter(account=reader),
        is_gone=lambda row: row.revoked_at is not None,
        of_few=True,
    ),
    "schedules": Kind(
        gettext_lazy("Report schedules"),
        queries.stopped_schedules,
        "reports:schedule-resume",
        "report.schedule",
        lambda row: Link(row.name, reverse("reports:schedule", args=[row.pk])),
        lambda row: "",
        again=gettext_lazy("Resume"),
        gone_on=gettext_lazy("Ended on"),
        whose=lambda reader, found: found if may(reader, "report.schedule") else found.none(),
        is_gone=lambda row: not row.is_active,
        sends=lambda row: (("version", row.version),),
        of_few=True,
    ),
    "webhooks": Kind(
        gettext_lazy("Webhooks"),
        queries.webhooks_off,
        "webhook-on",
        "webhook.switch",
        lambda row: Link(row.label, reverse("webhook", args=[row.pk])),
        lambda row: row.address,
        again=gettext_lazy("Switch on"),
        gone_on=gettext_lazy("Ended on"),
        is_gone=lambda row: not row.is_active,
        of_few=True,
    ),
}
