"""Consultations by the API: what was talked about goes to the ledger, once."""

import pytest

from crm.models import LedgerEntry
from tests.api.answers import refused
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def test_both_amounts_are_posted_as_two_facts(api: ApiClient, world: World) -> None:
    made = api.post("consultations", {**RESOURCES["consultations"].body(world), "expected": "2000"}).json()
    money = LedgerEntry.objects.filter(consultation=made["id"], measure="money")
    assert {(entry.series, str(entry.value.normalize())) for entry in money} == {
        ("consulted", "5E+3"),
        ("expected", "2E+3"),
    }


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [({"consulted": "0"}, "/consulted"), ({"expected": "-1"}, "/expected"), ({"currency": "XXX"}, "/currency"),
     ({"met_on": "1000-01-01"}, "/value_date")],
)  # fmt: skip
def test_what_is_not_valid_is_named(api: ApiClient, world: World, changes: dict[str, str], pointer: str) -> None:
    body = {**RESOURCES["consultations"].body(world), **changes}
    assert refused(api.post("consultations", body)) == {(pointer, "invalid")}


def test_amounts_are_not_patched(api: ApiClient, world: World) -> None:
    path, tag = f"consultations/{world.consultation.pk}", f'"{world.consultation.version}"'
    assert refused(api.patch(path, {"consulted": "1"}, if_match=tag)) == {("/consulted", "read_only")}
