"""A list as readers want it: narrowed in words, with the columns and the order they choose, and as a file.

A `Listing` says what is particular to one list; everything else is here once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm.dates import language
from crm.models import Account
from crm.permissions import readable
from crm.web.forms.base import ListForm
from crm.web.pages.filters import FilterSection, filter_section
from crm.web.pages.links import Badge, Link
from crm.web.pages.paging import Paging, page_of
from crm.web.pages.ticks import Ticks, ticks_of
from crm.web.text import UNKNOWN, day_text
from reports.documents.lists import FORMATS, render_list
from reports.report import Column, ColumnKind, Row, Table, Value

# What stands in the list's address and does not narrow it.
NOT_NARROWING: Final = ("sort", "columns")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`value` is what a file says, and the page where `shown` does not say it otherwise; `link` where it leads."""

    key: str
    name: Promise | str
    value: Callable[[Any], Value]
    kind: ColumnKind = "text"
    weight: float = 1.0
    link: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked, by whom, on which day."""

    form: Any
    reader: Account
    today: date


@dataclass(frozen=True, slots=True)
class Listing:
    """`place` is the name of the list's address, `export` that of its file. `found` is what is asked, ordered. `shown`
    adds what the columns show, where that joins a lot: a page's ids are then found without it. `by_words`: whether to
    find is to read every row. The first column is always shown. `mark` is a badge beside it, `below` a quiet line under
    it. `deeds` is the template of what is done with a line in place; it is given what `lines` makes of the row."""

    place: str
    export: str
    heading: Promise
    nothing: Promise
    columns: tuple[ListColumn, ...]
    usual: tuple[str, ...]
    form: type[ListForm]
    found: Callable[[Asking], QuerySet[Any]]
    shown: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None
    by_words: Callable[[Any], bool] = lambda _form: False
    mark: Callable[[Any, date], Badge | None] = lambda _row, _today: None
    below: Callable[[Any, date], str] = lambda _row, _today: ""
    deeds: str = ""
    lines: Callable[[Sequence[Any], Account, date], Sequence[Any]] = lambda rows, _reader, _today: rows


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    text: str
    address: str
    style: str


@dataclass(frozen=True, slots=True)
class ListLine:
    id: UUID
    main: Link
    mark: Badge | None
    below: str
    cells: tuple[Cell, ...]
    deed: Any


@dataclass(frozen=True, slots=True)
class ListPage:
    """`tabs` are (label, address, whether it is the one shown). `choices` are all
    columns as (key, name), `columns` the keys of those that are shown; `files` are (format, address)."""

    heading: str
    nothing: str
    place: str
    today: str
    tabs: tuple[tuple[str, str, bool], ...]
    deeds: str
    ticks: Ticks | None
    lines: tuple[ListLine, ...]
    headings: tuple[tuple[str, str], ...]
    paging: Paging
    filters: FilterSection
    choices: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


def list_page(listing: Listing, asking: Asking, query: Mapping[str, list[str]]) -> ListPage:
    form, reader = asking.form, asking.reader
    form.is_valid()
    columns = _chosen(listing, query)
    carried = {name: values for name, values in query.items() if name != "page"}
    found = readable(reader, listing.found(asking))
    number, by_words = (query.get("page") or [""])[0], listing.by_words(form)
    paging, rows = page_of(found, number, carried, _reading(listing, found), by_words=by_words)
    made = listing.lines(rows, reader, asking.today)
    filters = filter_section(listing.place, form, query, reader, (*NOT_NARROWING, form.tabs))
    address = f"{reverse(listing.export)}?{urlencode(carried, doseq=True)}"
    return ListPage(
        heading=str(listing.heading),
        nothing=str(listing.nothing),
        place=listing.place,
        today=asking.today.isoformat(),
        tabs=_tabs(form, carried),
        deeds=listing.deeds,
        ticks=ticks_of(listing.place, filters.query, paging, reader),
        lines=tuple(_line(listing, columns, row, deed, asking.today) for row, deed in zip(rows, made, strict=True)),
        headings=tuple((str(column.name), _style(column)) for column in columns),
        paging=paging,
        filters=filters,
        choices=tuple((column.key, str(column.name)) for column in listing.columns),
        columns=tuple(column.key for column in columns),
        files=tuple((wanted, f"{address}&format={wanted}") for wanted in FORMATS),
    )


def list_file(listing: Listing, asking: Asking, query: Mapping[str, list[str]], wanted: str) -> bytes:
    """Exactly what the list's address finds, every page of it. Raises KeyError for a format that is none."""
    form, reader = asking.form, asking.reader
    form.is_valid()
    columns = _chosen(listing, query)
    words = [told.text for told in filter_section(listing.place, form, query, reader, NOT_NARROWING).words]
    table = Table(
        listing.place,
        str(listing.heading),
        tuple(Column(column.key, str(column.name), column.kind, column.weight) for column in columns),
        tuple(
            Row(tuple(None if (value := column.value(row)) == "" else value for column in columns))
            for row in (listing.shown or _as_found)(readable(reader, listing.found(asking)))
        ),
        footnotes=tuple(words),
        empty=str(listing.nothing),
    )
    return render_list(table, wanted, _("No data"), language())


def _as_found(found: QuerySet[Any]) -> QuerySet[Any]:
    return found


def _reading(listing: Listing, found: QuerySet[Any]) -> Callable[[list[UUID]], QuerySet[Any]] | None:
    """What reads the rows of a page by their ids; None where they are read as they are found."""
    shown = listing.shown
    return None if shown is None else lambda ids: shown(found.model._base_manager.filter(pk__in=ids))


def _chosen(listing: Listing, query: Mapping[str, list[str]]) -> tuple[ListColumn, ...]:
    """In their own order; the first always, the usual ones where none is known."""
    wanted = set(query.get("columns", ())) & {column.key for column in listing.columns}
    wanted = wanted | {listing.columns[0].key} if wanted else set(listing.usual)
    return tuple(column for column in listing.columns if column.key in wanted)


def _tabs(form: ListForm, carried: Mapping[str, list[str]]) -> tuple[tuple[str, str, bool], ...]:
    if not form.tabs:
        return ()
    choices = list(form.fields[form.tabs].choices)  # type: ignore[attr-defined]
    shown = form.cleaned_data.get(form.tabs) or choices[0][0]
    return tuple(
        (str(text), "?" + urlencode({**carried, form.tabs: [key]}, doseq=True), key == shown) for key, text in choices
    )


def _line(listing: Listing, columns: Sequence[ListColumn], row: Any, deed: Any, today: date) -> ListLine:
    first, *rest = columns
    main = Link(_text(first, row), first.link(row) if first.link else "")
    cells = tuple(
        Cell(str(c.name), _text(c, row), c.link(row) if c.link and c.value(row) else "", _style(c)) for c in rest
    )
    return ListLine(row.pk, main, listing.mark(row, today), listing.below(row, today), cells, deed)


def _text(column: ListColumn, row: Any) -> str:
    value = column.value(row)
    if column.kind == "date":
        return day_text(value)  # type: ignore[arg-type]
    if _is_number(column) and isinstance(value, int):
        return f"{value:,}"
    return str(value) if value not in (None, "") else UNKNOWN


def _style(column: ListColumn) -> str:
    return "number" if _is_number(column) else "date" if column.kind == "date" else ""


def _is_number(column: ListColumn) -> bool:
    return column.kind in ("integer", "money", "number")
