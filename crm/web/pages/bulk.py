"""Many records at once: what each one has, and what it would become."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.actions.bulk_changes import (
    CHANGEABLE,
    changed_lines,
    column_of,
    may_undo,
    model_of,
    remember_whose,
    standing_in_the_way,
    stored_value,
)
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
class ChangeLine:
    """`stays`: it cannot be given back what it had, or was not when the rest was."""

    record: Link
    before: str
    after: str
    stays: bool


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A change of many that was made. It can be undone: `all`, the `rest` without what was changed since, or nothing of
    it, empty. `kept` says why nothing can be undone any more of one that was not."""

    id: UUID
    column: str
    place: str
    when: str
    who: str
    reason: str
    undone: str
    lines: tuple[ChangeLine, ...]
    undoes: Literal["all", "rest", ""]
    kept: str


def _said(model: type[Record], column: str, texts: set[str]) -> dict[str, str]:
    """What is kept of the values, in words."""
    field: Any = column_of(model, column)
    if not field.is_relation:
        return {text: shown(model, column, stored_value(model, column, text)) for text in texts}
    known = field.related_model._base_manager.in_bulk([UUID(text) for text in texts if text])
    return {text: shown(model, column, known[UUID(text)] if text else None) for text in texts}


def change_page(change: BulkChange, reader: Account) -> ChangePage:
    model, stands = model_of(change), change.undone_at is None
    records = with_relations(model).in_bulk([UUID(line["id"]) for line in change.lines])
    said = _said(model, change.column, {line[side] for line in change.lines for side in ("before", "after")})
    in_the_way = standing_in_the_way(reader, change, records) if stands else {}
    return ChangePage(
        id=change.pk,
        column=str(column_of(model, change.column).verbose_name),
        place=next(place for place, known in PLACES.items() if known is model),
        when=time_text(change.created_at),
        who=str(change.author),
        reason=change.reason,
        undone=time_text(change.undone_at) if change.undone_at else "",
        lines=tuple(
            ChangeLine(
                record_link(records[UUID(line["id"])]),
                said[line["before"]],
                said[line["after"]],
                line["id"] in in_the_way or "left" in line,
            )
            for line in change.lines
        ),
        undoes=(undoes := _undoes(change, reader, len(in_the_way))),
        kept="" if undoes or not stands else _kept(any(in_the_way.values())),
    )


def _undoes(change: BulkChange, reader: Account, in_the_way: int) -> Literal["all", "rest", ""]:
    if not may_undo(reader, change):
        return ""
    if not in_the_way:
        return "all"
    return "rest" if in_the_way < len(changed_lines(change)) else ""


def _kept(is_changed: bool) -> str:
    if is_changed:
        return _("These records were changed since: this can no longer be undone.")
    return _("Some of these records are no longer yours to change: this can no longer be undone.")
