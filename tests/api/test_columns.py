"""Rows that the database writes say the same as the records do, whatever stands in them."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection

from api import columns
from api.registry import RESOURCES
from crm.actions import ledger
from crm.models import LedgerEntry
from crm.values.measures import Cause, Series
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World, figure

pytestmark = pytest.mark.django_db
SAID = ['"따옴표" \\ 역사선', "줄\n바꿈\t탭", "🤖 <b>&amp;</b> %s {} 漢字", "1천만 달러", ""]
VALUES = ["0.0001", "922337203685477", "1234567.89", "10", "99999999999999.9999"]
MICROSECONDS = [0, 1, 500_000, 123_400, 999_999]


@pytest.fixture
def entries(world: World) -> int:
    """Entries with whatever is hard to write down, and the reversal of one."""
    for said, value, microsecond in zip(SAID, VALUES, MICROSECONDS, strict=True):
        caller = replace(world.caller, now=datetime(2023, 3, 1, 0, 30, tzinfo=UTC).replace(microsecond=microsecond))
        told = figure(value=Decimal(value), as_reported=said, series=Series.EXPECTED, currency="EUR")
        entry = ledger.post_figure(caller, world.outcome, told)
    ledger.reverse_figure(world.caller, entry, Cause.CORRECTION, "잘못 적음")
    return LedgerEntry.objects.count()


@pytest.mark.parametrize("ordering", ["id", "-id", "recorded_at", "-value_date"])
def test_a_list_says_what_each_record_says(api: ApiClient, entries: int, ordering: str) -> None:
    rows = api.all("ledger-entries", {"limit": "3", "ordering": ordering})
    assert len({row["id"] for row in rows}) == len(rows) == entries
    assert [row for row in rows if row != api.get(f"ledger-entries/{row['id']}").json()] == []
    assert {row["as_reported"] for row in rows} >= set(SAID)
    assert {row["value"] for row in rows if not row["reverses"]} >= set(VALUES)


def test_some_fields_are_those_of_the_whole(api: ApiClient, entries: int) -> None:
    whole = api.all("ledger-entries", {})
    some = api.all("ledger-entries", {"fields": "value,recorded_at"})
    assert some == [{name: row[name] for name in ("id", "value", "recorded_at")} for row in whole]


def test_who_writes_the_rows(api: ApiClient, world: World) -> None:
    """PostgreSQL, of what is columns only; so that the lists above are read in the way that is meant."""
    read = set()
    for name, kind in RESOURCES.items():
        serializer = kind.serializer_class()
        found = columns.texts(kind.queryset.order_by("id"), serializer, "id")  # type: ignore[union-attr]
        read |= {name} if found is not None else set()
    flat = {"approvals", "concurrences", "consultations", "documents", "follow-ups", "fx-rates", "ledger-entries"}
    assert (read >= flat) if connection.vendor == "postgresql" else not read
    assert not read & {"outcomes", "organisations", "events"}, "of these a part stands elsewhere"
