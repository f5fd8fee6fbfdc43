"""Whether an amount is a total or a yearly rate: said by a column, kept where a row does not say it, never lost."""

from typing import Any

import pytest
from django.test import Client

from crm.models import Outcome
from crm.values.measures import Basis
from tests.builders import make_event, money_of
from tests.crm.importing.sheets import HEADINGS, apply, book, bring, groups

pytestmark = pytest.mark.django_db

WITH_BASIS = [*HEADINGS[:6], "금액 기준"]
TOLD = ["투자협약", "협약", "㈜솔", "CES 2023", "2023-01-07"]


@pytest.fixture(autouse=True)
def event(db: None) -> None:
    make_event()


def brought(client: Client, *cells: str, headings: list[str] = WITH_BASIS) -> Any:
    return bring(client, book(headings, [*TOLD, *cells]))


@pytest.mark.parametrize(
    ("amount", "basis", "kept"),
    [
        ("5억원", "총액", Basis.TOTAL),
        ("5억원", "total", Basis.TOTAL),
        ("5억원", "연", Basis.ANNUAL),
        ("연간 5억원", "미표기", Basis.ANNUAL),
        ("5억원", "", Basis.UNSTATED),
    ],
)
def test_is_said_by_a_column(officer: Client, amount: str, basis: str, kept: Basis) -> None:
    assert groups(brought(officer, amount, basis)) == {"new": [2]}
    apply(officer)
    assert money_of(Outcome.objects.get()).basis == kept


@pytest.mark.parametrize(("amount", "basis"), [("연간 5억원", "총액"), ("5억원", "반기")])
def test_that_cannot_be_is_refused_at_its_cell(officer: Client, amount: str, basis: str) -> None:
    (wrong,) = brought(officer, amount, basis).context["page"].groups
    assert [cell.key for row in wrong.rows for cell in row.cells if cell.error] == ["basis"]


def test_is_shown_before_it_is_recorded(officer: Client) -> None:
    assert "= KRW 500,000,000 · 총액" in brought(officer, "5억원", "총액").content.decode()
    assert "= KRW 500,000,000 · 미표기" in brought(officer, "5억원", "").content.decode()


def test_is_asked_for_where_no_column_says_it(officer: Client) -> None:
    asked = "‘금액기준’ 열을 두고"
    assert asked in brought(officer, "5억원", headings=WITH_BASIS[:6]).content.decode()
    assert asked not in brought(officer, "5억원", "").content.decode()
    assert asked not in brought(officer, headings=WITH_BASIS[:5]).content.decode()


def test_that_is_said_later_is_a_change_of_its_own(officer: Client) -> None:
    brought(officer, "5억원", "")
    apply(officer)
    assert groups(brought(officer, "5억원", "")) == {"unchanged": [2]}
    answer = brought(officer, "5억원", "총액")
    assert groups(answer) == {"changed": [2]}
    shown = answer.content.decode()
    assert "<del>KRW 500,000,000 · 미표기</del>" in shown and "<ins>KRW 500,000,000 · 총액</ins>" in shown
    apply(officer)
    assert money_of(Outcome.objects.get()).basis == Basis.TOTAL


def test_stays_what_it_was_where_a_new_amount_does_not_say_it(officer: Client) -> None:
    brought(officer, "5억원", "총액")
    apply(officer)
    assert groups(brought(officer, "6억원", headings=WITH_BASIS[:6])) == {"changed": [2]}
    apply(officer)
    money = money_of(Outcome.objects.get())
    assert (money.value, money.basis) == (600_000_000, Basis.TOTAL)
