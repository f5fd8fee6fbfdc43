"""The list of outcomes: found by word and filter, in order, a page at a time."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from crm.actions.outcomes import archive_outcome
from crm.values.evidence import Grade
from crm.values.measures import Basis, OutcomeKind, PartyRole, Series, Standing
from crm.web.pages.paging import A_PAGE
from tests.builders import Cast, figure, make_document, make_event, make_organisation, make_outcome, system


def titles(answer: Any) -> list[str]:
    return [line.title for line in answer.context["page"].lines]


@pytest.fixture
def three(cast: Cast) -> None:
    show = make_event("CES 2023")
    sol = make_organisation("㈜솔", name_en="SOL")
    ventech = make_organisation("㈜벤텍프런티어", aliases=["Ventech Frontier"])
    make_outcome(
        "솔 투자협약", event=show, lead_unit=cast.unit, parties=[(sol, PartyRole.INVESTOR)], signed_on=date(2023, 1, 7)
    )
    contract = make_outcome(
        "공기살균기 수출계약",
        kind=OutcomeKind.EXPORT_CONTRACT,
        event=show,
        signed_on=None,
        parties=[(ventech, PartyRole.EXPORTER)],
        cooperating=[cast.other_unit],
        figures=[figure(10_000_000, series=Series.COMMITTED, basis=Basis.ANNUAL)],
    )
    make_document(contract)
    make_outcome(
        "e스포츠 업무협약", kind=OutcomeKind.BUSINESS_MOU, standing=Standing.UNCONFIRMED, signed_on=date(2023, 2, 1)
    )


@pytest.mark.usefixtures("three")
class TestFound:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["e스포츠 업무협약", "솔 투자협약", "공기살균기 수출계약"]),
            ("q=살균기", ["공기살균기 수출계약"]),
            ("q=벤텍프런티어", ["공기살균기 수출계약"]),
            ("q=ventech", ["공기살균기 수출계약"]),
            ("q=ㅂㅌㅍㄹ", ["공기살균기 수출계약"]),
            ("q=(주)솔", ["솔 투자협약"]),
            ("q=없는 이름", []),
            ("q=계약 살균기", ["공기살균기 수출계약"]),
            ("q=벤텍 수출", ["공기살균기 수출계약"]),
            ("q=벤텍 투자", []),
            ("kind=investment_mou", ["솔 투자협약"]),
            ("standing=unconfirmed", ["e스포츠 업무협약"]),
            ("stage=planned", ["솔 투자협약"]),
            ("evidence=strong", ["공기살균기 수출계약"]),
            ("evidence=missing", ["e스포츠 업무협약", "솔 투자협약"]),
            ("unit=none", ["e스포츠 업무협약", "공기살균기 수출계약"]),
            ("signed_from=2023-01-07&signed_to=2023-01-31", ["솔 투자협약"]),
            ("sort=signed", ["솔 투자협약", "e스포츠 업무협약", "공기살균기 수출계약"]),
            ("sort=title", ["e스포츠 업무협약", "공기살균기 수출계약", "솔 투자협약"]),
            (
                "kind=nonsense&signed_from=yesterday&event=x&page=abc&sort=up",
                ["e스포츠 업무협약", "솔 투자협약", "공기살균기 수출계약"],
            ),
        ],
    )
    def test_by(self, officer: Client, query: str, found: list[str]) -> None:
        assert titles(officer.get(f"/outcomes/?{query}")) == found

    def test_by_leading_and_by_cooperating_unit(self, cast: Cast, officer: Client) -> None:
        assert titles(officer.get("/outcomes/", {"unit": str(cast.unit.pk)})) == ["솔 투자협약"]
        assert titles(officer.get("/outcomes/", {"unit": str(cast.other_unit.pk)})) == ["공기살균기 수출계약"]

    def test_by_a_unit_that_cooperates_in_more_than_are_named(
        self, cast: Cast, officer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("crm.queries.outcome_lists._NAMED", 0)
        assert titles(officer.get("/outcomes/", {"unit": str(cast.other_unit.pk)})) == ["공기살균기 수출계약"]

    def test_the_line_shows_what_stands_with_its_series_and_basis(self, officer: Client, text: Any) -> None:
        page = text(officer.get("/outcomes/?q=살균기"))
        assert "USD 10,000,000 · 연간" in page
        assert "1건" in page


def test_a_wrong_date_is_said_at_its_field(officer: Client, text: Any) -> None:
    answer = officer.get("/outcomes/?signed_from=yesterday")
    assert answer.context["form"].errors["signed_from"]


def test_an_archived_outcome_is_not_listed(officer: Client) -> None:
    archive_outcome(system(), make_outcome(), "두 번 기록됨")
    assert titles(officer.get("/outcomes/")) == []


def test_a_page_at_a_time_in_as_many_queries_as_for_one(
    cast: Cast, officer: Client, django_assert_max_num_queries: Any
) -> None:
    party = make_organisation()
    for i in range(A_PAGE + 1):
        make_outcome(
            f"협약 {i:02}", parties=[(party, PartyRole.INVESTOR)], lead_unit=cast.unit, figures=[figure()],
            grade=Grade.VERBAL,
        )  # fmt: skip
    with django_assert_max_num_queries(14):
        first = officer.get("/outcomes/?kind=investment_mou")
    second = officer.get(f"/outcomes/{first.context['page'].paging.later}")

    assert (len(titles(first)), len(titles(second))) == (A_PAGE, 1)
    assert first.context["page"].paging.later == "?kind=investment_mou&page=2"
    assert not set(titles(first)) & set(titles(second))
