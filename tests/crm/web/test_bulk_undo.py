"""Undoing a change of many: who gave records away takes them back as they were given, and nobody else does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from crm.actions.accounts import update_account
from crm.actions.outcomes import update_outcome
from crm.models import BulkChange, OrgUnit, Outcome, Record
from tests.builders import Cast, make_event, make_follow_up, make_outcome, make_unit, system

Fields = Callable[[Any], dict[str, Any]]
Text = Callable[[Any], str]
KEPT = "변경 권한이 없는 기록이 있어 더 이상 되돌릴 수 없습니다."


@pytest.fixture
def three(cast: Cast) -> list[Outcome]:
    return [make_outcome(f"협약 {n}", lead_unit=cast.unit) for n in range(3)]


def give(client: Client, place: str, records: list[Any], fields: Fields, **typed: str) -> str:
    """Changes these records of the list as typed; the address of the change."""
    chosen, address, (column,) = {"record": [str(r.pk) for r in records]}, f"/{place}/bulk/", typed
    seen = client.post(address, {"preview": "on", "id": str(uuid7()), "column": column, **typed, **chosen})
    versions = {f"version-{r.pk}": r.version for r in records}
    found: str = client.post(address, {**fields(seen), **chosen, **versions})["Location"]
    return found


def led_by(outcomes: list[Outcome]) -> set[OrgUnit | None]:
    return {Outcome.objects.get(pk=o.pk).lead_unit for o in outcomes}


@pytest.mark.parametrize("level", ["open", "closed"])
def test_a_unit_is_given_and_taken_back(
    cast: Cast, officer: Client, three: list[Outcome], fields: Fields, text: Text, level: str
) -> None:
    """Although none of them is the officer's any more, and closed ones are not even shown."""
    for outcome in three:
        update_outcome(system(), outcome, disclosure_level=level)
    address = give(officer, "outcomes", three, fields, lead_unit=str(cast.other_unit.pk))
    page = officer.get(address).content.decode()
    assert led_by(three) == {cast.other_unit} and "기후환경국" in page and f"{address}undo/" in page
    assert "모두 되돌렸습니다." in text(officer.post(f"{address}undo/", follow=True))
    assert led_by(three) == {cast.unit}


