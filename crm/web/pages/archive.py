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

from crm.models import Account, Demonstration, Outcome, PitchEntry
from crm.models.labels import label
from crm.permissions import may, readable
from crm.queries.search import archived_demonstrations, archived_outcomes, archived_pitches
from crm.queries.visibility import remember_cooperation, units_of
from crm.values.measures import OutcomeKind
from crm.web.pages.chains import linked
from crm.web.pages.links import Link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import UNKNOWN, time_text

Archived = Outcome | Demonstration | PitchEntry


@dataclass(frozen=True, slots=True)
class ArchivedLine:
    """`restore` is empty where the reader may not."""

    record: Link
    kind: str
    archived: str
    who: str
    reason: str
    restore: str


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """`tabs` are (key, label, whether it is the one shown)."""

    text: str
    show: str
    tabs: tuple[tuple[str, str, bool], ...]
    lines: tuple[ArchivedLine, ...]
    paging: Paging


_SHOWN: Final[dict[str, tuple[Promise, Callable[[str], QuerySet[Any]], str]]] = {
    "outcomes": (gettext_lazy("Outcomes"), archived_outcomes, "outcome-restore"),
    "demonstrations": (gettext_lazy("Demonstrations"), archived_demonstrations, "demonstration-restore"),
    "pitches": (gettext_lazy("Pitches"), archived_pitches, "pitch-restore"),
}


def archive_page(text: str, show: str, number: str, reader: Account) -> ArchivePage:
    show = show if show in _SHOWN else "outcomes"
    _name, found, restore = _SHOWN[show]
    paging, rows = page_of(readable(reader, found(text)), number, {"q": text, "show": show})
    if show == "outcomes":
        remember_cooperation(units_of(reader), rows)
    told = _told(rows)
    tabs = tuple((key, str(name), key == show) for key, (name, _found, _restore) in _SHOWN.items())
    return ArchivePage(text, show, tabs, tuple(_line(row, told.get(row.pk), reader, restore) for row in rows), paging)


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


def _line(record: Archived, change: Any, reader: Account, restore: str) -> ArchivedLine:
    return ArchivedLine(
        linked(record),
        _kind(record),
        time_text(record.archived_at) if record.archived_at else UNKNOWN,
        str(change.history_user) if change and change.history_user else UNKNOWN,
        (change.history_change_reason or UNKNOWN) if change else UNKNOWN,
        reverse(restore, args=[record.pk]) if may(reader, "record.restore", record) else "",
    )


def _kind(record: Archived) -> str:
    if isinstance(record, Outcome):
        return label(OutcomeKind(record.kind))
    return _("Demonstration") if isinstance(record, Demonstration) else str(record.event)
