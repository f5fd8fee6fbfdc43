"""What was put away: by whom, when and why, and the way back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from crm.models import Account, Outcome
from crm.models.labels import label
from crm.permissions import may, readable
from crm.queries.search import archived_outcomes
from crm.queries.visibility import remember_cooperation, units_of
from crm.values.measures import OutcomeKind
from crm.web.pages.links import Link, outcome_link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import UNKNOWN, time_text


@dataclass(frozen=True, slots=True)
class ArchivedLine:
    """`restore` is empty where the reader may not."""

    outcome: Link
    kind: str
    archived: str
    who: str
    reason: str
    restore: str


@dataclass(frozen=True, slots=True)
class ArchivePage:
    text: str
    lines: tuple[ArchivedLine, ...]
    paging: Paging


def archive_page(text: str, number: str, reader: Account) -> ArchivePage:
    paging, rows = page_of(readable(reader, archived_outcomes(text)), number, {"q": text})
    remember_cooperation(units_of(reader), rows)
    told: dict[UUID, Any] = {}
    history = Outcome.history.filter(id__in=[row.pk for row in rows], archived_at__isnull=False)
    for change in history.select_related("history_user").order_by("-history_date", "-history_id"):
        # The earliest row that says so, of the last time that it was put away.
        if change.archived_at == next(row.archived_at for row in rows if row.pk == change.id):
            told[change.id] = change
    return ArchivePage(text, tuple(_line(row, told.get(row.pk), reader) for row in rows), paging)


def _line(outcome: Outcome, change: Any, reader: Account) -> ArchivedLine:

    return ArchivedLine(
        outcome_link(outcome),
        label(OutcomeKind(outcome.kind)),
        time_text(outcome.archived_at) if outcome.archived_at else UNKNOWN,
        str(change.history_user) if change and change.history_user else UNKNOWN,
        (change.history_change_reason or UNKNOWN) if change else UNKNOWN,
        reverse("outcome-restore", args=[outcome.pk]) if may(reader, "record.restore", outcome) else "",
    )
