"""Law 9: from any number a person can walk to the entries, and from an entry to its evidence, source and recorder."""

import re
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from crm.actions import attribution, ledger
from crm.actions.accounts import open_account
from crm.actions.attribution import Share
from crm.models import LedgerEntry
from crm.values.measures import AttributionRole, Role
from crm.values.periods import Quarter, parse_as_of
from reports.building.quarterly import build_quarterly
from reports.figures.quarterly import quarterly
from reports.figures.trace import Trace, Traced, trace
from reports.report import Row, Table
from tests.laws.scenarios import NOW, World, figure, make_world

pytestmark = pytest.mark.django_db
SPANS = ("quarter", "year")


@pytest.fixture
def world() -> World:
    world = make_world()
    ledger.correct_figure(world.caller, world.money, figure(value=Decimal(900000)), "오기")
    return world


@pytest.fixture
def tables(world: World) -> dict[str, Table]:
    report = build_quarterly(quarterly(Quarter(2023, 1), NOW), "ko")
    return {table.key: table for section in report.sections for table in section.tables}


def traced(row: Row) -> tuple[LedgerEntry, ...]:
    return opened(row).entries


def opened(row: Row) -> Traced:
    query = dict(parse_qsl(urlsplit(row.link or "").query, keep_blank_values=True))
    filters = {name: query[name] for name in Trace.FILTERS if name in query}
    first = date.fromisoformat(query["from"]) if query["from"] else None
    last = date.fromisoformat(query["to"])
    return trace(Trace(first, last, parse_as_of(query["as_of"]), filters))


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("measure", ["counts", "money", "jobs"])
def test_the_entries_behind_a_number_add_up_to_it(tables: dict[str, Table], span: str, measure: str) -> None:
    for row in tables[f"{span}_{measure}"].rows:
        numbers = [v for v in row.values if isinstance(v, int | Decimal)]
        behind = traced(row)
        assert behind and sum(entry.value for entry in behind) in numbers


def test_the_entries_behind_a_rate_make_its_two_parts(tables: dict[str, Table]) -> None:
    for row in tables["fulfilment_rates"].rows:
        entries = traced(row)
        announced = [e.value for e in entries if e.series == "announced"]
        if entries and entries[0].currency in ("", "KRW"):
            assert sum(announced) == row.values[2]
    for row in tables["fulfilment_status"].rows:
        assert sum(e.value for e in traced(row)) == row.values[1]


def test_the_entries_behind_a_share_make_it_by_their_shares(world: World, tables: dict[str, Table]) -> None:
    shares = [Share(AttributionRole.PROGRESSED, Decimal("33.3"), event=world.event)]
    shares += [Share(AttributionRole.SIGNED_AT, Decimal("66.7"), event=world.event)]
    attribution.attribute_outcome(replace(world.caller, now=NOW), world.outcome, shares)
    report = build_quarterly(quarterly(Quarter(2023, 1), NOW), "ko")
    rows = [row for s in report.sections for t in s.tables if t.key.startswith("attribution_") for row in t.rows]
    assert len(rows) > 4
    for row in rows:
        found = opened(row)
        parts = [e.value * found.shares.get(e.outcome_id, 100) / 100 for e in found.entries]  # type: ignore[arg-type]
        assert parts and sum(parts) == row.values[-1]


def test_every_number_has_a_trace(tables: dict[str, Table]) -> None:
    for key, table in tables.items():
        if table.rows and key != "delays":
            assert all(row.link for row in table.rows), key


def test_every_entry_names_source_evidence_and_recorder(world: World) -> None:
    for entry in LedgerEntry.objects.all():
        assert entry.source and entry.evidence_grade and entry.recorded_by and entry.action


def test_the_page_leads_from_the_number_to_the_entries_and_on_to_the_outcome(world: World) -> None:
    leader = open_account(world.caller, None, username="leader", name="간부", role=Role.LEADERSHIP)
    client = Client()
    client.force_login(leader, "django.contrib.auth.backends.ModelBackend")
    as_of = NOW.astimezone(UTC).isoformat()
    page = client.get("/reports/quarterly/", {"period": "2023Q1", "as_of": as_of}).content.decode()
    address = next(
        a
        for a in re.findall(
            r'href="(/reports/entries/[^"]+investment_mou[^"]+money[^"]+|/reports/entries/[^"]+money[^"]+investment_mou[^"]+)"',
            page,
        )
    )
    entries = client.get(address.replace("&amp;", "&")).content.decode()
    outcome = re.search(rf'href="(/outcomes/{world.outcome.pk}/)#entry-[0-9a-f-]+"', entries)
    assert outcome is not None
    assert client.get(outcome.group(1)).status_code == 200
