"""What a workbook of many rows costs: its time against openpyxl's own write-only loop over the same rows, measured in
turns in one run, and its memory above that of a process that has only imported what it needs.

`python -m benchmarks.workbook` makes one workbook and prints its MB."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import overload

from reports.documents.xlsx import render_xlsx
from reports.report import Column, Labels, Report, Row, Table

ROWS = 100_000
ROOT = Path(__file__).resolve().parent.parent
_COLUMNS = (
    *(("value_date", "date"), ("recorded_at", "datetime"), ("about", "text"), ("kind", "text"), ("series", "text")),
    *(("measure", "text"), ("value", "number"), ("currency", "text"), ("basis", "text"), ("krw_value", "number")),
    *(("fx", "text"), ("as_reported", "text"), ("source", "text"), ("evidence", "text"), ("cause", "text")),
    *(("recorded_by", "text"), ("id", "text")),
)
_KINDS = ("수출계약", "투자협약", "업무협약", "구매의향서", "논의 기약")


class Entries(Sequence[Row]):
    """Rows like those of the ledger, made one at a time, as a report reads them."""

    def __len__(self) -> int:
        return ROWS

    def __iter__(self) -> Iterator[Row]:
        return (_entry(number) for number in range(ROWS))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        return _entry(at) if isinstance(at, int) else [_entry(number) for number in range(*at.indices(ROWS))]


def _entry(number: int) -> Row:
    amount, kind = Decimal(number * 7919 % 100_000_000 + 1), number % len(_KINDS)
    return Row(
        (
            date(2023, 1, 1) + timedelta(days=number % 90),
            datetime(2023, 4, 1, tzinfo=UTC) + timedelta(seconds=number),
            f"해외 전시회 후속 성과 {number} 주식회사 가나다라 {number % 1000}",
            _KINDS[kind],
            "협약·발표",
            "금액",
            amount,
            "USD",
            "총액",
            amount * Decimal("1246.8") if number % 3 else None,
            "1,246.8 / 1 (2023. 1. 5.)" if number % 3 else None,
            f"약 {amount} 달러" if number % 4 == 0 else None,
            "CES 광주세일즈 보고회 자료",
            "시 발표",
            "최초",
            f"officer{number % 20}",
            f"{number:012x}",
        ),
        link=f"/outcomes/{number:032x}/#entry-{number:032x}",
        key=f"money/{kind}/announced/confirmed/USD/total",
    )


def report_of(rows: Sequence[Row]) -> Report:
    columns = tuple(Column(key, key, kind) for key, kind in _COLUMNS)  # type: ignore[arg-type]
    entries = Table("entries", "원장 내역", columns, rows)
    words = Labels(**{name: name for name in Labels.__dataclass_fields__})
    outcomes = replace(entries, key="outcomes", rows=())
    asked = ("quarterly", "분기 실적보고", "광주광역시", "2023Q1", "2023년 1분기", datetime(2023, 4, 2, tzinfo=UTC))
    return Report(*asked, "ko", "quarterly-3", words, (), (), (), outcomes=outcomes, entries=entries)


def bare(rows: Sequence[Row]) -> bytes:
    """openpyxl's own loop: every value as the type that it is, no style, no width, no link, no path beside."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([v.replace(tzinfo=None) if isinstance(v, datetime) else v for v in row.values])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def megabytes() -> float:
    """Peak memory of one workbook, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.workbook"]
    return float(json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout))


def _peak() -> float:
    """Not `ru_maxrss`: a process inherits that from the one that started it."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    report = report_of(Entries())
    before = _peak()
    content = render_xlsx(report)
    print(json.dumps(round(_peak() - before, 1)))
