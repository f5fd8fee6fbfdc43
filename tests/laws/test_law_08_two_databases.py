"""Law 8: two databases, one behaviour. The test command runs this whole suite on both; these are the known traps."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from crm.actions import ledger, organisations
from crm.models import Organisation
from tests.laws.scenarios import World, figure, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_the_database_is_the_one_that_was_asked_for() -> None:
    assert connection.vendor == settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[1].rstrip("3")


def test_decimals_come_back_to_the_last_digit(world: World) -> None:
    value = Decimal("922337203685476.1234")
    entry = ledger.post_figure(world.caller, world.outcome, figure(value=value))
    entry.refresh_from_db()
    assert entry.value == value


def test_a_failed_action_inside_a_transaction_leaves_the_rest_usable(world: World) -> None:
    with transaction.atomic():
        with pytest.raises(ValidationError):
            organisations.record_organisation(world.caller, name="")
        organisations.record_organisation(world.caller, name="광주테크노파크")
    assert Organisation.objects.filter(key="광주테크노파크").exists()


def test_hangul_initials_and_case_are_ours_not_the_database_s(world: World) -> None:
    made = organisations.record_organisation(world.caller, name="㈜벤텍프런티어")
    assert made.key == "벤텍프런티어"
    assert made.initials.startswith("ㅂㅌㅍㄹ")
