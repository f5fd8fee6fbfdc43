"""Search everywhere: by name, initials, amount, number and title, and nothing that is kept from the reader."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.actions.documents import Upload, attach_document
from crm.actions.org_units import record_programme
from crm.actions.outcomes import update_outcome
from crm.actions.pitches import archive_pitch
from crm.models import Account, Demonstration, Outcome, PitchEntry
from crm.queries import search
from crm.values.evidence import Grade
from crm.values.measures import Disclosure, EventKind, FollowUpStatus, PartyRole
from tests.builders import (
    Cast,
    figure,
    make_document,
    make_event,
    make_follow_up,
    make_organisation,
    make_outcome,
    system,
)
from tests.builders_demonstrations import make_demonstration, make_pitch

Text = Callable[[Any], str]
SignIn = Callable[[Account], Client]


@pytest.fixture
def mou(cast: Cast) -> Outcome:
    company = make_organisation("㈜벤텍프런티어", ["VentechFrontier"], business_registration_number="124-81-00998")
    found = make_outcome(
        "공기살균기 업무협약",
        figures=[figure(10_000_000)],
        parties=[(company, PartyRole.EXPORTER)],
        lead_unit=cast.unit,
    )
    make_document(found, title="서명본 스캔", document_number="AI-2023-7")
    make_follow_up("통관 확인 전화", outcome=found)
    make_event("CES 2023")
    make_event("서울 박람회")
    record_programme(system(), name="AI 2단계 사업")
    make_pitch(make_event("호남권 창업 경진", kind=EventKind.PITCH_COMPETITION), "무인 배송 로봇")
    make_demonstration("이동식 충전 실증", lead_unit=cast.unit, disclosure_level=Disclosure.CLOSED)
    return found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("벤텍", ["㈜벤텍프런티어", "공기살균기 업무협약"]),
        ("ㅂㅌㅍㄹ", ["㈜벤텍프런티어", "공기살균기 업무협약"]),
        ("ventechfrontier", ["㈜벤텍프런티어", "공기살균기 업무협약"]),
        ("124-81-00998", ["㈜벤텍프런티어", "공기살균기 업무협약"]),
        ("1248100998", ["㈜벤텍프런티어", "공기살균기 업무협약"]),
        ("124 81 00998", ["㈜벤텍프런티어"]),
        ("１２４８１", ["㈜벤텍프런티어"]),
        ("살균기", ["공기살균기 업무협약"]),
        ("ㅅㄱㄱㅇㅁ", ["공기살균기 업무협약"]),
        ("1천만 달러", ["공기살균기 업무협약"]),
        ("USD 10m", ["공기살균기 업무협약"]),
        ("1천만", ["공기살균기 업무협약"]),
        ("공기 살균기 업무 협약", ["공기살균기 업무협약"]),
        ("공기살균기업무협약", ["공기살균기 업무협약"]),
        ("벤텍 살균기업무협약", ["공기살균기 업무협약"]),
        ("통관확인전화", ["통관 확인 전화"]),
        ("서명본스캔", ["서명본 스캔"]),
        ("서울박람회", ["서울 박람회"]),
        ("AI2단계사업", ["AI 2단계 사업"]),
        ("무인배송로봇", ["무인 배송 로봇"]),
        ("이동식충전실증", ["이동식 충전 실증"]),
        ("업무협약 살균기", ["공기살균기 업무협약"]),
        ("벤텍 업무협약", ["공기살균기 업무협약"]),
        ("살균기 ventech", ["공기살균기 업무협약"]),
        ("확인 통관", ["통관 확인 전화"]),
        ("CES2023", ["CES 2023"]),
        ("2023 ces", ["CES 2023"]),
        ("10,000,000", ["공기살균기 업무협약"]),
        ("10000000.00", ["공기살균기 업무협약"]),
        ("서명본", ["서명본 스캔"]),
        ("AI-2023-7", ["서명본 스캔"]),
        ("ㅅㅁㅂㅅㅋ", ["서명본 스캔"]),
        ("통관", ["통관 확인 전화"]),
        ("ㅌㄱㅎㅇ", ["통관 확인 전화"]),
        ("ces", ["CES 2023"]),
        ("ㅅㅇㅂㄹ", ["서울 박람회"]),
        ("ai 2", ["AI 2단계 사업"]),
        ("2ㄷㄱ", ["AI 2단계 사업"]),
        ("경진", ["호남권 창업 경진"]),
        ("ㅊㅇㄱㅈ", ["호남권 창업 경진"]),
        ("배송", ["무인 배송 로봇"]),
        ("ㅁㅇㅂㅅ", ["무인 배송 로봇"]),
        ("충전", ["이동식 충전 실증"]),
        ("ㅊㅈㅅㅈ", ["이동식 충전 실증"]),
    ],
)
def test_a_record_is_found_by_what_is_known_of_it(officer: Client, mou: Outcome, typed: str, found: list[str]) -> None:
    groups = officer.get("/search/", {"q": typed}).context["page"].groups
    names = [link.text for group in groups for link in group.links]
    assert [name for name in found if name not in names] == []


def links(client: Client, typed: str, group: str) -> list[tuple[str, str]]:
    found = client.get("/search/", {"q": typed}).context["page"].groups
    return [(link.text, link.address) for one in found if one.key == group for link in one.links]


def test_all_words_are_on_one_record(officer: Client, mou: Outcome) -> None:
    for typed in ("벤텍 박람회", "서울 업무협약", "통관 살균기"):
        assert officer.get("/search/", {"q": typed}).context["page"].groups == ()


def test_a_short_word_is_not_found_across_two(officer: Client, mou: Outcome) -> None:
    """`기업` stands in `공기살균기 업무협약` only where the space is not seen."""
    for typed, is_found in (("기업", False), ("기업무", False), ("살균기업무협약", True)):
        assert (links(officer, typed, "outcomes") != []) is is_found
        assert (mou.title in officer.get("/outcomes/", {"q": typed}).content.decode()) is is_found


def test_a_number_among_words_is_no_part_of_a_registration_number(officer: Client, mou: Outcome) -> None:
    assert officer.get("/search/", {"q": "업무협약 998"}).context["page"].groups == ()
    for typed, is_found in (("업무협약 998", False), ("998", True), ("124-81-00998", True), ("업무협약 벤텍", True)):
        assert (mou.title in officer.get("/outcomes/", {"q": typed}).content.decode()) is is_found


def test_a_paper_about_a_company_leads_there(officer: Client, mou: Outcome) -> None:
    company = make_organisation("㈜솔")
    upload = Upload("등기부.txt", b"text")
    kept = attach_document(system(), upload, organisation=company, title="솔 등기부", grade=Grade.SIGNED_DOCUMENT)
    assert links(officer, "등기부 솔", "documents") == [
        ("솔 등기부", f"/organisations/{company.pk}/#document-{kept.pk}")
    ]


def test_what_is_found_leads_to_its_page(officer: Client, mou: Outcome) -> None:
    demonstration, pitch = Demonstration.objects.get(), PitchEntry.objects.get()
    assert links(officer, "충전", "demonstrations") == [("이동식 충전 실증", f"/demonstrations/{demonstration.pk}/")]
    assert links(officer, "배송", "pitches") == [("무인 배송 로봇", f"/pitches/{pitch.pk}/")]
    assert links(officer, "경진", "events") == [("호남권 창업 경진", f"/events/{pitch.event_id}/#competition")]
    for address in (f"/demonstrations/{demonstration.pk}/", f"/pitches/{pitch.pk}/"):
        assert officer.get(address).status_code == 200


def test_a_closed_demonstration_is_found_by_its_own_department_only(
    cast: Cast, mou: Outcome, signed_in: SignIn
) -> None:
    for typed in ("충전", "ㅊㅈㅅㅈ"):
        assert links(signed_in(cast.officer), typed, "demonstrations") != []
        assert links(signed_in(cast.outsider), typed, "demonstrations") == []


def test_what_was_put_away_is_not_found(officer: Client, cast: Cast, mou: Outcome) -> None:
    archive_pitch(system(), PitchEntry.objects.get(), "잘못 적음")
    for typed in ("배송", "ㅁㅇㅂㅅ"):
        assert links(officer, typed, "pitches") == []


def test_the_latest_event_stands_first(officer: Client) -> None:
    for year in (2021, 2024, 2022):
        make_event(f"박람회 {year}", starts_on=date(year, 3, 1), ends_on=None)
    for typed in ("박람회", "ㅂㄹㅎ"):
        assert [name for name, _ in links(officer, typed, "events")] == ["박람회 2024", "박람회 2022", "박람회 2021"]
    assert [line.main.text for line in officer.get("/events/", {"q": "ㅂㄹㅎ2024"}).context["page"].lines] == [
        "박람회 2024"
    ]


def test_nothing_found_says_so_and_an_empty_search_says_what_can_be_asked(officer: Client, text: Text) -> None:
    assert "“없는 이름”에 해당하는 기록이 없습니다." in text(officer.get("/search/", {"q": "없는 이름"}))
    assert "초성(ㅂㅌㅍㄹ)" in text(officer.get("/search/", {"q": "  "}))


def test_while_typing_only_the_found_comes(officer: Client, mou: Outcome) -> None:
    part = officer.get("/search/", {"q": "벤텍"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "㈜벤텍프런티어" in part


def test_what_is_kept_from_a_reader_is_not_found(cast: Cast, mou: Outcome, signed_in: SignIn) -> None:
    update_outcome(system(), Outcome.objects.get(pk=mou.pk), disclosure_level=Disclosure.CLOSED)
    other = signed_in(cast.outsider)
    for typed in ("살균기", "ㅅㄱㄱㅇㅁ", "1천만 달러", "10,000,000", "서명본", "ㅅㅁㅂ", "통관", "ㅌㄱㅎㅇ"):
        shown = other.get("/search/", {"q": typed}).content.decode()
        assert "공기살균기 업무협약" not in shown and "서명본 스캔" not in shown and "통관 확인 전화" not in shown
    assert "공기살균기" in signed_in(cast.officer).get("/search/", {"q": "살균기"}).content.decode()


def test_an_amount_does_not_give_away_what_is_partly_open(cast: Cast, mou: Outcome, signed_in: SignIn) -> None:
    update_outcome(system(), Outcome.objects.get(pk=mou.pk), disclosure_level=Disclosure.PARTLY)
    other = signed_in(cast.outsider)
    for typed in ("1천만 달러", "10,000,000"):
        assert "공기살균기" not in other.get("/search/", {"q": typed}).content.decode()
        assert "공기살균기" not in other.get("/outcomes/", {"q": typed}).content.decode()
    assert "공기살균기" in other.get("/search/", {"q": "살균기"}).content.decode()


def test_the_number_of_queries_does_not_grow(officer: Client, mou: Outcome) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            officer.get("/search/", {"q": "업무협약"})
        return len(found)

    before = queries()
    for number in range(5):
        make_outcome(f"업무협약 {number}")
        make_event(f"업무협약 설명회 {number}")
        make_demonstration(f"업무협약 실증 {number}")
    assert queries() == before <= 12


@pytest.mark.parametrize("typed", ["(주)하늘", "㈜하늘", "ESTV", "estv", "하늘 수출", "수출"])
def test_a_title_is_found_in_whichever_form_it_is_typed(officer: Client, typed: str) -> None:
    make_outcome("㈜하늘 수출 협약 (estv)" if typed.isascii() else "㈜하늘 수출 협약")
    make_outcome("다른 협약")
    groups = {
        g.key: [link.text for link in g.links] for g in officer.get("/search/", {"q": typed}).context["page"].groups
    }
    assert [title[:7] for title in groups["outcomes"]] == ["㈜하늘 수출 "]
    assert officer.get("/outcomes/", {"q": typed}).context["page"].paging.count == 1


def test_a_title_that_was_changed_is_found_by_the_new_one_only(officer: Client, mou: Outcome) -> None:
    update_outcome(system(), mou, title="정화기 협약")
    for old, new in (("살균기", "정화기"), ("ㅅㄱㄱ", "ㅈㅎㄱ")):
        counts = [officer.get("/outcomes/", {"q": typed}).context["page"].paging.count for typed in (old, new)]
        assert counts == [0, 1]


def test_what_may_be_read_is_found_behind_many_that_may_not(
    cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 2)
    make_outcome("비밀 협약 처음", lead_unit=cast.unit)
    for number in range(5):
        closed = {"lead_unit": cast.unit, "disclosure_level": Disclosure.CLOSED}
        make_outcome(f"비밀 협약 {number}", **closed)
    found = signed_in(cast.outsider).get("/search/", {"q": "비밀 협약"}).context["page"].groups
    assert [[link.text for link in group.links] for group in found] == [["비밀 협약 처음"]]


def way_on(client: Client, typed: str, group: str) -> tuple[str, bool]:
    """The way to all that is found of one kind, and whether there are more than are shown."""
    found = client.get("/search/", {"q": typed}).context["page"].groups
    (one,) = (one for one in found if one.key == group)
    return one.all, one.has_more


def test_all_follow_ups_of_a_text_are_the_done_ones_too(officer: Client, mou: Outcome) -> None:
    for n in range(7):
        done = {"status": FollowUpStatus.DONE, "done_on": date(2023, 4, 7), "result": "확인함"} if n % 2 else {}
        make_follow_up(f"전화 {n}", outcome=mou, **done)
    for typed in ("전화", "ㅈㅎ"):
        address, _has_more = way_on(officer, typed, "follow-ups")
        page = officer.get(address).context["page"]
        found = {line.main.text for line in page.lines}
        assert {f"전화 {n}" for n in range(7)} <= found and [tab[0] for tab in page.tabs if tab[2]] == ["전체"]


def test_all_of_an_amount_are_what_it_found(cast: Cast, mou: Outcome, officer: Client, signed_in: SignIn) -> None:
    address, _has_more = way_on(officer, "1천만 달러", "outcomes")
    assert [line.title for line in officer.get(address).context["page"].lines] == ["공기살균기 업무협약"]
    assert officer.get("/outcomes/?q=2천만 달러").context["page"].lines == ()
    update_outcome(system(), Outcome.objects.get(pk=mou.pk), disclosure_level=Disclosure.PARTLY)
    assert signed_in(cast.outsider).get(address).context["page"].lines == ()


def test_more_than_are_shown_are_on_the_list_or_said(cast: Cast, mou: Outcome, officer: Client, text: Text) -> None:
    competition = make_event("여러 경진", kind=EventKind.PITCH_COMPETITION)
    for n in range(7):
        make_event(f"박람회 {n}")
        make_follow_up(f"전화 {n}", outcome=mou)
        make_pitch(competition, f"배달 로봇 {n}")
        make_demonstration(f"주차 실증 {n}", lead_unit=cast.unit)
        make_document(mou, title=f"사진 {n}")
    for typed, group, place in (
        ("박람회", "events", "/events/"),
        ("전화", "follow-ups", "/follow-ups/"),
        ("ㅈㅎ", "follow-ups", "/follow-ups/"),
        ("주차", "demonstrations", "/demonstrations/"),
        ("ㅈㅊㅅㅈ", "demonstrations", "/demonstrations/"),
        ("배달", "pitches", "/pitches/"),
        ("ㅂㄷㄹㅂ", "pitches", "/pitches/"),
    ):
        address, has_more = way_on(officer, typed, group)
        assert has_more and address.startswith(place)
        assert officer.get(address).context["page"].paging.count >= 7
    for typed, group in (("사진", "documents"), ("ㅅㅈ", "documents")):
        assert way_on(officer, typed, group) == ("", True)
        assert "더 있습니다." in text(officer.get("/search/", {"q": typed}))
    assert way_on(officer, "통관", "follow-ups") == ("", False)
