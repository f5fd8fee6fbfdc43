"""What the sync API takes, against the barest way to the same: ratios of one run.

`python -m benchmarks.sync` measures the database that the environment names, which `manage.py seed_volume` has filled,
and writes `sync` of benchmarks/results.json. Ratios above 1 are in the API's favour."""

import hashlib
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from benchmarks.run import RESULTS

ROWS, PAGES, DEPTH, ROUNDS = 1000, 15, 100_000, 7
FIELDS = (
    "id", "outcome", "consultation", "event", "measure", "series", "value", "currency", "basis", "approximate",
    "as_reported", "krw_value", "fx_rate", "fx_per", "fx_date", "fx_source", "fx_policy", "value_date", "date_basis",
    "recorded_at", "entered_at", "is_backfill", "source", "evidence", "evidence_grade", "cause", "reason", "reverses",
    "replaces", "for_year", "derived_from", "kind", "standing", "stage", "recorded_by",
)  # fmt: skip


def main() -> int:
    from django.conf import settings
    from django.db import connection

    import config.wsgi  # noqa: F401  as the web server starts

    settings.ALLOWED_HOSTS, settings.API_REQUESTS_A_MINUTE = ["testserver"], 10**9
    found = measured(client_token())
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results.setdefault("sync", {})[connection.vendor] = found
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    print(connection.vendor, json.dumps(found, indent=2))
    return 0


def client_token() -> str:
    from django.utils import timezone

    from crm.actions.accounts import issue_token, open_account, system_caller
    from crm.models import Account
    from crm.values.measures import Role

    caller = system_caller(timezone.now())
    account = Account.objects.filter(username="bench-client").first() or open_account(
        caller, None, username="bench-client", name="측정", role=Role.ADMINISTRATOR
    )
    return issue_token(caller, account, "bench", ["read", "write", "feed", "personal"])[1]


def measured(token: str) -> dict[str, Any]:
    from django.db import connection

    from crm.sequencer import number_committed

    head = number_committed(all_of_it=True).head
    pulls = [lambda: _pull_by_api(token), _pull_by_plain_serializer]
    if connection.vendor == "postgresql":
        pulls.append(_pull_by_json_agg)
    api, plain, *bare = _rates(*pulls)
    found: dict[str, Any] = {
        "rows_a_second": round(api),
        "of_a_plain_serializer": round(api / plain, 2),
        **_batches(token),
        "feed_page_at_depth": _cost_at_depth(token) if head > 2 * DEPTH else None,
        "commit_to_long_poll_ms": round(_long_poll(token), 1),
    }
    if bare:
        found["of_json_agg"] = round(api / bare[0], 3)
    return found


def _rates(*pulls: Callable[[], int]) -> list[float]:
    """Rows a second of each, in turns, the best of five: what disturbs them is not their own."""
    rates: list[list[float]] = [[] for _pull in pulls]
    for _round in range(5):
        for pull, found in zip(pulls, rates, strict=True):
            start = time.perf_counter()
            rows = pull()
            found.append(rows / (time.perf_counter() - start))
    return [max(found) for found in rates]


@cache
def _client() -> Any:
    """One, as a server has loaded its parts once."""
    from django.test import Client

    return Client()


def _ask(token: str, address: str, body: Any = None, **query: str) -> Any:
    headers = {"authorization": f"Bearer {token}"}
    if body is None:
        return _client().get(address, query, headers=headers)
    return _client().post(address, json.dumps(body), content_type="application/json", headers=headers)


def _pull_by_api(token: str) -> int:
    rows, address, query = 0, "/api/v1/ledger-entries", {"limit": str(ROWS)}
    for _page in range(PAGES):
        page = json.loads(_ask(token, address, **query).content)
        rows += len(page["results"])
        if not page["next"]:
            break
        query = {"limit": str(ROWS), "cursor": _cursor(page["next"])}
    return rows


def _cursor(address: str) -> str:
    from urllib.parse import parse_qs, urlsplit

    return parse_qs(urlsplit(address).query)["cursor"][0]


@cache
def _plain_list() -> Any:
    """The same list as REST framework gives it without more: its list view, a ModelSerializer, its cursor pages; open
    to everybody."""
    from rest_framework import generics, pagination, serializers

    from crm.models import LedgerEntry

    class Plain(serializers.ModelSerializer[LedgerEntry]):
        class Meta:
            model = LedgerEntry
            fields = FIELDS

    class Pages(pagination.CursorPagination):
        page_size, ordering = ROWS, "id"

    class PlainList(generics.ListAPIView[LedgerEntry]):
        queryset, serializer_class, pagination_class = LedgerEntry.objects.all(), Plain, Pages
        authentication_classes = permission_classes = filter_backends = ()

    return PlainList.as_view()


def _pull_by_plain_serializer() -> int:
    from rest_framework.test import APIRequestFactory

    rows, address = 0, "/plain"
    for _page in range(PAGES):
        page = json.loads(_plain_list()(APIRequestFactory().get(address)).render().content)
        rows += len(page["results"])
        if not page["next"]:
            break
        address = page["next"]
    return rows


