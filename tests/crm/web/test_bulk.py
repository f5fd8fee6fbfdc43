"""Changing many at once: seen before it is done, all or nothing, undone at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape
from uuid_utils.compat import uuid7

from crm.actions.bulk_changes import CHANGEABLE, MOST
from crm.actions.events import record_participation
from crm.actions.outcomes import update_outcome
from crm.models import Account, BulkChange, FollowUp, Outcome, Record
from tests.builders import Cast, make_event, make_follow_up, make_organisation, make_outcome, system

Fields = Callable[[Any], dict[str, Any]]
Text = Callable[[Any], str]
SignIn = Callable[[Account], Client]


@pytest.fixture
def three(cast: Cast) -> list[Outcome]:
    return [make_outcome(f"협약 {n}", lead_unit=cast.unit) for n in range(3)]


def preview(client: Client, outcomes: list[Outcome], **typed: Any) -> Any:
    chosen = [str(o.pk) for o in outcomes]
    empty = client.get("/outcomes/bulk/", {"record": chosen}).context["form"]
    sent = {"preview": "on", "id": str(empty["id"].value()), **typed, "record": chosen}
    return client.post("/outcomes/bulk/", sent)


def apply(client: Client, outcomes: list[Outcome], fields: Fields, **typed: Any) -> Any:
    form = fields(preview(client, outcomes, **typed))
    versions = {f"version-{o.pk}": o.version for o in outcomes}
    return client.post("/outcomes/bulk/", {**form, **versions, "record": [str(o.pk) for o in outcomes]})


def steps(outcomes: list[Outcome]) -> list[str]:
    return [Outcome.objects.get(pk=o.pk).next_steps for o in outcomes]


def test_what_would_change_is_seen_and_nothing_is_done_yet(officer: Client, three: list[Outcome]) -> None:
    page = preview(officer, three[:2], column="next_steps", next_steps="부지 확인").context["page"]
    assert [(line.before, line.after, line.changes) for line in page.lines] == [("–", "부지 확인", True)] * 2
    assert page.may_apply and steps(three) == ["", "", ""]


def test_what_is_typed_into_another_field_than_the_chosen_one_is_not_passed_over(
    officer: Client, three: list[Outcome], text: Text
) -> None:
    answer = preview(officer, three[:2], column="lead_unit", next_steps="부지 확인", disclosure_level="open")
    assert list(answer.context["form"].errors) == ["next_steps"] and not answer.context["page"].may_apply
    assert "위에서 고른 항목만 변경됩니다" in text(answer)
    nothing = preview(officer, three[:2], next_steps="부지 확인")
    assert list(nothing.context["form"].errors) == ["column"] and not nothing.context["page"].may_apply


def test_every_field_has_its_rule_in_the_style_sheet(officer: Client, three: list[Outcome]) -> None:
    """Which hides it while another is chosen: a new one without a rule would be shown with each."""
    style = (settings.BASE_DIR / "crm/web/static/ieum.css").read_text()
    ruled = re.findall(r"> \[value=(\w+)\]:checked\)\) \.field:not\(\.wrong\):has\(> #id_(\w+)\)", style)
    columns = {name for changeable in CHANGEABLE.values() for name in changeable.columns}
    assert {first for first, _second in ruled} == columns and all(first == second for first, second in ruled)
    page = officer.get("/outcomes/bulk/", {"record": str(three[0].pk)}).content.decode()
    assert '<form class="sheet by-column"' in page and "style=" not in page


def test_what_is_typed_about_many_is_no_part_of_an_address(cast: Cast, officer: Client, fields: Fields) -> None:
    """A server refuses an address of more than some four thousand letters."""
    many = [make_outcome(f"긴 협약 {n}", lead_unit=cast.unit) for n in range(25)]
    steps_to_take = "부지를 확인하고 착공 일정을 다시 협의함. " * 40
    seen = preview(officer, many, column="next_steps", next_steps=steps_to_take)
    assert not seen.context["form"].errors and seen.context["page"].may_apply and not BulkChange.objects.exists()
    assert 'method="get" action="/outcomes/bulk/"' not in seen.content.decode()
    sent = {**fields(seen), **{f"version-{o.pk}": o.version for o in many}, "record": [str(o.pk) for o in many]}
    assert officer.post("/outcomes/bulk/", sent).status_code == 302
    assert set(steps(many)) == {steps_to_take.strip()}


def test_the_ticked_ones_are_changed_once_and_undone_at_once(
    officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    answer = apply(officer, three[:2], fields, column="next_steps", next_steps="부지 확인", reason="주간 점검")
    assert steps(three) == ["부지 확인", "부지 확인", ""]
    change = BulkChange.objects.get()
    assert answer["Location"] == f"/changes/{change.pk}/"
    assert "2건을 변경했습니다." in text(officer.get(answer["Location"]))
    assert "모두 되돌렸습니다." in text(officer.post(f"{answer['Location']}undo/", follow=True))
    assert steps(three) == ["", "", ""]
    assert "이미 되돌렸습니다." in text(officer.post(f"{answer['Location']}undo/", follow=True))


def test_a_double_click_changes_once(officer: Client, three: list[Outcome], fields: Fields) -> None:
    form = fields(preview(officer, three, column="next_steps", next_steps="부지 확인"))
    sent = {**form, "record": [str(o.pk) for o in three], **{f"version-{o.pk}": o.version for o in three}}
    for _time in range(2):
        assert officer.post("/outcomes/bulk/", sent).status_code == 302
    assert BulkChange.objects.count() == 1 and Outcome.objects.get(pk=three[0].pk).version == three[0].version + 1


def test_one_that_was_changed_meanwhile_stops_all(officer: Client, three: list[Outcome], fields: Fields) -> None:
    update_outcome(system(), Outcome.objects.get(pk=three[1].pk), note="다른 사람이 고침")
    answer = apply(officer, three, fields, column="next_steps", next_steps="부지 확인")
    assert steps(three) == ["", "", ""] and not BulkChange.objects.exists()
    (said,) = answer.context["form"].non_field_errors()
    assert said.startswith("그사이 다른 사람이 변경한 기록이 1건 있습니다: 협약 1.")


def test_undo_names_what_was_changed_since_and_undoes_nothing(
    officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    address = apply(officer, three, fields, column="next_steps", next_steps="부지 확인")["Location"]
    update_outcome(system(), Outcome.objects.get(pk=three[1].pk), next_steps="착공 확인")
    told = text(officer.post(f"{address}undo/", follow=True))
    assert "그 뒤에 변경된 기록이 있습니다: 협약 1." in told
    assert steps(three) == ["부지 확인", "착공 확인", "부지 확인"]


def test_a_change_is_found_again_from_the_list(
    cast: Cast, officer: Client, three: list[Outcome], fields: Fields, signed_in: SignIn, text: Text
) -> None:
    address = apply(officer, three, fields, column="next_steps", next_steps="부지 확인", reason="주간 점검")["Location"]
    assert 'href="/changes/"' in officer.get("/outcomes/").content.decode()
    (line,) = officer.get("/changes/").context["page"].lines
    assert (line.change.address, line.count, line.reason, line.undone) == (address, 3, "주간 점검", "")
    assert "성과 · 향후계획" in text(officer.get("/changes/"))
    officer.post(f"{address}undo/")
    assert officer.get("/changes/").context["page"].lines[0].undone
    others = signed_in(cast.outsider).get("/changes/")
    assert others.context["page"].lines == () and "아직 일괄 변경한 기록이 없습니다." in text(others)


def test_another_department_s_outcomes_are_not_changed_with_one_s_own(
    cast: Cast, three: list[Outcome], fields: Fields, signed_in: SignIn
) -> None:
    other = signed_in(cast.outsider)
    own = make_outcome("우리 협약", lead_unit=cast.other_unit)
    page = preview(other, [own, three[0]], column="next_steps", next_steps="부지 확인")
    assert "변경 권한 없음" in page.content.decode() and not page.context["page"].may_apply
    assert apply(other, [own, three[0]], fields, column="next_steps", next_steps="부지 확인").status_code == 403
    assert steps([own, three[0]]) == ["", ""]


def test_nothing_ticked_says_so(officer: Client, text: Text) -> None:
    assert "변경할 기록을 먼저 선택하십시오." in text(officer.get("/outcomes/bulk/", follow=True))
    assert officer.get("/outcomes/bulk/?record=x").status_code == 404


def several(cast: Cast) -> dict[str, tuple[list[Record], str, str, str, str]]:
    """By list: records, the field, what is typed, what each has then, and how it is said."""
    companies: list[Record] = [make_organisation("㈜솔", region="광주"), make_organisation("㈜하늘")]
    events: list[Record] = [make_event(), make_event("MWC 2023", ends_on=None)]
    tasks: list[Record] = [make_follow_up(f"할 일 {n}", outcome=make_outcome(), org_unit=cast.unit) for n in range(2)]
    shows: list[Record] = [record_participation(system(), event=events[0], organisation=o) for o in companies]
    return {
        "organisations": (companies, "region", "전남", "전남", "전남"),
        "events": (events, "country", "US", "US", "미국"),
        "follow-ups": (tasks, "due_on", "2023-05-01", "2023-05-01", "2023. 5. 1."),
        "participations": (shows, "supported_by_city", "true", "True", "예"),
    }


@pytest.mark.parametrize("place", ["organisations", "events", "follow-ups", "participations"])
def test_any_list_s_ticked_ones_are_changed_seen_and_undone(
    cast: Cast, officer: Client, fields: Fields, text: Text, place: str
) -> None:
    records, column, typed, after, said = several(cast)[place]
    listed = officer.get(f"/{place}/").content.decode()
    assert all(f'name="record" value="{r.pk}" form="ticked"' in listed for r in records)
    chosen = {"record": [str(r.pk) for r in records]}
    address = f"/{place}/bulk/"
    empty = fields(officer.get(address, chosen))
    seen = officer.post(address, {"preview": "on", **chosen, "id": empty["id"], "column": column, column: typed})
    assert [line.after for line in seen.context["page"].lines] == [said] * 2
    sent = {**fields(seen), **chosen, **{f"version-{r.pk}": r.version for r in records}}
    before = [str(getattr(r, column)) for r in sorted(records, key=str)]
    change = officer.post(address, sent)["Location"]

    def stored() -> list[str]:
        return [str(getattr(type(r)._base_manager.get(pk=r.pk), column)) for r in sorted(records, key=str)]

    assert stored() == [after] * 2 and said in text(officer.get(change))
    assert "모두 되돌렸습니다." in text(officer.post(f"{change}undo/", follow=True))
    assert stored() == before


def test_another_unit_s_follow_up_is_not_changed_with_one_s_own(cast: Cast, signed_in: SignIn, fields: Fields) -> None:
    own = make_follow_up("우리 일", outcome=make_outcome(), org_unit=cast.other_unit)
    other = make_follow_up("남의 일", outcome=make_outcome(lead_unit=cast.unit), org_unit=cast.unit)
    client, chosen = signed_in(cast.outsider), {"record": [str(own.pk), str(other.pk)]}
    typed = {"preview": "on", "id": str(uuid7()), "column": "due_on", "due_on": "2023-05-01"}
    seen = client.post("/follow-ups/bulk/", {**chosen, **typed})
    assert [bool(line.refused) for line in seen.context["page"].lines] == [True, False]
    sent = {**fields(seen), **chosen, f"version-{own.pk}": own.version, f"version-{other.pk}": other.version}
    assert client.post("/follow-ups/bulk/", sent).status_code == 403
    assert not FollowUp.objects.filter(due_on__isnull=False).exists()


def test_what_may_not_be_empty_is_not_emptied(officer: Client) -> None:
    chosen = {"record": [str(make_event().pk)], "id": str(uuid7()), "preview": "on"}
    assert officer.post("/events/bulk/", {**chosen, "column": "kind", "kind": ""}).context["form"].errors["kind"]
    assert officer.get("/nowhere/bulk/", chosen).status_code == 404


# --- All that a list finds


def everything(client: Client, address: str) -> Any:
    """What the list of this address offers to change at once, all of it."""
    return client.get(address).context["page"].ticks.everything


def test_all_that_the_filter_finds_is_changed_every_page_of_it(
    cast: Cast, officer: Client, fields: Fields, text: Text
) -> None:
    wanted = [make_outcome(f"현지 협약 {n}", lead_unit=cast.unit) for n in range(27)]
    other = make_outcome("다른 약속", lead_unit=cast.unit)
    offered = everything(officer, "/outcomes/?q=현지+협약&sort=title&page=2")
    assert offered.text == "찾은 27건 모두 일괄 변경"
    assert f'href="{escape(offered.address)}"' in officer.get("/outcomes/?q=현지+협약&sort=title").content.decode()
    empty = officer.get(offered.address)
    assert [line.record.text for line in empty.context["page"].lines] == sorted(str(o) for o in wanted)
    typed = {"id": fields(empty)["id"], "found": empty.context["found"]}
    said = {"preview": "on", "column": "next_steps", "next_steps": "부지 확인"}
    seen = officer.post("/outcomes/bulk/", {**typed, **said})
    assert [line.record.text for line in seen.context["page"].lines] == sorted(str(o) for o in wanted)
    late = make_outcome("현지 협약, 보고 나서", lead_unit=cast.unit)
    sent = {**fields(seen), "record": [str(o.pk) for o in wanted], **{f"version-{o.pk}": o.version for o in wanted}}
    assert "27건을 변경했습니다." in text(officer.post("/outcomes/bulk/", sent, follow=True))
    assert set(steps(wanted)) == {"부지 확인"} and steps([other, late]) == ["", ""]


@pytest.mark.parametrize("place", ["organisations", "events", "follow-ups", "participations"])
def test_any_list_offers_all_that_it_finds(cast: Cast, officer: Client, place: str) -> None:
    records, *_rest = several(cast)[place]
    found = officer.get(everything(officer, f"/{place}/").address).context["page"].lines
    listed = officer.get(f"/{place}/").context["page"].lines
    assert {line.id for line in found} == {line.id for line in listed} >= {r.pk for r in records}


def test_what_is_kept_from_the_reader_is_not_among_all(cast: Cast, signed_in: SignIn) -> None:
    make_outcome("열린 협약", lead_unit=cast.unit)
    make_outcome("닫힌 협약", lead_unit=cast.unit, disclosure_level="closed")
    found = signed_in(cast.outsider).get("/outcomes/bulk/", {"found": "q=협약"}).context["page"].lines
    assert [line.record.text for line in found] == ["열린 협약"]


def test_more_than_may_be_changed_at_once_are_refused_where_they_are_narrowed(officer: Client, text: Text) -> None:
    for n in range(MOST + 1):
        make_organisation(f"많은 기업 {n}")
    refused = "찾은 기록이 201건입니다. 일괄 변경은 한 번에 200건까지이므로 목록을 더 좁히십시오."
    offered = everything(officer, "/organisations/?q=많은")
    assert (offered.text, offered.address) == (refused, "")
    assert refused in text(officer.get("/organisations/?q=많은"))
    answer = officer.get("/organisations/bulk/", {"found": "q=많은"}, follow=True)
    assert refused in text(answer) and answer.context["page"].paging.count == 201
    assert [narrowing.text for narrowing in answer.context["page"].filters.words] != []
    fewer = officer.get("/organisations/bulk/", {"found": "q=많은 기업 1"}).context["page"].lines
    assert len(fewer) == 111


def test_nothing_found_is_nothing_to_change(officer: Client, three: list[Outcome], text: Text) -> None:
    answer = officer.get("/outcomes/bulk/", {"found": "q=없는 이름"}, follow=True)
    assert "변경할 기록을 먼저 선택하십시오." in text(answer)
    assert answer.redirect_chain[0][0] == "/outcomes/?q=%EC%97%86%EB%8A%94+%EC%9D%B4%EB%A6%84"


def test_leadership_is_offered_nothing_to_change(cast: Cast, signed_in: SignIn, three: list[Outcome]) -> None:
    leader = signed_in(cast.leader)
    assert leader.get("/outcomes/").context["page"].ticks is None
    assert leader.get("/outcomes/bulk/", {"found": ""}).status_code == 403


def test_those_of_others_are_said_to_be_in_the_way_and_left_out_by_one_button(
    cast: Cast, officer: Client, three: list[Outcome], fields: Fields, text: Text
) -> None:
    chosen = [*three, make_outcome("남의 협약", lead_unit=cast.other_unit)]
    seen = preview(officer, chosen, column="next_steps", next_steps="부지 확인")
    assert not seen.context["page"].may_apply and "변경 권한이 없는 기록이 1건 있습니다." in text(seen)
    form = seen.content.decode().split('<div class="notice warn">')[1].split("</form>")[0]
    sent = {name: value for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form) if name != "record"}
    left = re.findall(r'name="record" value="([^"]+)"', form)
    again = officer.post("/outcomes/bulk/", {**sent, "record": left})
    assert again.context["page"].may_apply and len(again.context["page"].lines) == 3
    assert "변경 권한이 없는" not in text(again) and "부지 확인" in text(again)
