"""The pages of imports: the sheets, and one sheet with its rows in four groups."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Func, IntegerField
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.importing.applying import why_left
from crm.importing.comparing import Compared
from crm.importing.outcome_rows import FIELDS, heading_of
from crm.importing.previewing import NOTHING, Outline, Preview
from crm.models import Account, ImportBatch
from crm.models.labels import label
from crm.values.imports import AmountUnit, ImportState, RowGroup
from crm.values.measures import Basis
from crm.web.pages.links import Badge, Link, address_of, outcome_link
from crm.web.pages.paging import Paging, turned
from crm.web.text import time_text, value_text

SHOWN: Final = 50
_FIRST_PAGES: Final[Mapping[str, str]] = {}
_TONES: Final = {ImportState.APPLIED: "good", ImportState.APPLYING: "warn", ImportState.UNDOING: "warn"}


@dataclass(frozen=True, slots=True)
class SheetLine:
    id: UUID
    name: str
    state: Badge
    rows: int
    when: str
    who: str


def sheet_lines(found: Iterable[ImportBatch]) -> tuple[SheetLine, ...]:
    return tuple(
        SheetLine(b.pk, b.file_name, _badge(b), _rows_read(b), time_text(b.created_at), str(b.author)) for b in found
    )


def _rows_read(batch: ImportBatch) -> int:
    """How many `rows_read` would be, as `sheets_of` has counted."""
    told: Any = batch
    return int(told.all_rows - (told.hidden_rows if batch.leaves_hidden else 0))


def _badge(batch: ImportBatch) -> Badge:
    state = ImportState(batch.state)
    return Badge(label(state), _TONES.get(state, "calm"))


@dataclass(frozen=True, slots=True)
class Cell:
    """`key` is the field, "" for a column that is not read; `name` its name. `read_as`: what was understood, where that
    is not as plain as what is written."""

    key: str
    name: str
    text: str
    error: str
    read_as: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """`changes` are (what, before, after); `candidates` (id, link) of what it may repeat. `is_hidden`: in the file."""

    number: int
    is_hidden: bool
    cells: tuple[Cell, ...]
    errors: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]
    candidates: tuple[tuple[UUID, Link], ...]
    outcome: Link | None


@dataclass(frozen=True, slots=True)
class GroupSection:
    """One page of the rows of a group; `count` are all of them."""

    key: str
    name: str
    count: int
    rows: tuple[RowLine, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """`choices` are (field, its name, whether chosen). `is_hidden`: in the file."""

    heading: str
    is_hidden: bool
    is_read: bool
    choices: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A row that was not applied, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """`to_apply` are the rows that would be written; `left` one page of those that were not, or that were not taken
    back where `is_undone`, of `rejected` in all; `companies_left` came with the sheet and stay. `written` can be taken
    back, all but what others changed where `may_leave_changed`; `on_record` are all that stand. `position` of `total`
    are through. `units` are (unit, its name, whether chosen) of what bare numbers count. `hidden` rows are not seen in
    the file; `leaves_hidden`: they are left out. `hidden_columns` are the headings of those that are not seen either
    and are read all the same, `hidden_unread` of those that are not read, `unread` of the others that are not.
    `headings` are (text, whether hidden in the file) above the rows. `lacks_basis`: there are amounts, and no column
    says whether they are totals. `turned_to`: which page of each list this is."""

    id: UUID
    version: int
    name: str
    state: Badge
    is_read: bool
    is_running: bool
    is_undoing: bool
    is_undone: bool
    may_undo: bool
    may_leave_changed: bool
    position: int
    total: int
    written: int
    on_record: int
    to_apply: int
    rejected: int
    hidden: int
    leaves_hidden: bool
    hidden_columns: tuple[str, ...]
    hidden_unread: tuple[str, ...]
    unread: tuple[str, ...]
    left: tuple[LeftRow, ...]
    left_paging: Paging
    companies_left: tuple[Link, ...]
    columns: tuple[MatchedColumn, ...]
    units: tuple[tuple[str, str, bool], ...]
    headings: tuple[tuple[str, bool], ...]
    lacks_basis: bool
    groups: tuple[GroupSection, ...]
    turned_to: str


def import_page(batch: ImportBatch, preview: Preview = NOTHING, asked: Mapping[str, str] = _FIRST_PAGES) -> ImportPage:
    """There is no preview once it is applied. `asked`: the page of each list that is not at its first."""
    at = pages_asked(asked)
    groups = tuple(_group(group, batch, preview, at) for group in _ORDER)
    left_paging, left = turned(list(batch.left.items()), at, "left", a_page=SHOWN, place="left")
    counts = {group.key: group.count for group in groups}
    state = ImportState(batch.state)
    columns = tuple(_columns(batch))
    is_undone = state in (ImportState.UNDOING, ImportState.UNDONE)
    may_undo = state in (ImportState.APPLIED, ImportState.APPLYING) and bool(batch.lines)
    return ImportPage(
        id=batch.pk,
        version=batch.version,
        name=batch.file_name,
        state=_badge(batch),
        is_read=state == ImportState.READ,
        is_running=state == ImportState.APPLYING,
        is_undoing=state == ImportState.UNDOING,
        is_undone=is_undone,
        may_undo=may_undo,
        may_leave_changed=may_undo and "changed" in asked,
        position=batch.position if state != ImportState.UNDOING else len(batch.lines),
        total=len(batch.rows_read()),
        written=len(batch.lines),
        on_record=len(batch.lines) + (len(batch.left) if is_undone else 0),
        to_apply=counts[RowGroup.NEW] + counts[RowGroup.CHANGED],
        rejected=counts[RowGroup.WRONG] + counts[RowGroup.DUPLICATE] if state == ImportState.READ else len(batch.left),
        hidden=len(batch.hidden),
        leaves_hidden=batch.leaves_hidden,
        hidden_columns=_named(columns, is_hidden=True, is_read=True),
        hidden_unread=_named(columns, is_hidden=True, is_read=False),
        unread=_named(columns, is_hidden=False, is_read=False),
        left=tuple(LeftRow(int(number), why) for number, why in left),
        left_paging=left_paging,
        companies_left=tuple(
            Link(name, reverse("organisation", args=[pk])) for pk, name in batch.companies_left.items()
        ),
        columns=columns,
        units=(("", _("Nobody said"), not batch.unit), *((u.value, label(u), u == batch.unit) for u in AmountUnit)),
        headings=tuple((column.heading, column.is_hidden) for column in columns if column.is_read),
        lacks_basis="amount" in batch.columns.values() and "basis" not in batch.columns.values(),
        groups=tuple(group for group in groups if group.count),
        turned_to=urlencode(at),
    )


_ORDER: Final = (RowGroup.WRONG, RowGroup.DUPLICATE, RowGroup.NEW, RowGroup.CHANGED, RowGroup.UNCHANGED)


def pages_asked(asked: Mapping[str, str]) -> dict[str, str]:
    """Which page of each list is asked for, and nothing else of an address."""
    lists = [*(group.value for group in _ORDER), "left"]
    return {name: asked[name] for name in lists if asked.get(name, "").isdecimal()}


def lines_shown(outline: Outline, asked: Mapping[str, str]) -> list[int]:
    """The lines on those pages of the groups that are asked for."""
    at = pages_asked(asked)
    return [line for group in _ORDER for line in _turned_to(outline, group, at)[1]]


def _turned_to(outline: Outline, group: RowGroup, at: Mapping[str, str]) -> tuple[Paging, Sequence[int]]:
    return turned(outline.lines(group), at, group.value, a_page=SHOWN, place=f"group-{group.value}")


def _group(group: RowGroup, batch: ImportBatch, preview: Preview, at: Mapping[str, str]) -> GroupSection:
    paging, here = _turned_to(preview.outline, group, at)
    hidden = frozenset(batch.hidden)
    rows = tuple(_row(preview.rows[line], batch, hidden) for line in here)
    return GroupSection(group.value, label(group), paging.count, rows, paging)


def _row(row: Compared, batch: ImportBatch, hidden: Set[int]) -> RowLine:
    keys = [batch.columns.get(heading, "") for heading in batch.headings]
    shown = [key for key in keys if key]
    errors = row.reading.errors
    cells = tuple(
        Cell(key, heading_of(key), row.cells.get(key, ""), errors.get(key, ""), _read_as(row, key)) for key in shown
    )
    elsewhere = tuple(f"{heading_of(key)}: {text}" for key, text in errors.items() if key not in shown)
    return RowLine(
        row.number,
        row.number in hidden,
        cells,
        elsewhere,
        tuple((heading_of(d.field), d.before or "–", d.after) for d in row.differences),
        tuple((tied.pk, Link(tied.title, address_of("outcome", tied.pk))) for tied in row.candidates),
        outcome_link(row.outcome) if row.outcome else None,
    )


def _read_as(row: Compared, key: str) -> str:
    """The amount in figures: `500` may count millions, and `1천만 달러` has a currency; and whether it is a total: what
    does not say so is added to none."""
    amount = row.reading.values.get("amount") if key == "amount" else None
    if amount is None:
        return ""
    return f"{value_text(amount.value, amount.currency, amount.approximate)} · {label(amount.basis or Basis.UNSTATED)}"


def left_of(batch: ImportBatch, compared: Iterable[Compared]) -> dict[str, str]:
    """By line number, why rows are not applied: as compared before, as kept afterwards."""
    if batch.state != ImportState.READ:
        return dict(batch.left)
    wrong = [row for row in compared if row.group in (RowGroup.WRONG, RowGroup.DUPLICATE)]
    return {str(row.number): why_left(row) for row in wrong}


def _columns(batch: ImportBatch) -> Iterator[MatchedColumn]:
    hidden = frozenset(batch.hidden_columns)
    for place, heading in enumerate(batch.headings):
        chosen = batch.columns.get(heading, "")
        options = [("", _("Not read"), not chosen), *((key, heading_of(key), key == chosen) for key in FIELDS)]
        yield MatchedColumn(heading, place in hidden, bool(chosen), tuple(options))


def _named(columns: Iterable[MatchedColumn], *, is_hidden: bool, is_read: bool) -> tuple[str, ...]:
    """The headings of such columns, each once. One without a heading has no name."""
    found = (column.heading for column in columns if (column.is_hidden, column.is_read) == (is_hidden, is_read))
    return tuple(dict.fromkeys(heading for heading in found if heading))


class _Length(Func):
    """Of a list in JSON, so that a long one need not be read for it."""

    function = "JSON_ARRAY_LENGTH"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_ARRAY_LENGTH", **context)


def sheets_of(reader: Account) -> Iterable[ImportBatch]:
    """The reader's own sheets, the latest first, without what they hold: fifty of five thousand rows are a hundred
    megabytes."""
    found = ImportBatch.objects.filter(author=reader, archived_at=None).select_related("author")
    found = found.annotate(all_rows=_Length("rows"), hidden_rows=_Length("hidden"))
    return found.defer(*ImportBatch.kept_out_of_history)[:SHOWN]
