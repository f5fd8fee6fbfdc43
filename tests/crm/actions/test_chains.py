"""What came of what: both ways, no circles, nothing twice."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.actions.chains import link_chain, unlink_chain
from crm.actions.outcomes import archive_outcome
from crm.models import ChainLink, guard
from crm.queries.chains import chain_of
from tests.builders import make_outcome, system
from tests.builders_demonstrations import make_competition, make_demonstration, make_pitch

pytestmark = pytest.mark.django_db


def link(**ends: Any) -> ChainLink:
    return link_chain(system(), **ends)


def walked(steps: Any) -> list[tuple[int, str]]:
    return [(step.depth, step.record.title) for step in steps]


def test_it_is_walked_both_ways_from_anywhere() -> None:
    pitch, trial = make_pitch(make_competition(), "로봇"), make_demonstration("실증")
    bought, invested = make_outcome("구매계약"), make_outcome("투자협약")
    link(from_pitch=pitch, to_demonstration=trial)
    link(from_demonstration=trial, to_outcome=bought)
    link(from_outcome=bought, to_outcome=invested)
    ahead = [(1, "실증"), (2, "구매계약"), (3, "투자협약")]
    assert walked(chain_of(pitch).after) == ahead and chain_of(pitch).before == ()
    assert walked(chain_of(invested).before) == [(-3, "로봇"), (-2, "실증"), (-1, "구매계약")]
    assert (walked(chain_of(trial).before), walked(chain_of(trial).after)) == (
        [(-1, "로봇")],
        [(1, "구매계약"), (2, "투자협약")],
    )


def test_what_is_reached_twice_is_told_once_at_the_nearest() -> None:
    trial, first, second = make_demonstration(), make_outcome("가"), make_outcome("나")
    link(from_demonstration=trial, to_outcome=first)
    link(from_demonstration=trial, to_outcome=second)
    link(from_outcome=first, to_outcome=second)
    assert walked(chain_of(trial).after) == [(1, "가"), (1, "나")]


def test_nothing_comes_of_itself() -> None:
    first, second, third = make_outcome("가"), make_outcome("나"), make_outcome("다")
    link(from_outcome=first, to_outcome=second)
    link(from_outcome=second, to_outcome=third)
    for cause, effect in ((third, first), (second, first), (first, first)):
        with pytest.raises(ValidationError):
            link(from_outcome=cause, to_outcome=effect)


def test_a_circle_that_slipped_in_is_not_walked_for_ever() -> None:
    first, second = make_outcome("가"), make_outcome("나")
    link(from_outcome=first, to_outcome=second)
    back = link(from_outcome=make_outcome("다"), to_outcome=first)
    with guard.declared(ChainLink._meta.db_table):
        ChainLink._base_manager.filter(pk=back.pk).update(from_outcome=second)
    assert walked(chain_of(first).after) == [(1, "나")]
    assert walked(chain_of(first).before) == [(-1, "나")]


def test_the_same_link_stands_once() -> None:
    trial, bought = make_demonstration(), make_outcome()
    link(from_demonstration=trial, to_outcome=bought)
    with pytest.raises(ValidationError):
        link(from_demonstration=trial, to_outcome=bought)


@pytest.mark.parametrize("ends", ["no cause", "no effect", "two causes"])
def test_a_link_has_two_ends(ends: str) -> None:
    trial, bought = make_demonstration(), make_outcome()
    given: dict[str, Any] = {
        "no cause": {"to_outcome": bought},
        "no effect": {"from_demonstration": trial},
        "two causes": {"from_demonstration": trial, "from_outcome": make_outcome("다른 것"), "to_outcome": bought},
    }[ends]
    with pytest.raises(ValidationError):
        link(**given)


def test_a_link_is_taken_away_with_its_reason_and_may_be_made_again() -> None:
    trial, bought = make_demonstration(), make_outcome()
    made = link(from_demonstration=trial, to_outcome=bought)
    with pytest.raises(ValidationError):
        unlink_chain(system(), made, "  ")
    unlink_chain(system(), made, "다른 실증의 계약")
    assert chain_of(trial).after == () and ChainLink.objects.count() == 1
    assert made.history.order_by("-history_id")[0].history_change_reason == "다른 실증의 계약"
    link(from_demonstration=trial, to_outcome=bought)
    assert len(chain_of(trial).after) == 1


def test_an_archived_record_takes_no_new_links() -> None:
    trial, bought = make_demonstration(), make_outcome()
    archive_outcome(system(), bought, "두 번 기록됨")
    with pytest.raises(ValidationError):
        link(from_demonstration=trial, to_outcome=bought)


def test_a_wide_chain_takes_one_query_a_level(django_assert_max_num_queries: Any) -> None:
    trial = make_demonstration()
    for number in range(8):
        link(from_demonstration=trial, to_outcome=make_outcome(f"계약 {number}"))
    with django_assert_max_num_queries(4):
        chain = chain_of(trial)
        assert {step.record.title for step in chain.after} == {f"계약 {n}" for n in range(8)}
