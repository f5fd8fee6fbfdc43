"""Numbers, rates and amounts as reports print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.values.measures import Basis
from crm.values.money import (
    ParsedAmount,
    echo,
    format_amount,
    format_korean,
    format_number,
    format_percent,
    format_rate,
    parse_amount,
    round_half_up,
    signed,
)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (1234567, "1,234,567"),
        (Decimal("1234567.5000"), "1,234,567.5"),
        (Decimal("100"), "100"),
        (Decimal("1E+6"), "1,000,000"),
        (Decimal("-1234.50"), "-1,234.5"),
        (Decimal("-0.00"), "0"),
        (Decimal("0.0001"), "0.0001"),
        (Decimal("123456789012345678901234567890.12345"), "123,456,789,012,345,678,901,234,567,890.12345"),
    ],
)
def test_numbers_keep_all_their_digits(value: Decimal | int, printed: str) -> None:
    assert format_number(value) == printed


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_is_never_printed_as_one(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        format_number(Decimal(value))


def test_a_decrease_has_a_triangle_where_asked_for() -> None:
    assert signed(-1234) == "△1,234"
    assert signed(Decimal("1234.5")) == "1,234.5"
    assert signed(Decimal("-0.0")) == "0"
    assert signed(-(10**40)).startswith("△10,000")


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.05", 1, "0.1"),
        ("0.0499999", 1, "0.0"),
        ("-0.04", 1, "0.0"),
        ("31.25", 1, "31.3"),
        ("1234567890123456789012345678901234567890.125", 2, "1234567890123456789012345678901234567890.13"),
    ],
)
def test_a_half_goes_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == rounded


def test_a_rate_is_not_rounded_before_it_is_printed() -> None:
    amount = format_rate(Decimal("530.3"), Decimal("1697.0"))
    assert amount is not None
    assert Decimal("31.2492") < amount < Decimal("31.2493")
    # 0.45 exactly; a rate rounded to two places first would read 0.5 for 0.4499 as well.
    assert format_percent(format_rate(Decimal(45), Decimal(10_000))) == "0.5"
    assert format_percent(format_rate(Decimal(4499), Decimal(1_000_000))) == "0.4"


@pytest.mark.parametrize(
    ("numerator", "denominator", "printed"), [(101, 238, "42.4"), (1617, 7676, "21.1"), (3, 1, "300.0")]
)
def test_the_published_rates(numerator: int, denominator: int, printed: str) -> None:
    assert format_percent(format_rate(Decimal(numerator), Decimal(denominator))) == printed


def test_nothing_to_divide_by_is_no_rate_and_prints_a_dash() -> None:
    assert format_rate(Decimal(5), Decimal(0)) is None
    assert format_percent(None) == "–"
    assert str(format_rate(Decimal(0), Decimal(-5))) == "0"


def test_no_rate_is_not_the_rate_zero() -> None:
    assert format_percent(format_rate(Decimal(0), Decimal(-5))) == "0.0"
    assert format_percent(Decimal("-0.04")) == "0.0"
    assert format_percent(Decimal("-0.05")) == "-0.1"
    assert format_percent(Decimal("1234.56")) == "1,234.6"


def test_an_amount_prints_the_same_in_both_languages() -> None:
    assert format_amount(Decimal(10_000_000), "USD", "ko") == "USD 10,000,000"
    assert format_amount(Decimal("1697000000000.00"), "KRW", "en") == "KRW 1,697,000,000,000"
    assert format_amount(Decimal("-35000"), "KRW", "en") == "KRW △35,000"


@pytest.mark.parametrize(
    ("value", "currency", "printed"),
    [
        ("10000000", "USD", "1,000만 달러"),
        ("1697000000000", "KRW", "1조 6,970억 원"),
        ("100000001", "KRW", "1억 1 원"),
        ("1234567.89", "USD", "123만 4,567.89 달러"),
        ("10000.5", "EUR", "1만 0.5 유로"),
        ("0.5", "USD", "0.5 달러"),
        ("0", "KRW", "0 원"),
        ("-35000", "KRW", "△3만 5,000 원"),
        ("10000", "XOF", "1만 XOF"),
    ],
)
def test_the_korean_reading(value: str, currency: str, printed: str) -> None:
    assert format_korean(Decimal(value), currency) == printed


@pytest.mark.parametrize(
    ("text", "korean", "english"),
    [
        ("연간 1천만 달러", "USD 10,000,000 (1,000만 달러) · 연간", "USD 10,000,000 · per year"),
        ("총 1조6천970억 원", "KRW 1,697,000,000,000 (1조 6,970억 원) · 총액", "KRW 1,697,000,000,000 · in total"),
        ("20여 억원", "약 KRW 2,000,000,000 (20억 원)", "about KRW 2,000,000,000"),
        ("$500", "USD 500 (500 달러)", "USD 500"),
    ],
)
def test_the_echo_says_what_was_understood(text: str, korean: str, english: str) -> None:
    assert echo(parse_amount(text), "ko") == korean
    assert echo(parse_amount(text), "en") == english


def test_an_unstated_basis_is_not_echoed() -> None:
    parsed = ParsedAmount(Decimal(5), "USD", Basis.UNSTATED, approximate=False, as_reported="$5")
    assert echo(parsed, "en") == "USD 5"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_printing_loses_nothing(value: Decimal) -> None:
    assert Decimal(format_number(value).replace(",", "")) == value
