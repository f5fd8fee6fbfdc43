"""Follow-ups and directives."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from crm.actions import follow_ups
from crm.actions.base import Caller, Forbidden
from crm.models import Directive, FollowUp
from tests.laws.scenarios import NOW, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_a_directive_plans_its_follow_up_unassigned(world: World) -> None:
    follow_up = FollowUp.objects.get(directive=world.directive)
    assert (follow_up.title, follow_up.assignee, follow_up.due_on, follow_up.status) == (
        "실증 방안",
        None,
        None,
        "open",
    )


def test_its_follow_up_carries_the_first_line(world: World) -> None:
    directive = follow_ups.record_directive(world.caller, text="\n 첫 줄\n둘째 줄", given_on=date(2023, 2, 7))
    assert FollowUp.objects.get(directive=directive).title == "첫 줄"


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_directive_says_something(world: World, text: str) -> None:
    before = Directive.objects.count()
    with pytest.raises(ValidationError) as error:
        follow_ups.record_directive(world.caller, text=text, given_on=date(2023, 2, 7))
    assert (set(error.value.message_dict), Directive.objects.count()) == ({"text"}, before)


def test_done_once(world: World) -> None:
    follow_ups.complete_follow_up(world.caller, world.follow_up, date(2023, 3, 1), "착수함")
    assert (world.follow_up.status, world.follow_up.result) == ("done", "착수함")
    with pytest.raises(ValidationError):
        follow_ups.complete_follow_up(world.caller, world.follow_up, date(2023, 3, 2), "again")


def test_a_follow_up_belongs_to_something(world: World) -> None:
    with pytest.raises(ValidationError):
        follow_ups.plan_follow_up(world.caller, title="전화")


def test_an_officer_gives_no_directives(world: World) -> None:
    with pytest.raises(Forbidden):
        follow_ups.record_directive(Caller(world.officer, NOW, "page"), text="x", given_on=date(2023, 2, 7))
