"""The ranking, with means reckoned by hand."""

from decimal import Decimal

import pytest

from crm.actions.pitches import advance_pitch, declare_conflict, update_judge
from crm.models import Event
from crm.queries.pitches import CompetitionParts
from crm.values.demonstrations import PitchRound, PitchStatus
from crm.values.money import round_half_up
from reports.figures.pitches import ranking
from tests.builders import make_organisation, system
from tests.builders_demonstrations import make_competition, make_judge, make_pitch, score

pytestmark = pytest.mark.django_db


def ranked(event: Event) -> list[tuple[str, int | None, Decimal | None]]:
    titles = {pitch.pk: pitch.title for pitch in event.pitches.all()}
    rows = ranking(CompetitionParts(event), PitchRound.SCREENED)
    return [(titles[r.pitch], r.place, r.mean if r.mean is None else round_half_up(r.mean, 2)) for r in rows]


def test_weighted_means_and_shared_places() -> None:
    event = make_competition({"기술성": 50, "사업성": 30, "발표": 20})
    one, two, three = (make_judge(event, name) for name in ("가", "나", "다"))
    first, second, third, silent = (make_pitch(event, name) for name in ("로봇", "드론", "센서", "배터리"))
    # 90·0.5 + 80·0.3 + 70·0.2 = 83;  80·0.5 + 90·0.3 + 85·0.2 = 84;  85.5·0.5 + 70·0.3 + 100·0.2 = 83.75
    # (83 + 84 + 83.75) / 3 = 83.58333…
    for judge, points in ((one, (90, 80, 70)), (two, (80, 90, 85)), (three, ("85.5", 70, 100))):
        score(first, judge, *points)
    # 84 + 83 + 83.75, the same mean by other judges' points
    for judge, points in ((one, (80, 90, 85)), (two, (90, 80, 70)), (three, ("85.5", 70, 100))):
        score(second, judge, *points)
    # 60·0.5 + 60·0.3 + 60·0.2 = 60 from each
    for judge in (one, two, three):
        score(third, judge, 60, 60, 60)
    assert ranked(event) == [
        ("로봇", 1, Decimal("83.58")),
        ("드론", 1, Decimal("83.58")),
        ("센서", 3, Decimal("60.00")),
        ("배터리", None, None),
    ]
    assert silent.scores.count() == 0


def test_a_conflict_declared_later_takes_the_judges_scores_out() -> None:
    event = make_competition()
    one, two = make_judge(event, "가"), make_judge(event, "나")
    robot, drone = make_pitch(event, "로봇"), make_pitch(event, "드론")
    # 로봇: 100·0.6 + 100·0.4 = 100 and 70·0.6 + 60·0.4 = 66, mean 83; 드론: 80 and 80
    score(robot, one, 100, 100)
    score(robot, two, 70, 60)
    for judge in (one, two):
        score(drone, judge, 80, 80)
    assert ranked(event) == [("로봇", 1, Decimal("83.00")), ("드론", 2, Decimal("80.00"))]
    declare_conflict(system(), robot, one, "공동 연구")
    assert ranked(event) == [("드론", 1, Decimal("80.00")), ("로봇", 2, Decimal("66.00"))]
    (row,) = (r for r in ranking(CompetitionParts(event), PitchRound.SCREENED) if r.pitch == robot.pk)
    assert [(t.total, t.in_conflict) for t in row.totals] == [(100, True), (66, False)] and row.judges == 1


def test_a_judge_who_turns_out_to_work_for_the_applicant_does_not_count() -> None:
    event, company = make_competition(), make_organisation()
    one, two = make_judge(event, "가"), make_judge(event, "나")
    pitch = make_pitch(event, "로봇", company)
    score(pitch, one, 100, 100)
    score(pitch, two, 50, 50)
    update_judge(system(), one, organisation=company)
    assert ranked(event) == [("로봇", 1, Decimal("50.00"))]


def test_who_has_not_scored_everything_leaves_the_entry_without_a_place() -> None:
    event = make_competition()
    one, two, absent = make_judge(event, "가"), make_judge(event, "나"), make_judge(event, "다")
    robot, drone = make_pitch(event, "로봇"), make_pitch(event, "드론")
    score(robot, one, 80, 80)
    score(drone, one, 70, 70)
    score(robot, two, 80, 80)
    score(drone, two, 70)
    assert ranked(event) == [("로봇", 1, Decimal("80.00")), ("드론", None, None)]
    assert absent.scores.count() == 0


def test_what_was_withdrawn_has_no_place_and_what_is_out_keeps_it() -> None:
    event = make_competition()
    judge = make_judge(event)
    for title, points in (("로봇", 90), ("드론", 80), ("센서", 70)):
        score(make_pitch(event, title), judge, points, points)
    for title, status in (("로봇", PitchStatus.WITHDRAWN), ("센서", PitchStatus.OUT)):
        advance_pitch(system(), event.pitches.get(title=title), status=status, reason="사유")
    assert [row[:2] for row in ranked(event)] == [("드론", 1), ("센서", 2), ("로봇", None)]


def test_rounds_are_ranked_apart() -> None:
    event = make_competition()
    judge = make_judge(event)
    score(make_pitch(event, "로봇"), judge, 90, 90)
    assert all(row.place is None for row in ranking(CompetitionParts(event), PitchRound.FINALS))


def test_a_third_is_not_a_tie_with_its_rounding() -> None:
    event = make_competition({"기술성": 100})
    judges = [make_judge(event, name) for name in ("가", "나", "다")]
    robot, drone = make_pitch(event, "로봇"), make_pitch(event, "드론")
    # 250.01 / 3 = 83.33666…, 250 / 3 = 83.33333…
    for judge, points in zip(judges, ("83.33", "83.33", "83.35"), strict=True):
        score(robot, judge, points)
    for judge, points in zip(judges, ("83.33", "83.33", "83.34"), strict=True):
        score(drone, judge, points)
    assert [row[:2] for row in ranked(event)] == [("로봇", 1), ("드론", 2)]
