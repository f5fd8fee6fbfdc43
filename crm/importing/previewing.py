"""A sheet before it is applied: what all of its rows are to the record, and in full those that somebody looks at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crm.importing.comparing import Compared, compare, compare_each
from crm.models import Account, ImportBatch
from crm.values.imports import RowGroup


@dataclass(frozen=True, slots=True)
class Outline:
    """The group of each row by its line, in the order of the sheet; `again`: of the lines that say the same as one
    before them, which one that is. No words, and no records: little to keep."""

    groups: Mapping[int, RowGroup]
    again: Mapping[int, int]

    def lines(self, group: RowGroup) -> list[int]:
        return [line for line, its in self.groups.items() if its == group]


@dataclass(frozen=True, slots=True)
class Preview:
    """`rows` are the looked at ones in full, by line."""

    outline: Outline
    rows: Mapping[int, Compared]


NOTHING = Preview(Outline({}, {}), {})


def outline_of(compared: Iterable[Compared]) -> Outline:
    rows = list(compared)
    return Outline({row.number: row.group for row in rows}, {r.number: r.says_again for r in rows if r.says_again})


def preview(
    batch: ImportBatch,
    today: date,
    reader: Account,
    outline: Outline,
    looked_at: Callable[[Outline], Iterable[int]],
    just_read: Sequence[Compared] = (),
) -> Preview:
    """The rows that are looked at, compared now; where the outline is of rows that were `just_read`, those of them.
    Where one of them is not what the outline says, the outline is of an earlier time: all are compared anew, so that no
    group counts a row that another shows."""
    lines = set(looked_at(outline))
    if just_read:
        return Preview(outline, {row.number: row for row in just_read if row.number in lines})
    rows = compare_each(batch, today, reader, [row for row in batch.rows_read() if row[0] in lines])
    for row in rows:
        if row.number in outline.again:
            row.leave_to(outline.again[row.number])
    if any(row.group != outline.groups[row.number] for row in rows):
        rows = compare(batch, today, reader)
        outline = outline_of(rows)
    return Preview(outline, {row.number: row for row in rows})
