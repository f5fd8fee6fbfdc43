"""What was put away: by whom, when and why, and the way back."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from crm.models import Account, Outcome, Record
from crm.permissions import may, subjects_of
from crm.queries.visibility import remember_cooperation, units_of
from crm.web.pages.archive_kinds import KINDS, Kind
from crm.web.pages.links import Link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import UNKNOWN, time_text


@dataclass(frozen=True, slots=True)
class ArchivedLine:
    """`restore` is empty where the reader may not; `sends`: what its form sends along, as (name, value)."""

    id: UUID
    record: Link
    kind: str
    archived: str
    who: str
    reason: str
    restore: str
    sends: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """`tabs` are (key, label, whether it is the one shown). `asks_reason`: bringing one back takes one. `again`: what
    that is called, `gone_on`: the heading of when each was put away. `here`: the address that leads back to it."""

    text: str
    show: str
    tabs: tuple[tuple[str, str, bool], ...]
    lines: tuple[ArchivedLine, ...]
    paging: Paging
    asks_reason: bool
    again: str
    gone_on: str
    here: str


def archive_page(text: str, show: str, number: str, reader: Account, today: date) -> ArchivePage:
    kinds = {key: kind for key, kind in KINDS.items() if not kind.of_few or may(reader, kind.verb)}
    show = show if show in kinds else "outcomes"
    kind = kinds[show]
    paging, rows = page_of(kind.whose(reader, kind.found(text)), number, {"q": text, "show": show})
    about = [one for row in rows for one in subjects_of(row) if isinstance(one, Outcome)]
    remember_cooperation(units_of(reader), about)
    told = _told(kind, rows)
    return ArchivePage(
        text,
        show,
        tuple((key, str(one.name), key == show) for key, one in kinds.items()),
        tuple(_line(row, told.get(row.pk), reader, kind, today) for row in rows),
        paging,
        kind.asks_reason,
        str(kind.again),
        str(kind.gone_on),
        f"{reverse('archive')}?show={show}",
    )


def place_of(record: Record) -> Link:
    """Where a record that is put away and brought back stands, by what it is called."""
    return next(kind.place for kind in KINDS.values() if kind.found("").model is type(record))(record)


def _told(kind: Kind, rows: list[Any]) -> dict[UUID, Any]:
    """The row of the history that put each one away: the earliest that says so, of the last time."""
    told: dict[UUID, Any] = {}
    before: set[UUID] = set()
    if rows:
        history = type(rows[0]).history.filter(id__in=[row.pk for row in rows])
        for change in history.select_related("history_user").order_by("-history_date", "-history_id"):
            if not kind.is_gone(change):
                before.add(change.id)
            elif change.id not in before:
                told[change.id] = change
    return told


def _line(record: Any, change: Any, reader: Account, kind: Kind, today: date) -> ArchivedLine:
    gone_at = record.archived_at or (change and change.history_date)
    may_restore = kind.may_return(record, today) and may(reader, kind.verb, record)
    return ArchivedLine(
        record.pk,
        kind.place(record),
        kind.about(record),
        time_text(gone_at) if gone_at else UNKNOWN,
        str(change.history_user) if change and change.history_user else UNKNOWN,
        (change.history_change_reason or UNKNOWN) if change else UNKNOWN,
        reverse(kind.restore, args=[record.pk]) if may_restore else "",
        kind.sends(record),
    )
