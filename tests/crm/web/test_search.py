"""Search everywhere: by name, initials, amount, number and title, and nothing that is kept from the reader."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.actions.outcomes import update_outcome
from crm.models import Account, Outcome
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
        ("124-81-00998", ["㈜벤텍프런티어"]),
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
