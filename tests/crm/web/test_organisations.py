"""Organisations: found by every name they have; recorded once; people there shown only on a stated purpose."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from crm.actions.confirmations import Reply, answer_claim, ask_partner
from crm.actions.events import record_participation
from crm.actions.organisations import update_organisation
from crm.actions.outcomes import Talk, record_consultation
from crm.actions.pitches import record_judge
from crm.models import AccessLog, Contact, Organisation
from crm.values.concurrence import PartnerAnswer
from crm.values.measures import Disclosure, EventKind, FollowUpStatus, PartyRole
from crm.web.pages import organisation_part, organisations
from tests.builders import Cast, make_contact, make_event, make_follow_up, make_organisation, make_outcome, system
from tests.builders_demonstrations import make_demonstration, make_pitch
from tests.builders_partners import make_claim

Text = Callable[[Any], str]


def new(**changes: Any) -> dict[str, Any]:
    return {"id": str(uuid7()), "name": "㈜솔", **changes}


@pytest.mark.parametrize("query", ["벤텍", "(주)벤텍프런티어", "벤텍프론티어", "ventech", "ㅂㅌㅍㄹ", "ㅂㅌ", "ㅇㅈㅁ"])
def test_found_by_name_alias_and_initial_consonants(officer: Client, query: str) -> None:
    make_organisation("㈜벤텍프런티어", aliases=["벤텍프론티어", "프런티어정밀", "Ventech Frontier"])
    make_organisation("㈜솔", aliases=["소나무"])
    lines = officer.get("/organisations/", {"q": query}).context["page"].lines
    assert [line.main.text for line in lines] == ["㈜벤텍프런티어"]


def test_sorted_by_key_so_that_a_legal_form_does_not_matter(officer: Client) -> None:
    for name in ("주식회사 하늘", "가온", "㈜솔"):
        make_organisation(name)
    lines = officer.get("/organisations/").context["page"].lines
    assert [line.main.text for line in lines] == ["가온", "㈜솔", "주식회사 하늘"]


def test_names_are_offered_while_typing(officer: Client) -> None:
    make_organisation("㈜벤텍프런티어")
    answer = officer.get("/organisations/names/", {"parties-0-name": "벤텍"})
    assert '<option value="㈜벤텍프런티어">' in answer.content.decode()
    make_organisation("㈜솔", aliases=["소나무"])
    answer = officer.get("/organisations/names/", {"parties-0-name": "ㅅㄴㅁ"})
    assert '<option value="㈜솔">' in answer.content.decode()
    assert officer.get("/organisations/names/", {"parties-0-name": " "}).content.strip() == b""


def test_the_page_shows_what_it_is_party_to(officer: Client, text: Text) -> None:
    sol = make_organisation("㈜솔", aliases=["SOL"], country="KR")
    make_outcome("솔 투자협약", parties=[(sol, PartyRole.INVESTOR)])
    page = text(officer.get(f"/organisations/{sol.pk}/"))
    assert "솔 투자협약" in page and "SOL" in page and "대한민국" in page


def test_an_organisation_is_recorded_once_with_its_other_names(officer: Client) -> None:
    sent = new(aliases="SOL\n솔\n")
    first, second = officer.post("/organisations/new/", sent), officer.post("/organisations/new/", sent)
    assert first["Location"] == second["Location"]
    assert sorted(a.name for a in Organisation.objects.get().aliases.all()) == ["SOL", "솔"]


def test_a_near_duplicate_is_pointed_out_and_may_be_another(officer: Client, text: Text) -> None:
    make_organisation("벤텍프런티어")
    sent = new(name="벤텍프론티어")
    assert "다른 기업·기관입니다" not in text(officer.get("/organisations/new/"))
    answer = officer.post("/organisations/new/", sent)
    assert "이미 기록된 곳:" in text(answer) and Organisation.objects.count() == 1
    assert "같은 곳입니까? 다른 기업·기관입니다 영문 이름" in text(answer)
    assert officer.post("/organisations/new/", {**sent, "is_another": "on"}).status_code == 302
    assert Organisation.objects.count() == 2


def test_names_like_the_one_typed_are_answered_below_its_field(officer: Client) -> None:
    """Above it they would push the field away from whoever types into it."""
    page = officer.get("/organisations/new/").content.decode()
    places = [page.index(f'id="{one}"') for one in ("id_name", "similar-names", "id_aliases")]
    assert places == sorted(places) and page.count('id="similar-names"') == 1
    make_organisation("㈜솔")
    assert 'hx-target="#similar-names"' in page
    assert "㈜솔" in officer.get("/organisations/similar/", {"name": "솔"}).content.decode()


def test_a_wrong_registration_number_is_said_at_its_field(officer: Client) -> None:
    answer = officer.post("/organisations/new/", new(business_registration_number="123-45-67890"))
    assert answer.context["form"].errors["business_registration_number"]


def test_a_stale_edit_overwrites_nothing(officer: Client, fields: Any, text: Text) -> None:
    sol = make_organisation()
    sent = fields(officer.get(f"/organisations/{sol.pk}/edit/"))
    update_organisation(system(), Organisation.objects.get(pk=sol.pk), region="서울")
    answer = officer.post(f"/organisations/{sol.pk}/edit/", {**sent, "sector": "센서"})
    assert "지역: – → 서울" in text(answer)
    sol.refresh_from_db()
    assert sol.sector == ""


def test_an_alias_is_added(officer: Client) -> None:
    sol = make_organisation()
    sent = {"id": str(uuid7()), "name": "SOL Inc.", "language": "en"}
    for _twice in range(2):
        officer.post(f"/organisations/{sol.pk}/aliases/new/", sent)
    assert [a.name for a in sol.aliases.all()] == ["SOL Inc."]


def test_a_contact_is_recorded_and_not_shown_on_the_page(officer: Client) -> None:
    sol = make_organisation()
    person = {
        "id": str(uuid7()), "name": "홍길동", "phone": "010-1234-5678", "legal_basis": "동의",
        "retention_until": "2090-01-01",
    }  # fmt: skip
    officer.post(f"/organisations/{sol.pk}/contacts/new/", person)
    assert Contact.objects.get().phone == "+821012345678"
    page = officer.get(f"/organisations/{sol.pk}/").content.decode()
    assert "홍길동" not in page and "+8210" not in page and not AccessLog.objects.exists()


def test_a_person_is_shown_for_a_purpose_and_that_is_logged(cast: Cast, officer: Client, text: Text) -> None:
    contact = make_contact(make_organisation(), name="홍길동")
    asked = officer.get(f"/contacts/{contact.pk}/")
    assert "홍길동" not in text(asked)

    shown = officer.post(f"/contacts/{contact.pk}/", {"purpose": "일정 협의"})

    assert "홍길동" in text(shown) and "no-store" in shown["Cache-Control"]
    log = AccessLog.objects.get()
    assert (log.account, log.purpose, log.subject_id, log.address) == (
        cast.officer, "일정 협의", contact.pk, "127.0.0.1",
    )  # fmt: skip


def test_without_a_purpose_nobody_is_shown(officer: Client, text: Text) -> None:
    contact = make_contact(make_organisation(), name="홍길동")
    assert "홍길동" not in text(officer.post(f"/contacts/{contact.pk}/", {"purpose": ""}))
    assert not AccessLog.objects.exists()


def test_a_person_who_asks_for_it_is_removed_for_good(officer: Client, leader: Client, text: Text) -> None:
    sol = make_organisation()
    contact = make_contact(sol, name="홍길동")
    page = f"/contacts/{contact.pk}/remove/"
    assert page in officer.get(f"/organisations/{sol.pk}/").content.decode()
    assert "되돌릴 수 없으며" in text(officer.get(page))
    assert officer.post(page, {"reason": ""}).context["form"].errors["reason"]
    assert leader.post(page, {"reason": "본인 요청"}).status_code == 403
    assert Contact.objects.get().name == "홍길동"
    assert "연락처를 삭제했습니다" in text(officer.post(page, {"reason": "본인 요청"}, follow=True))
    assert (Contact.objects.get().name, AccessLog.objects.get().purpose) == ("–", "본인 요청")
    again = officer.get(page, follow=True)
    assert again.redirect_chain == [(f"/organisations/{sol.pk}/", 302)] and "완전히 삭제된 연락처입니다" in text(again)
    assert page not in officer.get(f"/organisations/{sol.pk}/").content.decode()


def test_leadership_sees_no_people(leader: Client, text: Text) -> None:
    sol = make_organisation()
    contact = make_contact(sol)
    assert "연락처 보기" not in text(leader.get(f"/organisations/{sol.pk}/"))
    assert leader.post(f"/contacts/{contact.pk}/", {"purpose": "x"}).status_code == 403
    assert leader.post("/organisations/new/", new()).status_code == 403


def test_a_long_list_takes_no_more_queries(officer: Client, django_assert_max_num_queries: Any) -> None:
    for i in range(12):
        make_organisation(f"기업 번호 {i}", aliases=[f"별명 {i}"])
    with django_assert_max_num_queries(8):
        officer.get("/organisations/")


def test_everything_that_was_done_with_a_company_stands_on_its_page(cast: Cast, officer: Client, text: Text) -> None:
    sol, buyer, fair = make_organisation(), make_organisation("Haneul Inc."), make_event()
    talk = Talk("상담일지", "USD", Decimal(250_000))
    record_consultation(system(), talk, event=fair, exhibitor=sol, buyer=buyer, met_on=fair.starts_on)
    outcome = make_outcome(parties=[(sol, PartyRole.INVESTOR)], lead_unit=cast.unit)
    make_follow_up("착공 확인", outcome=outcome)
    make_follow_up("끝난 확인", outcome=outcome, status=FollowUpStatus.DONE, done_on=fair.starts_on)
    make_follow_up("남의 일", outcome=make_outcome("다른 협약"))
    make_pitch(make_event("경진대회", kind=EventKind.PITCH_COMPETITION, ends_on=None), "충전 로봇", sol)
    make_demonstration("충전 로봇 실증", applicant=sol)

    address = f"/organisations/{sol.pk}/part/"
    assert address in officer.get(f"/organisations/{sol.pk}/").content.decode()
    part = officer.get(address).context["page"]
    shown = text(officer.get(address))

    assert [(line.exhibitor.text, line.buyer.text) for line in part.consultations.lines] == [("㈜솔", "Haneul Inc.")]
    assert "250,000" in shown and "남의 일" not in shown
    assert [line.record.text for line in (*part.pitches.lines, *part.demonstrations.lines)] == [
        "충전 로봇",
        "충전 로봇 실증",
    ]
    assert [line.title for line in part.follow_ups.lines] == ["착공 확인", "끝난 확인"]
    had = officer.get(f"/organisations/{buyer.pk}/part/").context["page"]
    assert had.consultations.count == 1 and not had.pitches.lines and not had.follow_ups.lines


def test_a_closed_outcome_s_follow_up_is_not_told_on_a_company_s_page(
    cast: Cast, signed_in: Callable[[Any], Client]
) -> None:
    sol = make_organisation()
    closed = {"lead_unit": cast.unit, "disclosure_level": Disclosure.CLOSED}
    make_follow_up("비밀 확인", outcome=make_outcome(parties=[(sol, PartyRole.INVESTOR)], **closed))
    address = f"/organisations/{sol.pk}/part/"
    assert "비밀 확인" not in signed_in(cast.outsider).get(address).content.decode()
    assert "비밀 확인" in signed_in(cast.officer).get(address).content.decode()


def test_support_judging_and_what_it_was_asked_to_confirm_stand_there_too(officer: Client, text: Text) -> None:
    outcome, sol = make_claim()
    fair, competition = make_event(), make_event("경진대회", kind=EventKind.PITCH_COMPETITION, ends_on=None)
    support = {"support_source": "참가 지원사업", "support_amount": Decimal(3_000_000), "support_currency": "KRW"}
    record_participation(system(), event=fair, organisation=sol, **support)
    record_judge(system(), competition, name="심사위원 가", organisation=sol)
    link, _token = ask_partner(system(), outcome, sol)
    assert "참가 지원사업 KRW 3,000,000" in text(officer.get(f"/organisations/{sol.pk}/"))
    part = officer.get(f"/organisations/{sol.pk}/part/").context["page"]
    assert [(line.record.text, line.note) for line in part.judges.lines] == [("경진대회", "심사위원 가")]
    assert [(line.record.text, line.state.text) for line in part.confirmations.lines] == [(str(outcome), "회신 없음")]
    answer_claim(system(), link, Reply(PartnerAnswer.CONFIRMED, link.content_hash))
    (line,) = officer.get(f"/organisations/{sol.pk}/part/").context["page"].confirmations.lines
    assert line.state.tone == "good"


def test_a_long_record_says_how_much_there_is_and_leads_to_all_of_it(
    cast: Cast, officer: Client, text: Text, monkeypatch: Any, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(organisation_part, "LONGEST", 2)
    sol, buyer, fair = make_organisation(), make_organisation("Haneul Inc."), make_event()
    outcome = make_outcome(parties=[(sol, PartyRole.INVESTOR)])
    for n in range(3):
        talk = Talk("상담일지", "USD", Decimal(250_000 + n))
        record_consultation(system(), talk, event=fair, exhibitor=sol, buyer=buyer, met_on=fair.starts_on)
        make_follow_up(f"확인 {n}", outcome=outcome)
    address = f"/organisations/{sol.pk}/part/"
    with django_assert_max_num_queries(12):
        answer = officer.get(address, HTTP_HX_REQUEST="true")
    part, page = answer.context["page"], answer.content.decode()
    assert [(shown.count, len(shown.lines)) for shown in (part.consultations, part.follow_ups)] == [(3, 2), (3, 2)]
    for place in ("consultations", "follow-ups"):
        assert f'href="{address}?whole#{place}"' in page
    whole = officer.get(f"{address}?whole")
    assert len(whole.context["page"].follow_ups.lines) == 3 and "모두 보기" not in text(whole)


def test_all_outcomes_of_a_company_are_those_of_no_other(
    cast: Cast, officer: Client, text: Text, monkeypatch: Any
) -> None:
    monkeypatch.setattr(organisations, "LONGEST", 1)
    sol, other = make_organisation("솔"), make_organisation("솔미래")
    for company, title in ((sol, "첫 협약"), (sol, "둘째 협약"), (other, "솔미래 협약")):
        make_outcome(title, parties=[(company, PartyRole.INVESTOR)])
    address = officer.get(f"/organisations/{sol.pk}/").context["page"].all
    answer = officer.get(address)
    page = answer.context["page"]
    assert {line.title for line in page.lines} == {"첫 협약", "둘째 협약"}
    assert [word.text for word in page.filters.words] == ["기업·기관: 솔"]
    assert f'<input type="hidden" name="organisation" value="{sol.pk}"' in answer.content.decode()


@pytest.mark.parametrize("field", ["name", "name_en", "aliases"])
def test_a_formula_is_refused_at_its_field(officer: Client, text: Text, field: str) -> None:
    answer = officer.post("/organisations/new/", new(**{field: '=HYPERLINK("http://x","솔")'}))
    assert list(answer.context["form"].errors) == [field] and "엑셀에서 수식으로 실행되는 글입니다." in text(answer)
    assert not Organisation.objects.exists()


def test_a_formula_is_no_other_name(officer: Client) -> None:
    sol = make_organisation()
    answer = officer.post(f"/organisations/{sol.pk}/aliases/new/", {"id": str(uuid7()), "name": "=SOL()"})
    assert list(answer.context["form"].errors) == ["name"] and not sol.aliases.exists()
