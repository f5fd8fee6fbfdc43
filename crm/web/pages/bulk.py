"""Many records at once: what each one has, and what it would become."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.actions.bulk_changes import CHANGEABLE, column_of, may_undo, model_of, remember_whose, stored_value
from crm.models import Account, BulkChange, Event, FollowUp, Organisation, Outcome, Participation, Record
from crm.permissions import may
from crm.web.countries import country_name
from crm.web.pages.links import Link, record_link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import UNKNOWN, day_text, time_text

# The lists whose records can be ticked, by the names of their addresses.
PLACES: Final[dict[str, type[Record]]] = {
    "outcomes": Outcome,
    "organisations": Organisation,
    "events": Event,
    "follow-ups": FollowUp,
    "participations": Participation,
}


def with_relations(model: type[Record]) -> QuerySet[Any]:
    """With what a line says of each, and what it takes to say whose it is."""
    changeable = CHANGEABLE[model]
    relations = [name for name in changeable.columns if column_of(model, name).is_relation]
    return model._base_manager.select_related(*relations, *changeable.beside)


@dataclass(frozen=True, slots=True)
class BulkLine:
    """`refused` says why this one stays as it is; then nothing can be applied."""

    id: UUID
    record: Link
    version: int
    before: str
    after: str
    changes: bool
    refused: str


@dataclass(frozen=True, slots=True)
class BulkPage:
    """`is_previewed`: a field and value were chosen, and `after` says what would become of each. `refused`: how many
    are not the reader's to change."""

    lines: tuple[BulkLine, ...]
    is_previewed: bool
    may_apply: bool
    refused: int


def bulk_page(records: Iterable[Record], reader: Account, column: str = "", value: Any = None) -> BulkPage:
    records = list(records)
    remember_whose(reader, records)
    lines = tuple(_line(record, reader, column, value) for record in records)
    refused = len([line for line in lines if line.refused])
    return BulkPage(lines, bool(column), bool(column and lines) and not refused, refused)


def _line(record: Record, reader: Account, column: str, value: Any) -> BulkLine:
    model = type(record)
    before = shown(model, column, getattr(record, column)) if column else ""
    after = shown(model, column, value) if column else ""
    allowed = record.archived_at is None and may(reader, CHANGEABLE[model].verb, record)
    refused = "" if allowed else _("Not yours to change")
    return BulkLine(record.pk, record_link(record), record.version, before, after, before != after, refused)


def shown(model: type[Record], column: str, value: Any) -> str:
    """The value in words."""
    if value in (None, ""):
        return UNKNOWN
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column == "country":
        return country_name(value)
    field = column_of(model, column)
    if field.get_internal_type() == "DateField":
        return day_text(value)
    return str(dict(field.choices or ()).get(value, value))


@dataclass(frozen=True, slots=True)
class ChangesLine:
    """A change of many that was made. `undone` is when, empty where it stands."""

    change: Link
    count: int
    when: str
    reason: str
    undone: str


@dataclass(frozen=True, slots=True)
class ChangesPage:
    lines: tuple[ChangesLine, ...]
    paging: Paging


def changes_page(number: str, reader: Account) -> ChangesPage:
    """What the reader has changed many at once of."""
    paging, rows = page_of(BulkChange.objects.filter(author=reader).order_by("-created_at", "id"), number, {})
    return ChangesPage(tuple(_changes_line(change) for change in rows), paging)


def _changes_line(change: BulkChange) -> ChangesLine:
    model = model_of(change)
    called = f"{capfirst(str(model._meta.verbose_name))} · {column_of(model, change.column).verbose_name}"
    address = reverse("bulk-change", args=[change.pk])
    undone = time_text(change.undone_at) if change.undone_at else ""
    return ChangesLine(Link(called, address), len(change.lines), time_text(change.created_at), change.reason, undone)


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A change of many that was made. `lines` are (record, before, after). `kept` says why it can no longer be undone,
    of one that was not."""

    id: UUID
    column: str
    place: str
    when: str
    who: str
    reason: str
    undone: str
    lines: tuple[tuple[Link, str, str], ...]
    may_undo: bool
    kept: str


def _said(model: type[Record], column: str, texts: set[str]) -> dict[str, str]:
    """What is kept of the values, in words."""
    field: Any = column_of(model, column)
    if not field.is_relation:
        return {text: shown(model, column, stored_value(model, column, text)) for text in texts}
    known = field.related_model._base_manager.in_bulk([UUID(text) for text in texts if text])
    return {text: shown(model, column, known[UUID(text)] if text else None) for text in texts}


def change_page(change: BulkChange, reader: Account) -> ChangePage:
    model = model_of(change)
    not_yours = _("Some of these records are no longer yours to change: this can no longer be undone.")
    records = with_relations(model).in_bulk([UUID(line["id"]) for line in change.lines])
    said = _said(model, change.column, {line[side] for line in change.lines for side in ("before", "after")})
    stands = change.undone_at is None
    allowed = stands and may_undo(reader, change, records)
    return ChangePage(
        id=change.pk,
        column=str(column_of(model, change.column).verbose_name),
        place=next(place for place, known in PLACES.items() if known is model),
        when=time_text(change.created_at),
        who=str(change.author),
        reason=change.reason,
        undone=time_text(change.undone_at) if change.undone_at else "",
        lines=tuple(
            (record_link(records[UUID(line["id"])]), said[line["before"]], said[line["after"]]) for line in change.lines
        ),
        may_undo=allowed,
        kept=not_yours if stands and not allowed else "",
    )
