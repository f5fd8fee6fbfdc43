"""The business registration number and its check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.values.registration_numbers import RegistrationNumberError, digits_of, normalise

# By hand: 1·1 + 2·3 + 3·7 + 4·1 + 5·3 + 6·7 + 7·1 + 8·3 + 9·5 = 165, + 45 div 10 = 169, 10 − 9 = 1.
VALID = "123-45-67891"


@pytest.mark.parametrize(
    "typed",
    [
        VALID,
        "1234567891",
        "123 45 67891",
        " 123-4567891 ",
        "１２３－４５－６７８９１",
        "123‐45–67891",
        "123\u200b-45-67891",
    ],
)
def test_one_form_for_all_ways_to_type_it(typed: str) -> None:
    assert normalise(typed) == VALID


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("123-45-6789", "not_understood"),
        ("123-45-678910", "not_understood"),
        ("12-345-67891", "not_understood"),
        ("123--45-67891", "not_understood"),
        ("123-45-6789O", "not_understood"),
        ("①23-45-67891", "not_understood"),
        ("١٢٣-45-67891", "not_understood"),
        ("123-45-67890", "wrong_check_digit"),
        ("213-45-67891", "wrong_check_digit"),
        ("000-00-00000", "all_zeros"),
        ("0000000000", "all_zeros"),
    ],
)
def test_a_refusal_says_why(typed: str, code: str) -> None:
    with pytest.raises(RegistrationNumberError) as caught:
        normalise(typed)
    assert (caught.value.code, caught.value.text) == (code, typed)
    assert str(caught.value).endswith(".")


@given(st.text(alphabet="0123456789", min_size=9, max_size=9).filter(lambda digits: digits.strip("0")))
def test_one_check_digit_of_ten_is_right(nine: str) -> None:
    accepted = [digit for digit in "0123456789" if is_accepted(nine + digit)]
    assert len(accepted) == 1


def is_accepted(typed: str) -> bool:
    try:
        normalise(typed)
    except RegistrationNumberError:
        return False
    return True


@pytest.mark.parametrize(
    ("typed", "digits"),
    [(VALID, "1234567891"), ("123 45", "12345"), ("６７８９１", "67891"), ("123‐45", "12345"), ("-", ""), ("", "")],
)
def test_the_digits_of_a_part_of_a_number(typed: str, digits: str) -> None:
    assert digits_of(typed) == digits


@pytest.mark.parametrize("typed", ["CES 2023", "1천만", "12.5", "٣٤"])
def test_what_is_no_part_of_a_number(typed: str) -> None:
    assert digits_of(typed) == ""
