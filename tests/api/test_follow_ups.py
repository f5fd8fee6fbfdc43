"""Follow-ups through the API: putting one off is a change of its own, with its reason."""

import pytest

from crm.models import FollowUp
from tests.api.answers import refused
from tests.api.conftest import ApiClient
from tests.builders import make_follow_up
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(world: World) -> FollowUp:
    return make_follow_up(outcome=world.outcome)


def test_it_is_put_off_with_a_reason(api: ApiClient, task: FollowUp) -> None:
    body = {"snoozed_until": "2090-03-01", "snooze_reason": "상대 회사 휴무"}
    told = api.patch(f"follow-ups/{task.pk}", body, if_match='"1"').json()
    assert (told["snoozed_until"], told["snooze_reason"], told["due_on"]) == ("2090-03-01", "상대 회사 휴무", None)
    assert (told["trigger"], told["escalated_on"], told["version"]) == ("", None, 2)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"snoozed_until": "2090-03-01"}, "/snooze_reason"),
        ({"snoozed_until": "2020-03-01", "snooze_reason": "늦음"}, "/snoozed_until"),
        ({"snooze_reason": "늦음"}, "/snoozed_until"),
        ({"snoozed_until": "2090-03-01", "snooze_reason": "휴무", "title": "다른 일"}, "/snoozed_until"),
    ],
)
def test_half_of_it_is_refused(api: ApiClient, task: FollowUp, body: dict[str, str], pointer: str) -> None:
    assert refused(api.patch(f"follow-ups/{task.pk}", body, if_match='"1"')) == {(pointer, "invalid")}
    assert FollowUp.objects.get(pk=task.pk).version == 1


def test_a_new_one_is_not_put_off_already(api: ApiClient, world: World) -> None:
    body = {"title": "전화", "outcome": str(world.outcome.pk), "snoozed_until": "2090-03-01"}
    assert refused(api.post("follow-ups", body)) == {("/snoozed_until", "read_only")}
