"""The pages of pitch competitions: criteria, judges, entries, score sheets, conflicts, ranking."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from crm.actions.pitches import advance_pitch, declare_conflict
from crm.models import Event, Judge, JudgeConflict, PitchEntry, PitchScore
from crm.values.demonstrations import PitchRound, PitchStatus
from crm.values.measures import EventKind
from crm.web.pages import paging
from tests.builders import make_event, make_organisation, system
from tests.builders_demonstrations import make_competition, make_judge, make_pitch, score

Text = Callable[[Any], str]


def rows(*pairs: tuple[str, str]) -> dict[str, str]:
    sent = {"criteria-TOTAL_FORMS": str(len(pairs)), "criteria-INITIAL_FORMS": "0"}
    for place, (name, weight) in enumerate(pairs):
        sent |= {f"criteria-{place}-name": name, f"criteria-{place}-weight": weight}
    return sent


def sheet(judge: Judge, round_: str = "screened") -> str:
    return f"/judges/{judge.pk}/scores/?round={round_}"


def filled(answer: Any, *points: str) -> dict[str, str]:
    """The sheet's hidden state, and the points for its open cells in their order."""
    form = answer.context["form"]
    return {"seen": form.state, **{f.html_name: p for f, p in zip(form.visible_fields(), points, strict=False)}}


def competition(officer: Client, event: Event) -> Any:
    return officer.get(f"/events/{event.pk}/?whole").context["competition"]


def test_criteria_that_do_not_add_up_are_refused_with_their_sum(officer: Client, text: Text) -> None:
    event = make_competition({})
    sent = {"version": str(event.version), **rows(("기술성", "60"), ("사업성", "39"))}
    answer = officer.post(f"/events/{event.pk}/criteria/", sent)
    assert " 99" in text(answer) and not event.criteria.exists()
    sent["criteria-1-weight"] = "40"
    assert officer.post(f"/events/{event.pk}/criteria/", sent).status_code == 302
    assert competition(officer, event).criteria == (("기술성", "60"), ("사업성", "40"))


def test_criteria_are_locked_on_the_page_too(officer: Client) -> None:
    event = make_competition()
    score(make_pitch(event), make_judge(event), 80, 70)
    assert competition(officer, event).is_locked
    event.refresh_from_db()
    sent = {"version": str(event.version), **rows(("기술성", "100"))}
    assert officer.post(f"/events/{event.pk}/criteria/", sent).context["form"].non_field_errors()


def test_another_kind_of_event_has_no_competition(officer: Client) -> None:
    event = make_event()
    assert competition(officer, event) is None
    for path in ("criteria/", "judges/new/", "pitches/new/"):
        assert officer.get(f"/events/{event.pk}/{path}").status_code == 404


def test_judges_and_entries_are_recorded_once(officer: Client) -> None:
    event = make_competition()
    make_organisation("㈜하람")
    judge = {"id": str(uuid7()), "name": "심사위원 가", "affiliation": "대학", "organisation": "하람"}
    entry = {"id": str(uuid7()), "organisation": "하람", "title": "충전 로봇"}
    for _twice in range(2):
        assert officer.post(f"/events/{event.pk}/judges/new/", judge).status_code == 302
        assert officer.post(f"/events/{event.pk}/pitches/new/", entry).status_code == 302
    assert (Judge.objects.count(), PitchEntry.objects.count()) == (1, 1)
    (line,) = competition(officer, event).judges
    assert len(line.conflicts) == 1
    (found,) = officer.get("/pitches/").context["page"].lines
    assert found.where.text == "충전 로봇"


