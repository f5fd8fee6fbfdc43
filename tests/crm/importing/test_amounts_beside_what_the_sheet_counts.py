"""An amount without its currency or its unit is what the sheet says that it counts, or it is asked for: never won by
default."""

from typing import Any

import pytest
from django.test import Client

from crm.models import Outcome
from tests.builders import money_of
from tests.crm.importing.sheets import apply, book, bring, groups, mend

pytestmark = pytest.mark.django_db
HEADINGS = ["구분", "성과명", "기업명", "체결일"]


def bring_amount(client: Client, cell: Any, heading: str = "금액", above: str = "", **more: Any) -> Any:
    row = ["투자협약", "협약", "㈜솔", "2023-01-07", cell, *more.values()]
    return bring(client, book([above], [*HEADINGS, heading, *more], row))


def errors(answer: Any) -> dict[str, str]:
    (row,) = next(group for group in answer.context["page"].groups if group.key == "wrong").rows
    return {cell.key: cell.error for cell in row.cells if cell.error}


@pytest.mark.parametrize(
    "typed", ["연간 500", "500 이상", "최대 500", "총 500", "500정도", "500/년", "1.2M", "1,000 여"]
)
def test_a_bare_number_among_words_is_asked_for(officer: Client, typed: str) -> None:
    assert "숫자의 단위를 알 수 없습니다" in errors(bring_amount(officer, typed))["amount"]


@pytest.mark.parametrize(
    ("heading", "typed", "value", "currency"),
    [
        ("금액(백만원)", "연간 500", 500_000_000, "KRW"),
        ("금액(백만원)", "500 이상", 500_000_000, "KRW"),
        ("금액(백만원)", "５００ 정도", 500_000_000, "KRW"),
        ("금액(천달러)", "최대 1,000.5", 1_000_500, "USD"),
        ("금액(달러)", "1.2M", 1_200_000, "USD"),
        ("금액(백만원)", "5억", 500_000_000, "KRW"),
        ("금액(백만원)", "US$1.2M", 1_200_000, "USD"),
        ("금액(천달러)", "5억원", 500_000_000, "KRW"),
        ("금액", "1억 2천만원", 120_000_000, "KRW"),
        ("금액", "약 500만불", 5_000_000, "USD"),
        ("금액", "5억", 500_000_000, "KRW"),
    ],
)
def test_it_counts_what_the_sheet_counts(officer: Client, heading: str, typed: str, value: int, currency: str) -> None:
    bring_amount(officer, typed, heading)
    apply(officer)
    money = money_of(Outcome.objects.get())
    assert (money.value, money.currency) == (value, currency)


@pytest.mark.parametrize("typed", ["5억", "500만"])
def test_korean_units_in_a_sheet_of_dollars_are_neither_won_nor_dollars(officer: Client, typed: str) -> None:
    assert f"{typed} 달러처럼 통화까지" in errors(bring_amount(officer, typed, "금액(천달러)"))["amount"]
    assert groups(mend(officer, **{"cell-3-amount": f"{typed} 달러"})) == {"new": [3]}


@pytest.mark.parametrize("typed", [0, "0원", -5])
def test_nothing_is_no_amount(officer: Client, typed: Any) -> None:
    assert "0보다 커야" in errors(bring_amount(officer, typed, "금액(백만원)"))["amount"]


@pytest.mark.parametrize("unit", ["백만엔", "천 위안", "US$ 천", "USD, 천", "십만원"])
def test_a_unit_that_is_not_understood_is_not_the_one_above(officer: Client, unit: str) -> None:
    answer = bring_amount(officer, 500, f"금액({unit})", above="(단위: 백만원)")
    assert "숫자의 단위를 알 수 없습니다" in errors(answer)["amount"]


@pytest.mark.parametrize("about", ["VAT 별도", "조건부", "천연가스"])
def test_what_stands_in_brackets_and_is_no_unit_leaves_the_one_above(officer: Client, about: str) -> None:
    assert groups(bring_amount(officer, 500, f"금액({about})", above="(단위: 백만원)")) == {"new": [3]}


@pytest.mark.parametrize(
    ("heading", "typed", "own", "value", "currency"),
    [
        ("금액", 500, "달러", 500, "USD"),
        ("금액", 500, "USD", 500, "USD"),
        ("금액", 500, "$", 500, "USD"),
        ("금액", "1,000", "천유로", 1_000_000, "EUR"),
        ("금액", 500, "엔", 500, "JPY"),
        ("금액(원)", 500, "USD", 500, "USD"),
        ("금액(백만원)", 500, "원", 500_000_000, "KRW"),
        ("금액(백만원)", 500, "", 500_000_000, "KRW"),
    ],
)
def test_a_currency_in_a_column_of_its_own(
    officer: Client, heading: str, typed: Any, own: str, value: int, currency: str
) -> None:
    bring_amount(officer, typed, heading, 통화=own)
    apply(officer)
    money = money_of(Outcome.objects.get())
    assert (money.value, money.currency) == (value, currency)


@pytest.mark.parametrize(("own", "words"), [("USD", "자료의 단위는 백만원"), ("모름", "통화를 알 수 없습니다")])
def test_a_currency_that_does_not_go_with_the_sheet_s_unit_is_refused(officer: Client, own: str, words: str) -> None:
    assert words in errors(bring_amount(officer, 500, "금액(백만원)", 통화=own))["currency"]
    assert groups(bring_amount(officer, None, "금액(백만원)", 통화=own)) == {"new": [3]}
