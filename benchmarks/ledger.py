"""The figures of one quarter over a ledger of a million entries, against the bare SQL aggregate of the same.

`python -m benchmarks.ledger` measures the database that the environment names, which `manage.py seed_volume` has
filled: its entries are copied under new ids until there are a million (the file of a SQLite database is copied first).
It writes `figures_of_a_million_entries` of benchmarks/results.json, the ratios of each database."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.run import RESULTS, bare_sums, ratio
from crm.values.periods import Quarter

ENTRIES = int(os.environ.get("BENCH_ENTRIES", "1000000"))
ROUNDS = 15
# A copy is no reversal, and no entry that one reverses: it stands, whatever else does.
_STANDS = (
    "reverses_id IS NULL AND derived_from_id IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM crm_ledgerentry r WHERE r.reverses_id = e.id)"
)


def main() -> int:
    with _data() as home:
        os.environ["IEUM_DATA"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from django.db import connection

        found = {"entries": fill(), **_measured()}
        results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        results.setdefault("figures_of_a_million_entries", {})[connection.vendor] = found
        RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
        print(connection.vendor, found)
    return 0


@contextmanager
def _data() -> Iterator[str]:
    home = Path(os.environ["IEUM_DATA"])
    if os.environ.get("DATABASE_URL"):
        yield str(home)
        return
    with tempfile.TemporaryDirectory(dir=home.parent) as copy:
        for file in home.glob("ieum.sqlite3*"):
            shutil.copy(file, copy)
        yield copy


def fill() -> int:
    """Copies the entries of the ledger until there are ENTRIES of them; how many there are."""
    from django.db import connection

    from crm.models import LedgerEntry

    names = [f.column for f in LedgerEntry._meta.concrete_fields if not f.generated and f.column != "id"]
    columns = ", ".join(f'"{name}"' for name in names)
    id = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    copy = (
        f"INSERT INTO crm_ledgerentry (id, {columns}) SELECT {id}, {columns} FROM crm_ledgerentry e "
        f"WHERE {_STANDS} LIMIT"
    )
    connection.ensure_connection()
    bare = connection.connection  # what the guard of the ledger watches is Django's cursor
    while (count := LedgerEntry.objects.count()) < ENTRIES:
        bare.execute(f"{copy} {ENTRIES - count}")
    if connection.vendor == "postgresql":  # SQLite has no statistics, as installations have none (decision 0016)
        bare.execute("VACUUM ANALYZE crm_ledgerentry")
    return count


def _measured() -> dict[str, float]:
    """Against the aggregate as anybody would write it, and against one written for the index that ours reads."""
    from reports.figures.quarterly import span

    as_of, period = datetime.now(UTC), Quarter(2022, 3)
    first, last = period.first_day, period.last_day

    def ours() -> object:
        return span(first, last, as_of)

    return {
        "to_bare_sql": ratio(ours, lambda: bare_sums(first, last, as_of), ROUNDS),
        "to_bare_sql_by_the_index": ratio(ours, lambda: _sums_by_index(period, as_of), ROUNDS),
    }


def _sums_by_index(period: Quarter, as_of: datetime) -> None:
    from django.db import connection

    from reports.figures.classes import EVERY_KIND

    kinds = ", ".join(["%s"] * len(EVERY_KIND))
    sign = "CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END"
    sql = (
        f"SELECT kind, measure, series, standing, currency, basis, SUM({sign} * value), SUM({sign} * krw_value) "
        f"FROM crm_ledgerentry WHERE kind IN ({kinds}) AND value_quarter = %s AND value_date BETWEEN %s AND %s "
        "AND recorded_at <= %s GROUP BY kind, measure, series, standing, currency, basis"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*EVERY_KIND, period.serial, period.first_day, period.last_day, as_of])
        cursor.fetchall()


if __name__ == "__main__":
    sys.exit(main())
