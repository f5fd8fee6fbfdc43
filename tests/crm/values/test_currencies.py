"""The currencies of ISO 4217 and the words for them."""

from collections import Counter

import pytest

from crm.values.currencies import CODES, KOREAN_NAMES, currency_words, is_currency, minor_units


@pytest.mark.parametrize("code", ["KRW", "USD", "EUR", "JPY", "CNY", "IDR", "XOF", "CLF", "ZWG", "XCG"])
def test_active_codes(code: str) -> None:
    assert is_currency(code)


@pytest.mark.parametrize("code", ["", "usd", "US", "XXX", "XAU", "XTS", "DEM", "HRK", "ZWL", "ABC", "KRW "])
def test_what_is_no_active_code(code: str) -> None:
    assert not is_currency(code)


@pytest.mark.parametrize(("code", "places"), [("USD", 2), ("KRW", 0), ("JPY", 0), ("KWD", 3), ("IDR", 2), ("CLF", 4)])
def test_minor_units(code: str, places: int) -> None:
    assert minor_units(code) == places


def test_an_unknown_code_has_no_minor_units() -> None:
    with pytest.raises(KeyError):
        minor_units("ABC")


def test_every_code_has_three_capitals() -> None:
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in CODES)


def test_every_word_has_one_meaning_and_only_known_currencies() -> None:
    words = list(currency_words())
    assert [word for word, times in Counter(word for word, _ in words).items() if times > 1] == []
    assert all(meaning.codes <= CODES for _, meaning in words)
    assert KOREAN_NAMES.keys() <= CODES
