"""Phone numbers in E.164."""

import pytest

from crm.values.phones import PhoneError, parse_phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("062-613-0000", "+82626130000"),
        ("(062) 613 0000", "+82626130000"),
        ("010.1234.5678", "+821012345678"),
        ("+82 10-1234-5678", "+821012345678"),
        ("０１０－１２３４－５６７８", "+821012345678"),
        ("\u202a010-1234-5678\u202c", "+821012345678"),
        ("1588-0000", "+8215880000"),
        ("+1 702-892-0711", "+17028920711"),
    ],
)
def test_numbers_as_typed(typed: str, number: str) -> None:
    assert parse_phone(typed) == number


def test_the_region_is_where_it_is_dialled() -> None:
    assert parse_phone("702-892-0711", region="US") == "+17028920711"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \u200b", "empty"),
        ("없음", "not_understood"),
        ("+", "not_understood"),
        ("전화 " * 20 + "062-613-0000", "not_understood"),
        ("12", "not_valid"),
        ("010-123", "not_valid"),
        ("+82 99-9999-99999", "not_valid"),
    ],
)
def test_a_refusal_says_why(typed: str, code: str) -> None:
    with pytest.raises(PhoneError) as caught:
        parse_phone(typed)
    assert (caught.value.code, caught.value.text) == (code, typed)
    assert str(caught.value).endswith(".")


def test_an_unknown_region_needs_the_country_code() -> None:
    with pytest.raises(PhoneError):
        parse_phone("062-613-0000", region="XX")
    assert parse_phone("+82 62-613-0000", region="XX") == "+82626130000"