def _pull_by_json_agg() -> int:
    from django.db import connection

    from crm.models import LedgerEntry

    own = {field.name: field.column for field in LedgerEntry._meta.concrete_fields}
    columns = ", ".join(str(own[name]) for name in FIELDS)
    rows, last = 0, "00000000-0000-0000-0000-000000000000"
    with connection.cursor() as cursor:
        for _page in range(PAGES):
            cursor.execute(
                f"SELECT json_agg(page)::text FROM (SELECT {columns} FROM crm_ledgerentry WHERE id > %s"
                f" ORDER BY id LIMIT {ROWS}) AS page",
                [last],
            )
            page = json.loads(cursor.fetchone()[0] or "[]")
            if not page:
                break
            rows, last = rows + len(page), page[-1]["id"]
    return rows


def _name(*of: int) -> str:
    """Like no other: what is alike would be noted for review."""
    return f"㈜{hashlib.sha256(repr(of).encode()).hexdigest()[:14]}"


def _batches(token: str) -> dict[str, float]:
    """Batches of new organisations, and of changes of known ones, against the rows alone: the same table written by
    Django's `bulk_create(update_conflicts=True)`, without history, feed and the look for names."""
    known = _rows_of_a_batch()
    ids = _push(token, known)
    _as_kept_by_a_server()
    new = _rates(lambda: len(_push(token, _rows_of_a_batch())), lambda: _bare(None))
    changed = _rates(lambda: len(_push(token, _changed(known))), lambda: _bare(ids))
    return {
        "bulk_of_bulk_create": round(new[0] / new[1], 3),
        "bulk_changes_of_bulk_create": round(changed[0] / changed[1], 3),
    }


def _rows_of_a_batch() -> list[dict[str, Any]]:
    stamp = time.perf_counter_ns()
    names = [(_name(stamp, row), f"{stamp}-{row}") for row in range(ROWS)]
    return [{"name": name, "external_id": {"source": "bench", "value": value}} for name, value in names]


def _changed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    note = str(time.perf_counter_ns())
    return [{**row, "note": note} for row in rows]


def _push(token: str, rows: list[dict[str, Any]]) -> list[str]:
    """The ids that the rows have."""
    answer = _ask(token, "/api/v1/bulk/organisations", {"rows": rows})
    found = json.loads(answer.content)["results"]
    assert answer.status_code == 200 and all(one["status"] < 300 for one in found), answer.content
    return [one["id"] for one in found]


def _as_kept_by_a_server() -> None:
    """A PostgreSQL that is installed gathers statistics by itself; the benchmark's own has them from before it knew a
    single external id."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _bare(ids: list[str] | None) -> int:
    from django.db import transaction
    from django.utils import timezone

    from crm.models import Organisation, guard

    now, stamp = timezone.now(), time.perf_counter_ns()
    rows = [Organisation(name=_name(stamp, row), version=1, created_at=now, updated_at=now) for row in range(ROWS)]
    for row, pk in zip(rows, ids or (), strict=ids is not None):
        row.pk = pk
    with transaction.atomic(), guard.suspended():
        Organisation.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=["name", "version", "updated_at"]
        )
        transaction.set_rollback(True)
    return ROWS


def _cost_at_depth(token: str) -> float:
    """What a page behind DEPTH entries takes of what the first takes: read in turns, the quietest reading of each."""
    times: dict[int, list[float]] = {0: [], DEPTH: []}
    for _round in range(4 * ROUNDS):
        for after, taken in times.items():
            start = time.perf_counter()
            answer = _ask(token, "/api/v1/changes/ledger_entry", after=str(after), limit="100", flat="true")
            assert answer.status_code == 200, answer.content
            taken.append(time.perf_counter() - start)
    return round(min(times[DEPTH]) / min(times[0]), 2)


def _long_poll(token: str) -> float:
    """Milliseconds from a commit to the answer of a client that waited."""
    from django.db import connection
    from django.utils import timezone

    from crm.actions.accounts import system_caller
    from crm.actions.organisations import record_organisation
    from crm.sequencer import number_committed

    times = []
    for turn in range(ROUNDS):
        after = number_committed(all_of_it=True).head
        answered: list[float] = []

        def wait(after: int = after, answered: list[float] = answered) -> None:
            page = json.loads(_ask(token, "/api/v1/changes/organisation", after=str(after), wait="20").content)
            answered.append(time.perf_counter() if page["results"] else float("inf"))
            connection.close()

        client = threading.Thread(target=wait)
        client.start()
        threading.Event().wait(0.7)
        record_organisation(system_caller(timezone.now()), name=_name(turn, after))
        committed = time.perf_counter()
        client.join()
        times.append((answered[0] - committed) * 1000)
    return float(statistics.median(times))


if __name__ == "__main__":
    sys.exit(main())