def test_a_score_sheet_is_filled_ranked_and_corrected(officer: Client) -> None:
    event = make_competition()
    judge = make_judge(event)
    make_pitch(event, "로봇"), make_pitch(event, "드론")
    page = officer.get(sheet(judge))
    assert officer.post(sheet(judge), filled(page, "80", "70", "90.5", "60"))["Location"].endswith("#competition")
    (table,) = competition(officer, event).tables
    # 80·0.6 + 70·0.4 = 76; 90.5·0.6 + 60·0.4 = 78.3
    assert [(line.place, line.where.text, line.mean) for line in table.lines] == [
        ("1", "드론", "78.30"),
        ("2", "로봇", "76.00"),
    ]
    again = officer.get(sheet(judge))
    assert [field.value() for field in again.context["form"].visible_fields()] == ["80", "70", "90.5", "60"]
    officer.post(sheet(judge), filled(again, "95", "70", "90.5", "60"))
    assert competition(officer, event).tables[0].lines[0].where.text == "로봇"


def test_a_sheet_that_others_changed_meanwhile_is_not_saved_over_them(officer: Client) -> None:
    event = make_competition()
    judge, pitch = make_judge(event), make_pitch(event)
    score(pitch, judge, 80, 70)
    page = officer.get(sheet(judge))
    score(pitch, judge, 85, 70)
    answer = officer.post(sheet(judge), filled(page, "80", "75"))
    assert answer.context["form"].non_field_errors()
    assert sorted(s.points for s in PitchScore.objects.all()) == [70, 85]
    assert officer.post(sheet(judge), filled(answer, "85", "75")).status_code == 302


@pytest.mark.parametrize("points", ["101", "-1", "1.234", "많이"])
def test_a_wrong_score_saves_nothing_of_the_sheet(officer: Client, points: str) -> None:
    event = make_competition()
    judge = make_judge(event)
    make_pitch(event)
    answer = officer.post(sheet(judge), filled(officer.get(sheet(judge)), "80", points))
    assert answer.status_code == 200 and answer.context["form"].errors and not PitchScore.objects.exists()


def test_a_score_is_not_taken_away(officer: Client) -> None:
    event = make_competition()
    judge, pitch = make_judge(event), make_pitch(event)
    score(pitch, judge, 80, 70)
    answer = officer.post(sheet(judge), filled(officer.get(sheet(judge)), "80", ""))
    assert answer.context["form"].errors and PitchScore.objects.filter(archived_at=None).count() == 2


def test_entries_that_a_judge_may_not_score_have_no_fields(officer: Client, text: Text) -> None:
    event, company = make_competition(), make_organisation()
    judge = make_judge(event, organisation=company)
    make_pitch(event, "자사 제품", company)
    declare_conflict(system(), make_pitch(event, "자문 기업"), judge, "자문위원")
    advance_pitch(system(), make_pitch(event, "탈락 기업"), status=PitchStatus.OUT, reason="서류 미비")
    make_pitch(event, "남은 기업")
    page = officer.get(sheet(judge))
    assert len(page.context["form"].visible_fields()) == 2
    assert "자문위원" in text(page)
    assert not officer.get(sheet(judge, "finals")).context["form"].visible_fields()
    assert officer.get(sheet(judge, "applied")).status_code == 404


def test_a_conflict_noted_after_scoring_strikes_the_scores_out_visibly(officer: Client, text: Text) -> None:
    event = make_competition()
    one, two, pitch = make_judge(event, "가"), make_judge(event, "나"), make_pitch(event)
    score(pitch, one, 100, 100)
    score(pitch, two, 50, 50)
    sent = {"judge": str(one.pk), "reason": "친족 관계"}
    assert officer.post(f"/pitches/{pitch.pk}/conflicts/new/", sent).status_code == 302
    (table,) = competition(officer, event).tables
    (line,) = table.lines
    assert (line.mean, line.totals) == ("50.00", (("100.00", True), ("50.00", False)))
    answer = officer.get(f"/pitches/{pitch.pk}/")
    assert "친족 관계" in text(answer)
    conflict = JudgeConflict.objects.get()
    officer.post(f"/conflicts/{conflict.pk}/withdraw/", {"reason": "동명이인"})
    assert competition(officer, event).tables[0].lines[0].mean == "75.00"


