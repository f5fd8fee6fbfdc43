"""Many outcomes at once: what each one has, and what it would become."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from crm.models import Account, BulkChange, Event, OrgUnit, Outcome
from crm.models.labels import label
from crm.permissions import may
from crm.values.measures import Disclosure
from crm.web.text import UNKNOWN, time_text


@dataclass(frozen=True, slots=True)
class BulkLine:
    """`refused` says why this one stays as it is; then nothing can be applied."""

    id: UUID
    title: str
    version: int
    before: str
    after: str
    changes: bool
    refused: str


@dataclass(frozen=True, slots=True)
class BulkPage:
    """`is_previewed`: a field and value were chosen, and `after` says what would become of each."""

    lines: tuple[BulkLine, ...]
    is_previewed: bool
    may_apply: bool


def bulk_page(outcomes: Iterable[Outcome], reader: Account, column: str = "", value: Any = None) -> BulkPage:
    lines = tuple(_line(outcome, reader, column, value) for outcome in outcomes)
    return BulkPage(lines, bool(column), bool(column and lines) and not any(line.refused for line in lines))


def _line(outcome: Outcome, reader: Account, column: str, value: Any) -> BulkLine:
    before = shown(column, getattr(outcome, column)) if column else ""
    after = shown(column, value) if column else ""
    allowed = outcome.archived_at is None and may(reader, "outcome.update", outcome)
    refused = "" if allowed else _("Not yours to change")
    return BulkLine(outcome.pk, outcome.title, outcome.version, before, after, before != after, refused)


def shown(column: str, value: Any) -> str:
    """The value in words."""
    if value in (None, ""):
        return UNKNOWN
    return label(Disclosure(value)) if column == "disclosure_level" else str(value)


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A change of many that was made. `lines` are (title, address id, before, after)."""

    id: UUID
    column: str
    when: str
    who: str
    reason: str
    undone: str
    lines: tuple[tuple[str, str, str, str], ...]
    may_undo: bool


def change_page(change: BulkChange, reader: Account) -> ChangePage:
    names = _names(change)

    def said(value: str) -> str:
        return names.get(value) or shown(change.column, value)

    lines = tuple((line["title"], line["id"], said(line["before"]), said(line["after"])) for line in change.lines)
    return ChangePage(
        id=change.pk,
        column=str(Outcome._meta.get_field(change.column).verbose_name),  # type: ignore[union-attr]
        when=time_text(change.created_at),
        who=str(change.author),
        reason=change.reason,
        undone=time_text(change.undone_at) if change.undone_at else "",
        lines=lines,
        may_undo=change.undone_at is None and change.author_id == reader.pk,
    )


def _names(change: BulkChange) -> Mapping[str, str]:
    """What the ids of units and events are called."""
    ids = {line[side] for line in change.lines for side in ("before", "after") if line[side]}
    if change.column == "lead_unit":
        return {str(unit.pk): str(unit) for unit in OrgUnit.objects.filter(pk__in=ids)}
    if change.column == "event":
        return {str(event.pk): str(event) for event in Event.objects.filter(pk__in=ids)}
    return {}
