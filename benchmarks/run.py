"""`make bench`: ratios against the bare equivalents, on a fresh SQLite database; writes benchmarks/results.json.

Times on a shared machine say little; a ratio of two things measured in turns in one run says what a layer costs."""

import io
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

OUTCOMES = 2000
ROUNDS = 5
RESULTS = Path(__file__).parent / "results.json"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"IEUM_ENV": "test", "IEUM_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        import django

        django.setup()
        results = _measure()
    before = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(before | results, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(results, indent=2))
    return 0


def _measure() -> dict[str, object]:
    from datetime import UTC

    from django.core.management import call_command

    from benchmarks import papers
    from crm.values.periods import Quarter
    from reports.building.quarterly import build_quarterly
    from reports.documents import render
    from reports.figures.quarterly import quarterly, span

    call_command("migrate", verbosity=0)
    call_command("seed_volume", outcomes=OUTCOMES, stdout=io.StringIO())
    as_of, period = datetime.now(UTC), Quarter(2022, 3)
    first, last = period.first_day, period.last_day
    report = build_quarterly(quarterly(period, as_of), "ko")
    rows = [row.values for row in report.entries.rows]
    return {
        "outcomes": OUTCOMES,
        "entries_in_quarter": len(rows),
        "figures_to_bare_sql": ratio(lambda: span(first, last, as_of), lambda: bare_sums(first, last, as_of)),
        "xlsx_to_bare_openpyxl": ratio(lambda: render(report, "xlsx"), lambda: _bare_workbook(rows)),
        **papers.measured(report, ratio),
        **_long_workbook(),
    }


def _long_workbook() -> dict[str, object]:
    from benchmarks import workbook
    from reports.documents.xlsx import render_xlsx

    rows = tuple(workbook.Entries())
    report = workbook.report_of(rows)
    return {
        "xlsx_100000_rows_to_bare_openpyxl": ratio(lambda: render_xlsx(report), lambda: workbook.bare(rows), 3),
        "xlsx_100000_rows_mb": workbook.megabytes(),
    }


def ratio(ours: Callable[[], object], bare: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of ours over the median of the bare one, measured in turns."""
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for _round in range(rounds):
        for name, work in (("ours", ours), ("bare", bare)):
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return round(statistics.median(times["ours"]) / statistics.median(times["bare"]), 2)


def bare_sums(first: date, last: date, as_of: datetime) -> None:
    from django.db import connection

    sql = (
        "SELECT kind, series, standing, currency, basis, SUM(value), SUM(krw_value) FROM crm_ledgerentry "
        "WHERE measure = %s AND value_date BETWEEN %s AND %s AND recorded_at <= %s "
        "GROUP BY kind, series, standing, currency, basis"
    )
    with connection.cursor() as cursor:
        for measure in ("count", "money", "jobs"):
            cursor.execute(sql, [measure, first, last, as_of])
            cursor.fetchall()


def _bare_workbook(rows: Sequence[tuple[object, ...]]) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([str(value) if value is not None else "" for value in row])
    book.save(io.BytesIO())


if __name__ == "__main__":
    sys.exit(main())
