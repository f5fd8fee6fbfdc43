"""Events and claims: contradicting claims stand, one of a measure is confirmed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from crm.actions import events
from crm.models import EventClaim
from tests.laws.scenarios import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def state(world: World, value: str, status: str = "unreviewed", measure: str = "exhibitors") -> EventClaim:
    return events.state_claim(world.caller, world.event, measure=measure, value=value, source="x", status=status)


def statuses() -> dict[str, str]:
    return dict(EventClaim.objects.values_list("value", "status"))


def test_confirming_supersedes_the_one_before(world: World) -> None:
    nine = state(world, "9")
    events.confirm_claim(world.caller, world.claim)
    events.confirm_claim(world.caller, nine)
    assert statuses() == {"8": "superseded", "9": "confirmed"}
    events.confirm_claim(world.caller, nine)
    assert statuses() == {"8": "superseded", "9": "confirmed"}


def test_a_second_confirmed_claim_is_refused(world: World) -> None:
    events.confirm_claim(world.caller, world.claim)
    with pytest.raises(ValidationError):
        state(world, "9", "confirmed")
    assert statuses() == {"8": "confirmed"}


def test_another_measure_is_confirmed_beside_it(world: World) -> None:
    events.confirm_claim(world.caller, world.claim)
    state(world, "6박 9일", "confirmed", "length")
    assert set(statuses().values()) == {"confirmed"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"starts_on": None}, "starts_on"),
        ({"name": " "}, "name"),
        ({"ends_on": date(2022, 1, 1)}, "__all__"),
    ],
)
def test_a_wrong_field_is_named(world: World, fields: dict[str, object], wrong: str) -> None:
    with pytest.raises(ValidationError) as error:
        events.update_event(world.caller, world.event, **fields)
    assert set(error.value.message_dict) == {wrong}


def test_an_exhibitor_takes_part_once(world: World) -> None:
    with pytest.raises(ValidationError):
        events.record_participation(world.caller, event=world.event, organisation=world.company)
