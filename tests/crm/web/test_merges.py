"""Possible duplicates on the pages: reviewed, told apart, compared, merged, taken back; the old address leads on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from crm.actions.organisations import update_organisation
from crm.models import Merge, Organisation
from crm.values.measures import Disclosure, PartyRole
from crm.web.forms.parties import about
from tests.builders import Cast, make_contact, make_organisation, make_outcome, system
from tests.crm.web.conftest import SignIn

Text = Callable[[Any], str]


@pytest.fixture
def teamlead(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.teamlead)


@pytest.fixture
def two(cast: Cast) -> tuple[Organisation, Organisation]:
    kept, gone = make_organisation("㈜벤텍프런티어"), make_organisation("벤텍프론티어", region="광주")
    make_outcome("투자협약", parties=[(gone, PartyRole.INVESTOR)])
    return kept, gone


def address(two: tuple[Organisation, Organisation]) -> str:
    kept, gone = two
    return f"/organisations/{kept.pk}/merge/?with={gone.pk}"


def sent(page: Any, **more: Any) -> dict[str, Any]:
    return {"id": str(page.context["form"]["id"].value()), "versions": page.context["page"].versions, **more}


def test_alike_ones_are_listed_and_merged_and_taken_back(teamlead: Client, two: Any, text: Text) -> None:
    kept, gone = two
    listed = teamlead.get("/organisations/duplicates/")
    assert [(line.first.text, line.second.text) for line in listed.context["page"].lines] == [
        ("㈜벤텍프런티어", "벤텍프론티어")
    ]
    assert "성과 1건" in text(listed)
    shown = teamlead.get(listed.context["page"].lines[0].compare)
    assert "성과의 당사자" in text(shown) and "투자협약" in text(shown)
    assert "지역" in text(shown) and "영문 이름" not in text(shown)  # which neither of them has
    form = sent(shown, reason="같은 회사", take=["region"])
    for _twice in range(2):
        answer = teamlead.post(address(two), form)
        assert answer.status_code == 302
    merge = Merge.objects.get()
    assert answer["Location"] == f"/organisations/merges/{merge.pk}/"

    name = teamlead.get(f"/organisations/{kept.pk}/").context["page"].aliases[0]
    assert (name.name, name.merge) == ("벤텍프론티어", answer["Location"])
    told = teamlead.get(name.merge).context["page"].facts
    history = next(link.address for fact in told for link in fact.links if fact.name == "그때까지의 이력")
    assert history == f"/organisations/{gone.pk}/history/" and "벤텍프론티어" in text(teamlead.get(history))

    led = teamlead.get(f"/organisations/{gone.pk}/", follow=True)
    assert led.redirect_chain == [(f"/organisations/{kept.pk}/", 302)]
    assert "벤텍프론티어은(는) 이 기관에 병합되었습니다." in text(led) and "투자협약" in text(led)
    assert "병합된 곳" in text(teamlead.get(f"/organisations/{gone.pk}/history/"))
    assert "벤텍프론티어" not in [
        line.main.text for line in teamlead.get("/organisations/?q=벤텍").context["page"].lines
    ]
    assert teamlead.get("/organisations/?q=벤텍프론").context["page"].lines[0].main.text == "㈜벤텍프런티어"

    assert "병합 되돌리기" in text(teamlead.get(f"/organisations/merges/{merge.pk}/"))
    teamlead.post(f"/organisations/merges/{merge.pk}/undo/")
    assert teamlead.get(f"/organisations/{gone.pk}/").status_code == 200
    again = teamlead.post(f"/organisations/merges/{merge.pk}/undo/", follow=True)
    assert "이미 되돌렸습니다" in text(again)


def test_what_changed_meanwhile_is_shown_before_anything_is_merged(teamlead: Client, two: Any, text: Text) -> None:
    form = sent(teamlead.get(address(two)), reason="같은 회사")
    update_organisation(system(), two[1], region="부산")
    answer = teamlead.post(address(two), form)
    assert answer.status_code == 200 and "부산" in text(answer) and not Merge.objects.exists()
    assert teamlead.post(address(two), sent(answer, reason="같은 회사")).status_code == 302


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "x", "take": ["id"]}, {"reason": "x", "versions": "a"}])
def test_a_wrong_form_merges_nothing(teamlead: Client, two: Any, wrong: dict[str, Any]) -> None:
    answer = teamlead.post(address(two), {**sent(teamlead.get(address(two))), **wrong})
    assert answer.status_code == 200 and answer.context["form"].errors and not Merge.objects.exists()


def test_two_that_are_two_are_not_shown_again_until_it_is_taken_back(officer: Client, two: Any, text: Text) -> None:
    (line,) = officer.get("/organisations/duplicates/").context["page"].lines
    assert line.compare == ""
    told = officer.post(f"/organisations/duplicates/{line.id}/", follow=True)
    assert "비슷한 기관이 없습니다." in text(told) and 'name="again" value="1"' in told.content.decode()
    officer.post(f"/organisations/duplicates/{line.id}/", {"again": "1"})
    assert len(officer.get("/organisations/duplicates/").context["page"].lines) == 1


def test_those_told_apart_are_listed_and_each_can_be_asked_about_again(
    officer: Client, two: Any, text: Text, django_assert_max_num_queries: Any
) -> None:
    make_organisation("다른회사상사")
    make_organisation("다른회사상시")
    for line in officer.get("/organisations/duplicates/").context["page"].lines:
        officer.post(f"/organisations/duplicates/{line.id}/")
    decided = "/organisations/duplicates/?show=apart"
    with django_assert_max_num_queries(12):
        shown = officer.get(decided)
    lines = shown.context["page"].lines
    assert [line.first.text for line in lines] == ["㈜벤텍프런티어", "다른회사상사"] and "담당자" in lines[1].apart
    answer = officer.post(f"/organisations/duplicates/{lines[1].id}/", {"again": "1", "next": decided})
    assert answer["Location"] == decided and len(officer.get(decided).context["page"].lines) == 1
    (open_again,) = officer.get("/organisations/duplicates/").context["page"].lines
    assert open_again.id == lines[1].id


def test_an_officer_merges_nothing(officer: Client, two: Any) -> None:
    assert officer.get(address(two)).status_code == 403
    assert officer.post(address(two), {"reason": "x"}).status_code == 403


def test_the_other_is_chosen_by_name(teamlead: Client, two: Any, text: Text) -> None:
    kept, gone = two
    answer = teamlead.post(f"/organisations/{kept.pk}/merge/", {"other": "벤텍프론티어"})
    assert answer["Location"] == address(two)
    assert teamlead.post(f"/organisations/{kept.pk}/merge/", {"other": "모르는 회사"}).context["form"].errors["other"]
    for wrong in ("x", str(gone.pk)[:-1]):
        assert teamlead.get(f"/organisations/{kept.pk}/merge/?with={wrong}").status_code == 404
    assert "같은 기관끼리는" in text(teamlead.get(f"/organisations/{kept.pk}/merge/?with={kept.pk}"))


def test_one_is_warned_while_typing(officer: Client, two: Any, text: Text) -> None:
    assert 'hx-get="/organisations/similar/"' in officer.get("/organisations/new/").content.decode()
    found = text(officer.get("/organisations/similar/", {"name": "벤택프런티어"}))
    assert "이미 기록된 곳" in found and "㈜벤텍프런티어" in found
    assert text(officer.get("/organisations/similar/", {"name": "솔라"})) == ""


def test_a_closed_outcome_is_counted_and_not_named(cast: Cast, signed_in: SignIn, teamlead: Client, text: Text) -> None:
    kept, gone = make_organisation("가나다라"), make_organisation("가나다러")
    hidden = {"lead_unit": cast.other_unit, "disclosure_level": Disclosure.CLOSED}
    make_outcome("숨은 협약", parties=[(gone, PartyRole.INVESTOR)], **hidden)
    page = text(teamlead.get(f"/organisations/{kept.pk}/merge/?with={gone.pk}"))
    assert "성과의 당사자" in page and "숨은 협약" not in page


def test_many_pairs_take_no_more_queries(teamlead: Client, two: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        make_organisation(f"벤텍프런티어{'가나다라마바'[number]}")
    for page in ("/organisations/duplicates/", f"/organisations/{two[0].pk}/"):
        with django_assert_max_num_queries(12):
            assert teamlead.get(page).status_code == 200


def test_one_is_said_as_one(teamlead: Client, two: Any, text: Text) -> None:
    make_contact(two[1])
    teamlead.cookies["django_language"] = "en"
    listed = text(teamlead.get("/organisations/duplicates/"))
    assert "1 outcome " in listed and "1 outcomes" not in listed and "0 outcomes" in listed
    moved = text(teamlead.get(address(two)))
    assert re.search(r"\b1 record\b", moved) and "1 records" not in moved


def test_a_country_is_said_by_its_name(officer: Client, text: Text) -> None:
    known = make_organisation("VentechFrontier", country="US")
    while_typing = text(officer.get("/organisations/similar/", {"name": known.name}))
    sent_again = text(officer.post("/organisations/new/", {"id": str(uuid7()), "name": "VentechFrontiers"}))
    for said in (while_typing, sent_again):
        assert "이미 기록된 곳" in said and "미국" in said
    assert "US" not in while_typing.split()
    assert about(known) == "VentechFrontier · 미국"
