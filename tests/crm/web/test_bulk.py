"""Changing many at once: seen before it is done, all or nothing, undone at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crm.actions.outcomes import update_outcome
from crm.models import Account, BulkChange, Outcome
from tests.builders import Cast, make_outcome, system

Fields = Callable[[Any], dict[str, Any]]
Text = Callable[[Any], str]
SignIn = Callable[[Account], Client]


@pytest.fixture
def three(cast: Cast) -> list[Outcome]:
    return [make_outcome(f"협약 {n}", lead_unit=cast.unit) for n in range(3)]


def preview(client: Client, outcomes: list[Outcome], **typed: Any) -> Any:
    chosen = [str(o.pk) for o in outcomes]
    empty = client.get("/outcomes/bulk/", {"outcome": chosen}).context["form"]
    return client.get("/outcomes/bulk/", {"id": str(empty["id"].value()), **typed, "outcome": chosen})


def apply(client: Client, outcomes: list[Outcome], fields: Fields, **typed: Any) -> Any:
    form = fields(preview(client, outcomes, **typed))
    versions = {f"version-{o.pk}": o.version for o in outcomes}
    return client.post("/outcomes/bulk/", {**form, **versions, "outcome": [str(o.pk) for o in outcomes]})


def steps(outcomes: list[Outcome]) -> list[str]:
    return [Outcome.objects.get(pk=o.pk).next_steps for o in outcomes]


def test_what_would_change_is_seen_and_nothing_is_done_yet(officer: Client, three: list[Outcome]) -> None:
    page = preview(officer, three[:2], column="next_steps", next_steps="부지 확인").context["page"]
    assert [(line.before, line.after, line.changes) for line in page.lines] == [("–", "부지 확인", True)] * 2
    assert page.may_apply and steps(three) == ["", "", ""]


def test_the_ticked_ones_are_changed_once_and_undone_at_once(
    officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    answer = apply(officer, three[:2], fields, column="next_steps", next_steps="부지 확인", reason="주간 점검")
    assert steps(three) == ["부지 확인", "부지 확인", ""]
    change = BulkChange.objects.get()
    assert answer["Location"] == f"/outcomes/changes/{change.pk}/"
    assert "성과 2건을 변경했습니다." in text(officer.get(answer["Location"]))
    assert "모두 되돌렸습니다." in text(officer.post(f"{answer['Location']}undo/", follow=True))
    assert steps(three) == ["", "", ""]
    assert "이미 되돌렸습니다." in text(officer.post(f"{answer['Location']}undo/", follow=True))


def test_a_double_click_changes_once(officer: Client, three: list[Outcome], fields: Fields) -> None:
    form = fields(preview(officer, three, column="next_steps", next_steps="부지 확인"))
    sent = {**form, "outcome": [str(o.pk) for o in three], **{f"version-{o.pk}": o.version for o in three}}
    for _time in range(2):
        assert officer.post("/outcomes/bulk/", sent).status_code == 302
    assert BulkChange.objects.count() == 1 and Outcome.objects.get(pk=three[0].pk).version == three[0].version + 1


def test_one_that_was_changed_meanwhile_stops_all(officer: Client, three: list[Outcome], fields: Fields) -> None:
    update_outcome(system(), Outcome.objects.get(pk=three[1].pk), note="다른 사람이 고침")
    answer = apply(officer, three, fields, column="next_steps", next_steps="부지 확인")
    assert answer.context["form"].errors and steps(three) == ["", "", ""] and not BulkChange.objects.exists()


def test_undo_names_what_was_changed_since_and_undoes_nothing(
    officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    address = apply(officer, three, fields, column="next_steps", next_steps="부지 확인")["Location"]
    update_outcome(system(), Outcome.objects.get(pk=three[1].pk), next_steps="착공 확인")
    told = text(officer.post(f"{address}undo/", follow=True))
    assert "그 뒤에 변경된 성과가 있습니다: 협약 1." in told
    assert steps(three) == ["부지 확인", "착공 확인", "부지 확인"]


def test_another_department_s_outcomes_are_not_changed_with_one_s_own(
    cast: Cast, three: list[Outcome], fields: Fields, signed_in: SignIn
) -> None:
    other = signed_in(cast.outsider)
    own = make_outcome("우리 협약", lead_unit=cast.other_unit)
    page = preview(other, [own, three[0]], column="next_steps", next_steps="부지 확인")
    assert "변경 권한 없음" in page.content.decode() and not page.context["page"].may_apply
    assert apply(other, [own, three[0]], fields, column="next_steps", next_steps="부지 확인").status_code == 403
    assert steps([own, three[0]]) == ["", ""]


def test_a_unit_is_given_and_taken_back(cast: Cast, officer: Client, three: list[Outcome], fields: Fields) -> None:
    address = apply(officer, three, fields, column="lead_unit", lead_unit=str(cast.other_unit.pk))["Location"]
    assert {o.lead_unit for o in Outcome.objects.all()} == {cast.other_unit}
    assert "기후환경국" in officer.get(address).content.decode()


def test_nothing_ticked_says_so(officer: Client, text: Text) -> None:
    assert "변경할 성과를 먼저 선택하십시오." in text(officer.get("/outcomes/bulk/", follow=True))
    assert officer.get("/outcomes/bulk/?outcome=x").status_code == 404
