"""What the pages take of the server at volume: time and queries, page by page.

`python -m benchmarks.pages` measures the database that the environment names (IEUM_DATA or DATABASE_URL), which
`manage.py seed_volume` has filled; with `--both` it makes one of each kind first. It writes `pages` of
benchmarks/results.json, and tells which pages go beyond what a page may take. An address of which the database has
nothing to show ends it with an error before anything is measured. Times are those of Django's handlers and of the
database, without a network, in a process that was started as the web server's are.

A page of figures is read in two ways, and both are written down. `first_ms` and `first_queries`: what the first reader
waits for after something was recorded, when no figures are kept (reports.kept); the median of FIRST_ROUNDS readings,
each after all that is kept was let go. `p95_ms`, `median_ms` and `queries`: what readers wait for after the first,
until something is recorded again; of ROUNDS readings a page and series (fewer of one that takes very long). Pages
without figures keep nothing, and are the same both times. Kilobytes are of the answer as it is sent, compressed.

All pages are read in SERIES, minutes apart, and of each page the quietest is written down: what disturbs it on a shared
machine is not its own."""

import json
import logging
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.every_page import every_page
from benchmarks.readers import accounts, clients
from benchmarks.readers import unit as unit_of_readers
from benchmarks.records import make_records
from benchmarks.run import RESULTS

SERIES, ROUNDS = int(os.environ.get("BENCH_SERIES", "3")), int(os.environ.get("BENCH_ROUNDS", "20"))
FIRST_ROUNDS = 5
# A page that has taken that long by then is far beyond what it may take.
FEWEST_ROUNDS, LONGEST_MS = 10, 10_000
# What a page may take.
MOST_MS, MOST_QUERIES = 150, 12
# An address that only takes deeds, and one that is a deed itself and leads to another's page.
_TAKES_DEEDS, _LEADS_ON = "answers 405", {"notification-open": "answers 302", "contact-edit": "answers 302"}


@dataclass(frozen=True, slots=True)
class Reading:
    """Milliseconds and queries of the first reading and of those after it, and kilobytes of the answer."""

    first: float
    first_queries: int
    p95: float
    median: float
    queries: int
    kilobytes: float

    def quieter(self, other: "Reading") -> "Reading":
        quiet = min(self, other, key=lambda one: one.p95)
        return replace(quiet, first=min(self.first, other.first))

    def told(self) -> dict[str, float]:
        return {
            "first_ms": self.first,
            "first_queries": self.first_queries,
            "p95_ms": self.p95,
            "median_ms": self.median,
            "queries": self.queries,
            "kB": self.kilobytes,
        }


def main() -> int:
    if "--both" in sys.argv[1:]:
        return _both()
    from django.conf import settings

    import config.wsgi  # noqa: F401  as the web server starts

    settings.ALLOWED_HOSTS = ["testserver"]
    # What is no page for a reader is told at the end, not in the middle of the readings.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    make_records(accounts()[0])
    readers = clients()
    skipped, unread = unread_pages(readers)
    if unread:
        print("Not measured: these addresses have no page to read. Give the database what they show:")
        print("\n".join(f"  {name}: {why}" for name, why in unread.items()))
        return 1
    found = measured(readers, skipped)
    from django.db import connection

    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results.setdefault("pages", {})[connection.vendor] = found
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    return 0


def _both() -> int:
    from benchmarks.volume import on_postgresql, on_sqlite

    for database in (on_sqlite, on_postgresql):
        with database() as environment:
            for module in ("benchmarks.pages", "benchmarks.ledger", "benchmarks.sync", "benchmarks.polling"):
                subprocess.run([sys.executable, "-m", module], env=dict(environment), check=True)
    return 0


