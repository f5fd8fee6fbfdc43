"""What the pages take of the server at volume: time and queries, page by page.

`python -m benchmarks.pages` measures the database that the environment names (IEUM_DATA or DATABASE_URL), which
`manage.py seed_volume` has filled; with `--both` it makes one of each kind first. It writes `pages` of
benchmarks/results.json. Times are those of Django's handlers and of the database, without a network: p95 of ROUNDS
readings a page, after two that are not counted. Kilobytes are of the answer as it is sent, compressed."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.every_page import every_page
from benchmarks.run import RESULTS

ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """Milliseconds (95th percentile and median), queries, and kilobytes of the answer."""

    p95: float
    median: float
    queries: int
    kilobytes: float


def main() -> int:
    if "--both" in sys.argv[1:]:
        return _both()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    found = measured()
    from django.db import connection

    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results.setdefault("pages", {})[connection.vendor] = found
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    return 0


def _both() -> int:
    from benchmarks.volume import on_postgresql, on_sqlite

    for database in (on_sqlite, on_postgresql):
        with database() as environment:
            for module in ("benchmarks.pages", "benchmarks.ledger"):
                subprocess.run([sys.executable, "-m", module], env=dict(environment), check=True)
    return 0


def measured() -> dict[str, Any]:
    from crm.models import Outcome

    pages = {}
    for name, address in all_pages():
        reading = _read(address)
        pages[name] = {
            "p95_ms": reading.p95,
            "median_ms": reading.median,
            "queries": reading.queries,
            "kB": reading.kilobytes,
        }
        print(f"{name:34} {reading.p95:8.1f} ms {reading.queries:4d} queries {reading.kilobytes:7.1f} kB", flush=True)
    return {"outcomes": Outcome.objects.count(), "pages": pages}


def all_pages() -> Iterator[tuple[str, str]]:
    """Those of `addresses`, and every other page that the reader may see."""
    chosen = list(addresses())
    yield from chosen
    known, client = {address for _name, address in chosen}, _signed_in()
    for name, address in every_page(_unit()):
        if address not in known and client.get(address).status_code == 200:
            yield name, address


def addresses() -> Iterator[tuple[str, str]]:
    """The pages that are opened most, and those that read most."""
    from crm.models import Event, FollowUp, Organisation, Outcome

    event = Event.objects.order_by("id")[1].pk
    unit = _unit().pk
    outcome = Outcome.objects.filter(event__isnull=False, lead_unit=unit).order_by("id")[20]
    company = Organisation.objects.order_by("id")[20]
    follow_up = FollowUp.objects.order_by("id")[5].pk
    yield "today", "/"
    yield "today: outcomes", "/today/outcomes/"
    yield "booth", "/booth/"
    yield "outcomes", "/outcomes/"
    yield "outcomes, the last page", "/outcomes/?page=9999"
    yield "outcomes by title", "/outcomes/?sort=title"
    yield "outcomes by title, page 1000", "/outcomes/?sort=title&page=1000"
    yield "outcomes, earliest first, page 500", "/outcomes/?sort=signed&page=500"
    yield "outcomes of a kind and stage", "/outcomes/?kind=investment_mou&stage=planned&sort=-recorded&page=200"
    yield "outcomes of a unit", f"/outcomes/?unit={unit}"
    yield "outcomes without evidence", "/outcomes/?evidence=missing"
    yield "outcomes without evidence, page 500", "/outcomes/?evidence=missing&page=500"
    yield "outcomes named", "/outcomes/?q=합성+성과+777"
    yield "outcomes named like many", "/outcomes/?q=성과&page=500"
    yield (
        "outcomes narrowed by much",
        (
            f"/outcomes/?q=성과&kind=investment_mou&standing=confirmed&evidence=strong&unit={unit}&event={event}"
            "&signed_from=2018-01-01&signed_to=2027-12-31&columns=cooperating&columns=parties&columns=values"
        ),
    )
    yield "board", "/outcomes/board/?kind=investment_mou"
    yield "board, named", "/outcomes/board/?kind=export_contract&q=성과"
    yield "outcome", f"/outcomes/{outcome.pk}/"
    yield "outcome: evidence", f"/outcomes/{outcome.pk}/evidence/"
    yield "outcome: work", f"/outcomes/{outcome.pk}/work/"
    yield "outcome: history", f"/outcomes/{outcome.pk}/history/"
    yield "outcome: story", f"/outcomes/{outcome.pk}/story/"
    yield "outcome: edit", f"/outcomes/{outcome.pk}/edit/"
    yield "outcome: new", "/outcomes/new/"
    yield "events", "/events/"
    yield "event", f"/events/{event}/"
    yield "event: result", f"/events/{event}/result/"
    yield "event: participants", f"/events/{event}/part/"
    yield "organisations", "/organisations/"
    yield "organisations named", f"/organisations/?q={company.name[2:4]}"
    yield "organisation", f"/organisations/{company.pk}/"
    yield "organisation names, typing", f"/organisations/names/?name={company.name[:3]}"
    yield "follow-ups", "/follow-ups/"
    yield "follow-ups, overdue", "/follow-ups/?show=overdue"
    yield "follow-ups, the last page", "/follow-ups/?page=9999"
    yield "follow-ups named", "/follow-ups/?q=후속조치+77"
    yield "follow-ups, the latest", "/follow-ups/?sort=latest"
    yield "follow-up", f"/follow-ups/{follow_up}/"
    yield "concurrences", "/concurrences/"
    yield "concurrences, all", "/concurrences/?show=all"
    yield "approvals", "/approvals/"
    yield "approvals, all", "/approvals/?show=all"
    for place, model in (("outcomes", Outcome), ("follow-ups", FollowUp), ("organisations", Organisation)):
        ticked = model.objects.order_by("id").values_list("pk", flat=True)[100:150]
        yield f"fifty {place} to change", f"/{place}/bulk/?" + "&".join(f"record={pk}" for pk in ticked)
    yield "demonstrations", "/demonstrations/"
    yield "pitches", "/pitches/"
    yield "targets", "/targets/"
    yield "imports", "/imports/"
    yield "notifications", "/notifications/"
    yield "search: a name", f"/search/?q={company.name}"
    yield "search: initials", "/search/?q=ㅎㅅㄱㄴ"
    yield "search: an amount", "/search/?q=USD+1,230,000"
    yield "search: a title", "/search/?q=합성+성과+4242"
    yield "search: nothing", "/search/?q=없는말씀"
    yield "organisations alike", "/organisations/duplicates/"
    yield "dashboard", "/reports/dashboard/?year=2023"
    yield "quarterly report", "/reports/quarterly/?period=2022Q3"


def _read(address: str) -> Reading:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _signed_in()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, headers={"accept-encoding": "gzip"})
    if answer.status_code != 200:
        sys.exit(f"benchmarks: {address} answered {answer.status_code}")
    queries = len(captured)
    client.get(address)
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    size = round(len(answer.content) / 1024, 1)
    return Reading(round(p95, 1), round(statistics.median(times), 1), queries, size)


def _unit() -> Any:
    """One of the departments, where the reader works."""
    from crm.models import OrgUnit

    return OrgUnit.objects.filter(parent_unit__isnull=False).order_by("id")[1]


def _signed_in() -> Any:
    """A team lead of one of the units, made for the purpose where there is none."""
    from django.test import Client
    from django.utils import timezone

    from crm.actions.accounts import open_account, system_caller
    from crm.models import Account
    from crm.values.measures import Role

    account = Account.objects.filter(username="bench").first()
    if account is None:
        said = {"username": "bench", "name": "측정", "role": Role.TEAM_LEAD, "org_unit": _unit()}
        account = open_account(system_caller(timezone.now()), "a-long-password-here", **said)
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


if __name__ == "__main__":
    sys.exit(main())
