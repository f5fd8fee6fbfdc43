"""Search everywhere: by name, initials, amount, number and title, and nothing that is kept from the reader."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.actions.outcomes import update_outcome
from crm.models import Account, Outcome
from crm.queries import search
from crm.values.measures import Disclosure, PartyRole
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
        ("1천만 달러", ["공기살균기 업무협약"]),
        ("USD 10m", ["공기살균기 업무협약"]),
        ("서명본", ["서명본 스캔"]),
        ("AI-2023-7", ["서명본 스캔"]),
        ("통관", ["통관 확인 전화"]),
        ("ces", ["CES 2023"]),
    ],
)
def test_a_record_is_found_by_what_is_known_of_it(officer: Client, mou: Outcome, typed: str, found: list[str]) -> None:
    groups = officer.get("/search/", {"q": typed}).context["page"].groups
    names = [link.text for group in groups for link in group.links]
    assert [name for name in found if name not in names] == []


def test_nothing_found_says_so_and_an_empty_search_says_what_can_be_asked(officer: Client, text: Text) -> None:
    assert "“없는 이름”에 해당하는 기록이 없습니다." in text(officer.get("/search/", {"q": "없는 이름"}))
    assert "초성(ㅂㅌㅍㄹ)" in text(officer.get("/search/", {"q": "  "}))


def test_while_typing_only_the_found_comes(officer: Client, mou: Outcome) -> None:
    part = officer.get("/search/", {"q": "벤텍"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "㈜벤텍프런티어" in part


def test_what_is_kept_from_a_reader_is_not_found(cast: Cast, mou: Outcome, signed_in: SignIn) -> None:
    update_outcome(system(), Outcome.objects.get(pk=mou.pk), disclosure_level=Disclosure.CLOSED)
    other = signed_in(cast.outsider)
    for typed in ("살균기", "1천만 달러", "서명본", "통관"):
        shown = other.get("/search/", {"q": typed}).content.decode()
        assert "공기살균기 업무협약" not in shown and "서명본 스캔" not in shown and "통관 확인 전화" not in shown
    assert "공기살균기" in signed_in(cast.officer).get("/search/", {"q": "살균기"}).content.decode()


def test_an_amount_does_not_give_away_what_is_partly_open(cast: Cast, mou: Outcome, signed_in: SignIn) -> None:
    update_outcome(system(), Outcome.objects.get(pk=mou.pk), disclosure_level=Disclosure.PARTLY)
    other = signed_in(cast.outsider)
    assert "공기살균기" not in other.get("/search/", {"q": "1천만 달러"}).content.decode()
    assert "공기살균기" in other.get("/search/", {"q": "살균기"}).content.decode()


def test_the_number_of_queries_does_not_grow(officer: Client, mou: Outcome) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            officer.get("/search/", {"q": "업무협약"})
        return len(found)

    before = queries()
    for number in range(5):
        make_outcome(f"업무협약 {number}")
    assert queries() == before <= 16


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
    old, new = (officer.get("/outcomes/", {"q": typed}).context["page"].paging.count for typed in ("살균기", "정화기"))
    assert (old, new) == (0, 1)


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
