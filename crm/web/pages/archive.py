"""What was put away: by whom, when and why, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import Account, Outcome, Record, SavedFilter
from crm.models.labels import label
from crm.permissions import may, readable, subjects_of
from crm.queries import archived as queries
from crm.queries.chains import cause_of, effect_of
from crm.queries.visibility import remember_cooperation, units_of
from crm.values.evidence import Grade
from crm.values.measures import EventKind, OutcomeKind
from crm.web.pages.chains import linked
from crm.web.pages.links import Link, address_of, outcome_link, record_link
from crm.web.pages.paging import Paging, page_of
from crm.web.pages.targets import target_place
from crm.web.text import UNKNOWN, day_text, time_text, value_text


@dataclass(frozen=True, slots=True)
class ArchivedLine:
    """`restore` is empty where the reader may not."""

    id: UUID
    record: Link
    kind: str
    archived: str
    who: str
    reason: str
    restore: str


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """`tabs` are (key, label, whether it is the one shown). `asks_reason`: bringing one back takes one. `here`: the
    address that leads back to it."""

    text: str
    show: str
    tabs: tuple[tuple[str, str, bool], ...]
    lines: tuple[ArchivedLine, ...]
    paging: Paging
    asks_reason: bool
    here: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is put away. `place`: what each is called, with the page on which it stands; `about`: what is
    said beside it; `restore` and `verb`: the page that brings it back, and what that takes."""

    name: Promise
    found: Callable[[str], QuerySet[Any]]
    restore: str
    verb: str
    place: Callable[[Any], Link]
    about: Callable[[Any], str]
    asks_reason: bool = False


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
}
# One's own, of which the policy of records says nothing.
_OWN: Final = Kind(
    gettext_lazy("Kept filters"),
    queries.archived_outcomes,
    "filter-restore",
    "filter.save",
    lambda row: Link(row.name, f"{reverse(row.place)}?{row.query}"),
    lambda row: "",
)
_FILTERS: Final = "filters"


def archive_page(text: str, show: str, number: str, reader: Account) -> ArchivePage:
    show = show if show in KINDS or show == _FILTERS else "outcomes"
    kind = KINDS.get(show, _OWN)
    found: QuerySet[Any]
    found = queries.archived_filters(text, reader) if kind is _OWN else readable(reader, kind.found(text))
    paging, rows = page_of(found, number, {"q": text, "show": show})
    about = [one for row in rows for one in subjects_of(row) if isinstance(one, Outcome)]
    remember_cooperation(units_of(reader), about)
    told = _told(rows)
    tabs = [(key, one.name) for key, one in KINDS.items()] + [(_FILTERS, _OWN.name)]
    return ArchivePage(
        text,
        show,
        tuple((key, str(name), key == show) for key, name in tabs),
        tuple(_line(row, told.get(row.pk), reader, kind) for row in rows),
        paging,
        kind.asks_reason,
        f"{reverse('archive')}?show={show}",
    )


def place_of(record: Record) -> Link:
    """Where a record that is put away and brought back stands, by what it is called."""
    return next(kind.place for kind in KINDS.values() if kind.found("").model is type(record))(record)


def _told(rows: list[Any]) -> dict[UUID, Any]:
    """The row of the history that put each one away: the earliest that says so, of the last time."""
    told: dict[UUID, Any] = {}
    if rows:
        when = {row.pk: row.archived_at for row in rows}
        history = type(rows[0]).history.filter(id__in=list(when), archived_at__isnull=False)
        for change in history.select_related("history_user").order_by("-history_date", "-history_id"):
            if change.archived_at == when[change.id]:
                told[change.id] = change
    return told


def _line(record: Any, change: Any, reader: Account, kind: Kind) -> ArchivedLine:
    is_own = isinstance(record, SavedFilter)
    return ArchivedLine(
        record.pk,
        kind.place(record),
        kind.about(record),
        time_text(record.archived_at) if record.archived_at else UNKNOWN,
        str(change.history_user) if change and change.history_user else UNKNOWN,
        (change.history_change_reason or UNKNOWN) if change else UNKNOWN,
        reverse(kind.restore, args=[record.pk]) if is_own or may(reader, kind.verb, record) else "",
    )