def unread_pages(readers: tuple[Any, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Of the addresses that no reader is shown a page at, and why: those that are deeds, and all others."""
    skipped: dict[str, str] = {}
    unread: dict[str, str] = {}
    for name, address in all_pages():
        reader, why = _reader(readers, address)
        if reader is None:
            (skipped if why in (_TAKES_DEEDS, _LEADS_ON.get(name)) else unread)[name] = why
    return skipped, unread


def measured(readers: tuple[Any, ...], skipped: dict[str, str]) -> dict[str, Any]:
    from crm.models import Outcome

    read: dict[str, Reading] = {}
    for _series in range(SERIES):
        for name, address in all_pages():
            if name in skipped or address is None:
                continue
            reading = _read(_reader(readers, address)[0], address)
            before = read.get(name)
            read[name] = reading if before is None else before.quieter(reading)
            first = f"first {reading.first:8.1f} ms {reading.first_queries:4d} queries"
            again = f"then {reading.p95:8.1f} ms {reading.queries:4d} queries"
            print(f"{name:34} {first} {again} {reading.kilobytes:7.1f} kB", flush=True)
    pages = {name: reading.told() for name, reading in read.items()}
    beyond = sorted(name for name, page in pages.items() if is_beyond(page))
    first_beyond = sorted(name for name, page in pages.items() if is_first_beyond(page))
    _tell(pages, beyond, first_beyond, skipped)
    found = {"pages": pages, "beyond": beyond, "first_beyond": first_beyond, "skipped": skipped}
    return {"outcomes": Outcome.objects.count(), "series": SERIES, "rounds": ROUNDS, **found}


def is_beyond(page: dict[str, float]) -> bool:
    """Whether it takes more than a page may, after its first reading."""
    return page["p95_ms"] > MOST_MS or page["queries"] > MOST_QUERIES


def is_first_beyond(page: dict[str, float]) -> bool:
    """Whether its first reading, after something was recorded, takes more than a page may."""
    return page["first_ms"] > MOST_MS or page["first_queries"] > MOST_QUERIES


def _tell(
    pages: dict[str, dict[str, float]], beyond: list[str], first_beyond: list[str], skipped: dict[str, str]
) -> None:
    print(f"{len(pages)} pages; {len(skipped)} addresses skipped:")
    for why in sorted(set(skipped.values())):
        print(f"  {why}: {', '.join(name for name, told in skipped.items() if told == why)}")
    print(f"beyond {MOST_MS} ms or {MOST_QUERIES} queries: {', '.join(beyond) or 'none'}")
    print(f"beyond that when read first after something was recorded: {', '.join(first_beyond) or 'none'}")


def _reader(readers: tuple[Any, ...], address: str | None) -> tuple[Any, str]:
    """The first to whom the page is shown; else None, and why."""
    if address is None:
        return None, "no such record"
    status = 0
    for reader in readers:
        if (status := reader.get(address).status_code) == 200:
            return reader, ""
    return None, f"answers {status}"


def all_pages() -> Iterator[tuple[str, str | None]]:
    """Those of `addresses`, and every other page."""
    chosen = list(addresses())
    yield from chosen
    known, names = {address for _name, address in chosen}, {name for name, _address in chosen}
    for name, address in every_page(unit_of_readers()):
        if address not in known:
            yield f"{name}, as it opens" if name in names else name, address


def addresses() -> Iterator[tuple[str, str]]:
    """The pages that are opened most, and those that read most."""
    from crm.models import Event, FollowUp, Organisation, Outcome, Participation

    event = Event.objects.order_by("id")[1].pk
    unit = unit_of_readers().pk
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
    for place, model in (
        ("outcomes", Outcome),
        ("follow-ups", FollowUp),
        ("organisations", Organisation),
        ("events", Event),
        ("participations", Participation),
    ):
        ticked = list(model.objects.order_by("id").values_list("pk", flat=True)[:150])[-50:]
        yield f"fifty {place} to change", f"/{place}/bulk/?" + "&".join(f"record={pk}" for pk in ticked)
    yield "demonstrations", "/demonstrations/"
    yield "pitches", "/pitches/"
    yield "targets", "/targets/"
    yield "imports", "/imports/"
    yield "notifications", "/notifications/"
    yield "outcomes of an amount", "/outcomes/?q=USD+1,230,000"
    yield "search: a name", f"/search/?q={company.name}"
    yield "search: initials", "/search/?q=ㅎㅅㄱㄴ"
    yield "search: an amount", "/search/?q=USD+1,230,000"
    yield "search: a title", "/search/?q=합성+성과+4242"
    yield "search: a title run together", "/search/?q=합성성과4242"
    yield "search: nothing", "/search/?q=없는말씀"
    yield "organisations alike", "/organisations/duplicates/"
    yield "dashboard", "/reports/dashboard/?year=2023"
    yield "quarterly report", "/reports/quarterly/?period=2022Q3"


def _read(client: Any, address: str) -> Reading:
    from reports import kept

    kept.forget()
    size, first_queries = _counted(client, address)
    _size, queries = _counted(client, address)
    first: list[float] = []
    while len(first) < FIRST_ROUNDS and sum(first) < LONGEST_MS:
        kept.forget()
        first.append(_timed(client, address))
    times: list[float] = []
    while len(times) < ROUNDS and not (len(times) >= FEWEST_ROUNDS and sum(times) > LONGEST_MS):
        times.append(_timed(client, address))
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    told = (round(value, 1) for value in (statistics.median(first), p95, statistics.median(times)))
    first_median, again, median = told
    return Reading(first_median, first_queries, again, median, queries, round(size / 1024, 1))


def _counted(client: Any, address: str) -> tuple[int, int]:
    """How long the answer is, compressed, and how many queries it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    # A request empties the log when it begins: what stands there before would be taken off.
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, headers={"accept-encoding": "gzip"})
    return len(answer.content), len(captured)


def _timed(client: Any, address: str) -> float:
    start = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