def test_an_entry_is_advanced_and_awarded(officer: Client, fields: Any, text: Text) -> None:
    event = make_competition()
    judge, pitch = make_judge(event), make_pitch(event)
    address = f"/pitches/{pitch.pk}/advance/"
    refused = officer.post(address, {**fields(officer.get(address)), "round": "finals", "reason": "직행"})
    assert refused.context["form"].errors["round"]
    score(pitch, judge, 80, 70)
    officer.post(address, {**fields(officer.get(address)), "round": "finals", "reason": "직행"})
    score(pitch, judge, 90, 90, round_=PitchRound.FINALS)
    sent = {**fields(officer.get(address)), "status": "awarded", "place": "1", "award": "대상"}
    assert officer.post(address, sent).status_code == 302
    pitch.refresh_from_db()
    assert (pitch.round, pitch.status, pitch.place) == ("finals", "awarded", 1)
    assert "대상" in text(officer.get(f"/pitches/{pitch.pk}/"))
    assert officer.post(address, sent).context["form"].non_field_errors()


def test_leadership_reads_and_scores_nothing(leader: Client) -> None:
    event = make_competition()
    judge, pitch = make_judge(event), make_pitch(event)
    assert leader.get(f"/pitches/{pitch.pk}/").status_code == 200
    assert competition(leader, event).judges[0].sheets == ()
    for path in (sheet(judge), f"/pitches/{pitch.pk}/advance/", f"/events/{event.pk}/criteria/"):
        assert leader.post(path, {}).status_code == 403


def test_a_large_competition_takes_no_more_queries(officer: Client, django_assert_max_num_queries: Any) -> None:
    event = make_competition()
    judges = [make_judge(event, f"심사위원 {n}") for n in range(3)]
    for number in range(5):
        pitch = make_pitch(event, f"출품 {number}")
        for judge in judges:
            score(pitch, judge, Decimal(70) + number, 80)
    with django_assert_max_num_queries(12):
        officer.get(f"/events/{event.pk}/competition/")


@pytest.mark.parametrize(
    ("query", "entries", "competitions"),
    [
        ({}, ["충전 로봇", "배달 로봇", "수질 감시"], ["AI 창업 IR 대회", "바다 경진"]),
        ({"q": "배달"}, ["배달 로봇"], ["AI 창업 IR 대회"]),
        ({"q": "ㅂㄷㄹㅂ"}, ["배달 로봇"], ["AI 창업 IR 대회"]),
        ({"q": "㈜하늘"}, ["배달 로봇"], ["AI 창업 IR 대회"]),
        ({"q": "ㅎㄴ"}, ["배달 로봇"], ["AI 창업 IR 대회"]),
        ({"q": "바다"}, ["수질 감시"], ["바다 경진"]),
        ({"q": "ㅂㄷ ㄱㅈ"}, ["수질 감시"], ["바다 경진"]),
        ({"q": "로봇", "status": "out"}, ["충전 로봇"], ["AI 창업 IR 대회"]),
        ({"status": "awarded"}, [], []),
        ({"q": "없는 이름"}, [], []),
    ],
)
def test_entries_and_competitions_are_narrowed(
    officer: Client, query: dict[str, str], entries: list[str], competitions: list[str]
) -> None:
    event = make_competition(starts_on=date(2024, 3, 1), ends_on=None)
    out = make_pitch(event)
    advance_pitch(system(), out, status=PitchStatus.OUT, reason="서류 미비")
    make_pitch(event, "배달 로봇", make_organisation("㈜하늘"))
    sea = make_event("바다 경진", kind=EventKind.PITCH_COMPETITION)
    make_pitch(sea, "수질 감시")
    page = officer.get("/pitches/", query).context["page"]
    assert [line.where.text for line in page.lines] == entries
    assert [link.text for fact in page.competitions for link in fact.links] == competitions


def test_turning_a_page_of_entries_keeps_what_they_are_narrowed_by(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "A_PAGE", 3)
    event = make_competition()
    for n in range(4):
        make_pitch(event, f"배달 로봇 {n}")
    make_pitch(event, "수질 감시")
    page = officer.get("/pitches/?q=배달").context["page"]
    assert page.paging.count == 4
    (last,) = officer.get(f"/pitches/{page.paging.later}").context["page"].lines
    assert last.where.text.startswith("배달 로봇")