def test_what_the_others_have_worked_on_is_not_taken_back_from_them(
    cast: Cast, officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    address = give(officer, "outcomes", three, fields, lead_unit=str(cast.other_unit.pk))
    update_outcome(system(), Outcome.objects.get(pk=three[1].pk), disclosure_level="closed", note="우리 국의 내용")
    told = text(officer.post(f"{address}undo/", follow=True))
    assert "그 뒤에 변경된 기록이 있습니다: 협약 1." in told and led_by(three) == {cast.other_unit}


def test_the_rest_is_taken_back_where_somebody_changed_one_since(
    officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    address = give(officer, "outcomes", three, fields, next_steps="부지 확인")
    assert "나머지 되돌리기" not in text(officer.get(address))
    update_outcome(system(), Outcome.objects.get(pk=three[1].pk), next_steps="착공 확인")
    page = text(officer.get(address))
    assert "변경된 기록은 두고 나머지 되돌리기" in page and "협약 1 그대로 둠" in page and page.count("그대로 둠") == 1
    told = text(officer.post(f"{address}undo/", {"but_changed": "on"}, follow=True))
    assert "그 뒤에 변경된 1건을 두고 나머지를 되돌렸습니다." in told and "협약 1 그대로 둠" in told
    assert [Outcome.objects.get(pk=o.pk).next_steps for o in three] == ["", "착공 확인", ""]
    assert "나머지 되돌리기" not in told


def test_nothing_is_left_to_undo_where_all_of_them_say_something_else(
    officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    address = give(officer, "outcomes", three[:1], fields, next_steps="부지 확인")
    update_outcome(system(), Outcome.objects.get(pk=three[0].pk), next_steps="착공 확인")
    for page in (officer.get(address), officer.post(f"{address}undo/", {"but_changed": "on"}, follow=True)):
        assert "그 뒤에 변경된 기록이라 더 이상 되돌릴 수 없습니다." in text(page)
    assert Outcome.objects.get(pk=three[0].pk).next_steps == "착공 확인" and BulkChange.objects.get().undone_at is None


def test_what_went_to_others_and_was_worked_on_stays_there(
    cast: Cast, officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    address = give(officer, "outcomes", three, fields, lead_unit=str(cast.other_unit.pk))
    update_outcome(system(), Outcome.objects.get(pk=three[1].pk), note="우리 국의 내용")
    officer.post(f"{address}undo/", {"but_changed": "on"})
    assert [Outcome.objects.get(pk=o.pk).lead_unit for o in three] == [cast.unit, cast.other_unit, cast.unit]


def test_one_s_own_is_taken_back_whatever_else_was_changed_of_it(
    officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    address = give(officer, "outcomes", three, fields, next_steps="부지 확인")
    update_outcome(system(), Outcome.objects.get(pk=three[1].pk), note="다른 사람이 고침")
    assert "모두 되돌렸습니다." in text(officer.post(f"{address}undo/", follow=True))
    assert not Outcome.objects.exclude(next_steps="").exists()


def test_who_is_of_another_department_by_now_takes_nothing_back(
    cast: Cast, officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    address = give(officer, "outcomes", three, fields, lead_unit=str(cast.other_unit.pk))
    update_account(system(), cast.officer, org_unit=make_unit("문화체육실"))
    page = officer.get(address)
    assert KEPT in text(page) and f"{address}undo/" not in page.content.decode()
    answer = officer.post(f"{address}undo/", follow=True)
    assert answer.status_code == 200 and KEPT in text(answer) and "모두 되돌렸습니다." not in text(answer)
    assert led_by(three) == {cast.other_unit} and BulkChange.objects.get().undone_at is None


def test_who_has_lost_the_role_takes_nothing_back(
    cast: Cast, officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    """Leadership reads everything and changes nothing."""
    address = give(officer, "outcomes", three, fields, lead_unit=str(cast.other_unit.pk))
    update_account(system(), cast.officer, role="leadership")
    page = officer.get(address)
    assert KEPT in text(page) and f"{address}undo/" not in page.content.decode()
    assert officer.post(f"{address}undo/").status_code == 403 and led_by(three) == {cast.other_unit}


def test_outcomes_that_nobody_led_are_closed_and_opened_again(
    officer: Client, cast: Cast, fields: Fields, text: Text
) -> None:
    """Closed, they are kept from everybody but who sees all: also from who closed them."""
    common = [make_outcome(f"주인 없는 협약 {n}") for n in range(2)]
    address = give(officer, "outcomes", common, fields, disclosure_level="closed")
    assert officer.get(f"/outcomes/{common[0].pk}/").status_code == 404
    assert "모두 되돌렸습니다." in text(officer.post(f"{address}undo/", follow=True))
    assert {Outcome.objects.get(pk=o.pk).disclosure_level for o in common} == {"open"}


@pytest.mark.parametrize("place", ["follow-ups", "events"])
def test_a_unit_of_other_records_is_given_and_taken_back(
    cast: Cast, officer: Client, fields: Fields, text: Text, place: str
) -> None:
    """The follow-ups are of outcomes that others lead: they are the officer's by their own unit alone."""
    column = {"follow-ups": "org_unit", "events": "lead_unit"}[place]
    outcome, given = make_outcome(lead_unit=cast.other_unit), {column: cast.unit}
    records: list[Record] = (
        [make_follow_up(f"우리 일 {n}", outcome=outcome, **given) for n in range(2)]
        if place == "follow-ups"
        else [make_event(f"보고회 {n}", **given) for n in range(2)]
    )
    change = give(officer, place, records, fields, **{column: str(cast.other_unit.pk)})

    def units() -> set[OrgUnit]:
        return {getattr(type(r)._base_manager.get(pk=r.pk), column) for r in records}

    assert units() == {cast.other_unit} and f"{change}undo/" in officer.get(change).content.decode()
    assert "모두 되돌렸습니다." in text(officer.post(f"{change}undo/", follow=True)) and units() == {cast.unit}
