"""Changing many at once knows where it came from: the same choice by its address, and the list as it was narrowed."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from crm.models import Outcome
from crm.web.pages.paging import A_PAGE
from tests.builders import Cast, make_organisation, make_outcome

Fields = Callable[[Any], dict[str, Any]]
Text = Callable[[Any], str]
NARROWED = "kind=business_mou"
# As an address carries it.
CARRIED = "asked=kind%3Dbusiness_mou"
TYPED = {"column": "next_steps", "next_steps": "부지 확인"}


@pytest.fixture
def three(cast: Cast) -> list[Outcome]:
    return [make_outcome(f"협약 {n}", kind="business_mou", lead_unit=cast.unit) for n in range(3)]


def actions(answer: Any) -> list[str]:
    """Where the forms of the page that change many are sent."""
    return [unescape(told) for told in re.findall(r'action="([^"]*/bulk/[^"]*)"', answer.content.decode())]


def links(answer: Any) -> list[str]:
    return [unescape(told) for told in re.findall(r'href="([^"]*)"', answer.content.decode())]


def lines(answer: Any) -> list[str]:
    return [line.record.text for line in answer.context["page"].lines]


def preview(client: Client, address: str, outcomes: list[Outcome], **told: str) -> Any:
    chosen = {} if "found" in told else {"record": [str(o.pk) for o in outcomes]}
    return client.post(address, {"preview": "on", "id": str(uuid7()), **TYPED, **chosen, **told})


def test_the_address_of_the_preview_opens_the_same_choice(officer: Client, three: list[Outcome]) -> None:
    two = three[:2]
    first = officer.get(f"/outcomes/bulk/?record={two[0].pk}&record={two[1].pk}&{CARRIED}")
    (address,) = actions(first)
    seen = preview(officer, address, two)
    assert seen.context["page"].may_apply and set(actions(seen)) == {address}
    again = officer.get(address)
    assert lines(again) == lines(seen) == ["협약 0", "협약 1"] and f"/outcomes/?{NARROWED}" in links(again)
    assert "부지" not in address and "%EB%B6%80" not in address


def test_so_does_that_of_all_that_a_list_finds(officer: Client, three: list[Outcome]) -> None:
    make_outcome("다른 약속")
    first = officer.get("/outcomes/bulk/", {"found": NARROWED})
    (address,) = actions(first)
    seen = preview(officer, address, [], found=NARROWED)
    assert set(actions(seen)) == {address} and lines(officer.get(address)) == lines(seen) == [str(o) for o in three]
    assert f"/outcomes/?{NARROWED}" in links(seen)


def test_those_of_others_are_not_in_the_address_that_leaves_them_out(
    cast: Cast, officer: Client, three: list[Outcome]
) -> None:
    make_outcome("남의 협약", kind="business_mou", lead_unit=cast.other_unit)
    seen = preview(officer, "/outcomes/bulk/", [], found=NARROWED)
    (without,) = set(actions(seen)) - {f"/outcomes/bulk/?found={CARRIED.removeprefix('asked=')}"}
    again = officer.get(without)
    assert lines(again) == [str(o) for o in three] and f"/outcomes/?{NARROWED}" in links(again)


def test_more_than_an_address_holds_are_sent_beside_it(cast: Cast, officer: Client) -> None:
    """A server refuses an address of more than some four thousand letters."""
    many = [make_organisation(f"기업 {n:03}") for n in range(120)]
    sent = {"preview": "on", "id": str(uuid7()), "column": "region", "region": "전남"}
    address = f"/organisations/bulk/?asked={'q%3D' + '%25EA' * 600}"
    answer = officer.post(address, {**sent, "record": [str(o.pk) for o in many]})
    assert answer.context["page"].may_apply and len(lines(answer)) == 120
    assert all(len(told) < 4000 for told in actions(answer))


def test_the_list_tells_the_ticked_ones_what_it_was_asked(officer: Client, three: list[Outcome]) -> None:
    listed = officer.get(f"/outcomes/?{NARROWED}&sort=title").content.decode()
    form = listed.split('<form id="ticked"')[1].split("</form>")[0]
    assert 'name="asked" value="kind=business_mou&amp;sort=title"' in form
    assert 'name="asked"' not in officer.get("/outcomes/").content.decode()


def test_a_later_page_of_the_list_is_come_back_to(officer: Client) -> None:
    for n in range(A_PAGE + 1):
        make_organisation(f"많은 기업 {n}")
    listed = officer.get("/organisations/?q=많은&page=2")
    assert listed.context["page"].ticks.asked == "q=%EB%A7%8E%EC%9D%80&page=2"


def test_a_search_too_long_to_be_carried_is_not(officer: Client, three: list[Outcome]) -> None:
    assert officer.get("/outcomes/", {"q": "가" * 200}).context["page"].ticks.asked == ""


def test_nothing_ticked_leads_back_to_the_list_as_it_was_narrowed(
    officer: Client, three: list[Outcome], text: Text
) -> None:
    answer = officer.get(f"/outcomes/bulk/?{CARRIED}", follow=True)
    assert answer.redirect_chain[0][0] == f"/outcomes/?{NARROWED}"
    assert "변경할 기록을 먼저 선택하십시오." in text(answer)
    assert officer.get("/outcomes/bulk/")["Location"] == "/outcomes/"


def test_the_way_back_goes_on_to_the_result_and_to_what_was_undone(
    officer: Client, three: list[Outcome], fields: Fields
) -> None:
    (address,) = actions(officer.get(f"/outcomes/bulk/?record={three[0].pk}&{CARRIED}"))
    seen = preview(officer, address, three[:1])
    sent = {**fields(seen), "record": str(three[0].pk), f"version-{three[0].pk}": three[0].version}
    change = officer.post(address, sent)["Location"]
    assert change.endswith(f"/?{CARRIED}")
    result = officer.get(change)
    assert f"/outcomes/?{NARROWED}" in links(result)
    assert officer.post(address, sent)["Location"] == change
    undo = unescape(re.findall(r'action="([^"]*/undo/[^"]*)"', result.content.decode())[0])
    assert officer.post(undo)["Location"] == change


@pytest.mark.parametrize("asked", ["//else.example/", "https://else.example/?a=b", "/../x?kind=a#b", "\\r\\nX: y"])
def test_whatever_was_asked_leads_to_that_list_alone(officer: Client, three: list[Outcome], asked: str) -> None:
    for answer in (officer.get("/outcomes/bulk/", {"asked": asked}), officer.get("/outcomes/bulk/", {"found": asked})):
        assert answer.status_code == 200 or re.fullmatch(r"/outcomes/(\?[\w%=&+.~-]*)?", answer["Location"])
    told = officer.get("/outcomes/bulk/", {"asked": asked, "record": str(three[0].pk)})
    assert not [link for link in links(told) if "else.example" in link and not link.startswith("/outcomes/?")]
