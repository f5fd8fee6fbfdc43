"""The ledger by the API: posted, corrected, reversed; exact; never patched."""

from decimal import Decimal
from typing import Any

import pytest

from crm.models import LedgerEntry
from tests.api.answers import problem_of
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def body(world: World, **changes: Any) -> dict[str, Any]:
    values = {"outcome": str(world.outcome.pk), "measure": "money", "series": "announced", "value": "1234.5678",
              "currency": "USD", "basis": "total", "source": "보도자료", "evidence_grade": "press"}  # fmt: skip
    return {**values, **changes}


def test_a_figure_is_posted_exactly(api: ApiClient, world: World) -> None:
    made = api.post("ledger-entries", body(world))
    assert made.status_code == 201, made.content
    assert made.json()["value"] == "1234.5678"
    assert LedgerEntry.objects.get(pk=made.json()["id"]).value == Decimal("1234.5678")


def test_the_largest_value_comes_back_to_the_last_digit(api: ApiClient, world: World) -> None:
    assert api.post("ledger-entries", body(world, value="922337203685476")).json()["value"] == "922337203685476"


def test_a_correction_reverses_and_posts_anew(api: ApiClient, world: World) -> None:
    first = api.post("ledger-entries", body(world)).json()
    new = body(world, value="1000", reason="오기")
    new.pop("outcome")
    made = api.post(f"ledger-entries/{first['id']}/correct", new)
    assert made.status_code == 201, made.content
    assert (made.json()["replaces"], made.json()["cause"]) == (first["id"], "correction")
    assert LedgerEntry.objects.get(reverses_id=first["id"]).value == Decimal("-1234.5678")
    problem_of(api.post(f"ledger-entries/{first['id']}/correct", new), 409)


def test_a_figure_is_taken_back(api: ApiClient, world: World) -> None:
    first = api.post("ledger-entries", body(world)).json()
    made = api.post(f"ledger-entries/{first['id']}/reverse", {"cause": "withdrawal", "reason": "철회"})
    assert (made.status_code, made.json()["reverses"]) == (201, first["id"])


def test_an_entry_is_never_patched(api: ApiClient, world: World) -> None:
    problem_of(api.patch(f"ledger-entries/{world.money.pk}", {"value": "1"}, if_match='"1"'), 405)


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"value": 1.5}, "/value", "not_exact"),
        ({"value": "1e9"}, "/value", "not_exact"),
        ({"value": "0.00001"}, "/value", "max_decimal_places"),
        ({"value": "-1"}, "/value", "invalid"),
        ({"value": "NaN"}, "/value", "invalid"),
        ({"currency": "XXX"}, "/currency", "invalid"),
        ({"series": "dreamt"}, "/series", "invalid_choice"),
        ({"series": "realised"}, "/evidence_grade", "invalid"),
        ({"source": "\u0000"}, "/source", "null_characters_not_allowed"),
        ({"source": "\ud800"}, "/source", "surrogate_characters_not_allowed"),
        ({"outcome": "01890000-0000-7000-8000-00000000ffff"}, "/outcome", "does_not_exist"),
        ({"value_date": "1850-01-01"}, "/value_date", "invalid"),
    ],
)
def test_a_wrong_figure_is_refused_at_its_place(
    api: ApiClient, world: World, changes: dict[str, Any], pointer: str, code: str
) -> None:
    before = LedgerEntry.objects.count()
    errors = problem_of(api.post("ledger-entries", body(world, **changes)), 422)["errors"]
    assert (pointer, code) in {(e["pointer"], e["code"]) for e in errors}
    assert LedgerEntry.objects.count() == before


def test_an_entry_is_about_one_thing(api: ApiClient, world: World) -> None:
    problem_of(api.post("ledger-entries", body(world, event=str(world.event.pk))), 422)


def test_filters_by_value_date_and_series(api: ApiClient, world: World) -> None:
    query = {"value_from": "2023-01-07", "value_to": "2023-01-07", "measure": "money", "series": "announced"}
    rows = api.get("ledger-entries", query).json()["results"]
    assert [row["id"] for row in rows] == [str(world.money.pk)]
