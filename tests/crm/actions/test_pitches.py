"""Pitch competitions: weights, conflicts of interest, scores, and how far an entry comes."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.actions import pitches
from crm.actions.pitches import advance_pitch, declare_conflict, set_criteria
from crm.models import PitchCriterion, PitchEntry, PitchScore
from crm.values.demonstrations import PitchRound, PitchStatus
from tests.builders import make_event, make_organisation, system
from tests.builders_demonstrations import make_competition, make_judge, make_pitch, score

pytestmark = pytest.mark.django_db


def refused(act: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        act()
    return error.value.message_dict


def laid(event: Any, *weights: str) -> dict[str, list[str]]:
    criteria = [(f"항목 {place}", Decimal(weight)) for place, weight in enumerate(weights)]
    return refused(lambda: set_criteria(system(), event, criteria))


@pytest.mark.parametrize(
    ("weights", "told"), [(("60", "39"), "99"), (("60", "40.01"), "100.01"), (("33.3", "33.3", "33.3"), "99.9"), ((), "0")]
)  # fmt: skip
def test_weights_add_to_a_hundred_or_their_sum_is_named(weights: tuple[str, ...], told: str) -> None:
    event = make_competition({})
    (message,) = laid(event, *weights)["criteria"]
    assert f" {told}" in message and not PitchCriterion.objects.exists()


def test_a_negative_weight_makes_up_for_nothing() -> None:
    assert "criteria" in laid(make_competition({}), "110", "-10")


def test_weights_of_a_third_each_are_exact() -> None:
    criteria = [("가", Decimal("33.33")), ("나", Decimal("33.33")), ("다", Decimal("33.34"))]
    assert len(set_criteria(system(), make_competition({}), criteria)) == 3


def test_criteria_are_replaced_until_somebody_scores() -> None:
    event = make_competition()
    set_criteria(system(), event, [("기술성", Decimal(100))])
    assert [c.name for c in event.criteria.filter(archived_at=None)] == ["기술성"]
    score(make_pitch(event), make_judge(event), 80)
    event.refresh_from_db()
    assert "__all__" in refused(lambda: set_criteria(system(), event, [("사업성", Decimal(100))]))


def test_only_a_competition_has_entries() -> None:
    show = make_event()
    assert "event" in refused(lambda: make_pitch(show))
    assert "event" in refused(lambda: make_judge(show))


def test_an_applicant_pitches_the_same_once() -> None:
    event, company = make_competition(), make_organisation()
    make_pitch(event, "로봇", company)
    with pytest.raises(ValidationError):
        make_pitch(event, "로봇", company)


def test_a_judge_in_conflict_does_not_score() -> None:
    event = make_competition()
    pitch, judge = make_pitch(event), make_judge(event)
    declare_conflict(system(), pitch, judge, "지난해까지 자문")
    (told,) = refused(lambda: score(pitch, judge, 80, 70))["judge"]
    assert "지난해까지 자문" in told and not PitchScore.objects.exists()


def test_a_judge_who_works_for_the_applicant_needs_no_declaration() -> None:
    event, company = make_competition(), make_organisation()
    pitch, judge = make_pitch(event, "로봇", company), make_judge(event, organisation=company)
    assert "judge" in refused(lambda: score(pitch, judge, 80, 70))
    assert "judge" in refused(lambda: declare_conflict(system(), pitch, judge, "같은 회사"))
    score(make_pitch(event, "드론"), judge, 80, 70)


def test_a_conflict_has_its_reason_and_can_be_taken_back() -> None:
    event = make_competition()
    pitch, judge = make_pitch(event), make_judge(event)
    assert "reason" in refused(lambda: declare_conflict(system(), pitch, judge, " "))
    conflict = declare_conflict(system(), pitch, judge, "친족")
    pitches.withdraw_conflict(system(), conflict, "동명이인")
    pitch.refresh_from_db()
    score(pitch, judge, 80, 70)
    assert conflict.history.order_by("-history_id")[0].history_change_reason == "동명이인"


@pytest.mark.parametrize("points", ["-0.01", "100.01", "NaN"])
def test_points_go_from_0_to_100(points: str) -> None:
    event = make_competition()
    pitch, judge = make_pitch(event), make_judge(event)
    assert len(refused(lambda: score(pitch, judge, points, 50))) == 1
    assert not PitchScore.objects.exists()


def test_criteria_and_judges_of_another_competition_are_unknown() -> None:
    event, other = make_competition(), make_competition()
    pitch, criterion = make_pitch(event), other.criteria.all()[0]
    points = {criterion: Decimal(50)}
    here, there = make_judge(event), make_judge(other)
    errors = refused(lambda: pitches.score_pitch(system(), pitch, here, points, PitchRound.SCREENED))
    assert set(errors) == {f"points/{criterion.pk}"}
    assert "judge" in refused(lambda: score(pitch, there, 50, 50))


@pytest.mark.parametrize("status", [PitchStatus.OUT, PitchStatus.WITHDRAWN])
def test_what_is_out_is_not_scored(status: PitchStatus) -> None:
    event = make_competition()
    pitch, judge = make_pitch(event), make_judge(event)
    advance_pitch(system(), pitch, status=status, reason="서류 미비")
    assert "pitch" in refused(lambda: score(pitch, judge, 50, 50))


@pytest.mark.parametrize("round_", [PitchRound.APPLIED, PitchRound.FINALS])
def test_a_round_that_is_not_there_is_not_scored(round_: PitchRound) -> None:
    event = make_competition()
    pitch, judge = make_pitch(event), make_judge(event)
    assert "round" in refused(lambda: score(pitch, judge, 50, 50, round_=round_))


def test_scoring_again_corrects_and_keeps_what_stood() -> None:
    event = make_competition()
    pitch, judge = make_pitch(event), make_judge(event)
    score(pitch, judge, 80, 70)
    version = pitch.version
    score(pitch, judge, 80, 70)
    assert pitch.version == version
    score(pitch, judge, 80, 75)
    assert sorted(s.points for s in PitchScore.objects.all()) == [75, 80]
    assert [h.points for h in PitchScore.history.filter(criterion__name="사업성").order_by("history_id")] == [70, 75]


def to_finals(pitch: PitchEntry) -> PitchEntry:
    for round_ in (PitchRound.SCREENED, PitchRound.FINALS):
        advance_pitch(system(), pitch, round=round_)
    return pitch


def test_the_finals_take_the_scores_of_the_screening() -> None:
    event = make_competition()
    pitch, judge, partial = make_pitch(event), make_judge(event), make_judge(event, "심사위원 나")
    advance_pitch(system(), pitch, round=PitchRound.SCREENED)
    score(pitch, partial, 80)
    assert "round" in refused(lambda: advance_pitch(system(), pitch, round=PitchRound.FINALS))
    score(pitch, judge, 80, 70)
    assert advance_pitch(system(), pitch, round=PitchRound.FINALS).round == "finals"


def test_scores_of_a_judge_in_conflict_open_no_gate() -> None:
    event = make_competition()
    pitch, judge = make_pitch(event), make_judge(event)
    advance_pitch(system(), pitch, round=PitchRound.SCREENED)
    score(pitch, judge, 80, 70)
    declare_conflict(system(), pitch, judge, "자문")
    assert "round" in refused(lambda: advance_pitch(system(), pitch, round=PitchRound.FINALS))


def test_an_award_takes_the_finals_their_scores_and_a_place() -> None:
    event = make_competition()
    pitch, judge = make_pitch(event), make_judge(event)
    awarded = {"status": PitchStatus.AWARDED}
    assert "status" in refused(lambda: advance_pitch(system(), pitch, **awarded, place=1))
    score(pitch, judge, 80, 70)
    to_finals(pitch)
    assert "status" in refused(lambda: advance_pitch(system(), pitch, **awarded, place=1))
    score(pitch, judge, 90, 95, round_=PitchRound.FINALS)
    assert "place" in refused(lambda: advance_pitch(system(), pitch, **awarded))
    assert "place" in refused(lambda: advance_pitch(system(), pitch, place=1))
    advance_pitch(system(), pitch, **awarded, place=1, award="대상")
    assert (pitch.status, pitch.place, pitch.award) == ("awarded", 1, "대상")
    assert "reason" in refused(lambda: advance_pitch(system(), pitch, status=PitchStatus.RUNNING))
    advance_pitch(system(), pitch, status=PitchStatus.RUNNING, reason="집계 오류")
    assert (pitch.status, pitch.place, pitch.award) == ("running", None, "")


def test_skipping_and_going_back_take_a_reason_that_is_kept() -> None:
    event = make_competition()
    pitch, judge = make_pitch(event), make_judge(event)
    score(pitch, judge, 80, 70)
    assert "reason" in refused(lambda: advance_pitch(system(), pitch, round=PitchRound.FINALS))
    advance_pitch(system(), pitch, round=PitchRound.FINALS, reason="추천 직행")
    assert "reason" in refused(lambda: advance_pitch(system(), pitch, round=PitchRound.SCREENED))
    assert pitch.history.order_by("-history_id")[0].history_change_reason == "추천 직행"


def test_progress_is_not_written_past_the_gates() -> None:
    pitch = make_pitch(make_competition())
    assert set(refused(lambda: pitches.update_pitch(system(), pitch, status="awarded", place=1))) == {"status", "place"}
