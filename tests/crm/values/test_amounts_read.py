"""Amounts as people write them, and what is refused."""

import pickle
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.values.currencies import CODES
from crm.values.measures import Basis
from crm.values.money import LARGEST, AmountError, format_korean, parse_amount

AMOUNTS = st.decimals(min_value=Decimal("0.0001"), max_value=LARGEST, places=4)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1천만 달러", "10000000", "USD"),
        ("1,000만불", "10000000", "USD"),
        ("5천700만달러", "57000000", "USD"),
        ("1조6천970억 원", "1697000000000", "KRW"),
        ("112만4천달러", "1124000", "USD"),
        ("3억 5천만원", "350000000", "KRW"),
        ("1억2345만6789원", "123456789", "KRW"),
        ("1.5억", "150000000", "KRW"),
        ("5.7천만 달러", "57000000", "USD"),
        ("0.00001억원", "1000", "KRW"),
        ("천만 원", "10000000", "KRW"),
        ("백만 달러", "1000000", "USD"),
        ("만 원", "10000", "KRW"),
        ("5천백만원", "51000000", "KRW"),
        ("230천불", "230000", "USD"),
        ("1,697백만원", "1697000000", "KRW"),
        ("500만 유로", "5000000", "EUR"),
        ("1천만 엔", "10000000", "JPY"),
        ("1억 위안", "100000000", "CNY"),
        ("100억 루피아", "10000000000", "IDR"),
        ("500만 홍콩달러", "5000000", "HKD"),
        ("미화 1천만불", "10000000", "USD"),
        ("일금 1,000만원정", "10000000", "KRW"),
    ],
)
def test_korean_numbers(text: str, value: str, currency: str) -> None:
    parsed = parse_amount(text)
    assert (parsed.value, parsed.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("US$10,000,000", "10000000", "USD"),
        ("USD 10m", "10000000", "USD"),
        ("$10M", "10000000", "USD"),
        ("10 million dollars", "10000000", "USD"),
        ("10 million US dollars", "10000000", "USD"),
        ("USD 1.5bn", "1500000000", "USD"),
        ("$1.5tn", "1500000000000", "USD"),
        ("usd 500k", "500000", "USD"),
        ("10,000,000 USD", "10000000", "USD"),
        ("$1,234.56", "1234.56", "USD"),
        ("€5m", "5000000", "EUR"),
        ("JPY 1,000,000", "1000000", "JPY"),
        ("CNY 3m", "3000000", "CNY"),
        ("IDR 100억", "10000000000", "IDR"),
        ("KWD 1.234", "1.234", "KWD"),
        ("CAD $5m", "5000000", "CAD"),
    ],
)
def test_western_numbers(text: str, value: str, currency: str) -> None:
    parsed = parse_amount(text)
    assert (parsed.value, parsed.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(
    "text",
    [
        "１,０００만 달러",
        "＄１０Ｍ",
        "ＵＳＤ　１０，０００，０００",
        " USD\t10m\n",
        unicodedata.normalize("NFD", "1천만 달러"),
    ],
)
def test_width_spaces_and_decomposed_letters_do_not_matter(text: str) -> None:
    parsed = parse_amount(text)
    assert (parsed.value, parsed.currency) == (Decimal(10_000_000), "USD")


def test_a_korean_number_without_a_currency_is_in_won() -> None:
    assert parse_amount("370억").currency == "KRW"


def test_the_default_currency_holds_only_where_the_text_names_none() -> None:
    assert parse_amount("370억", "USD").currency == "USD"
    assert parse_amount("1,000", "EUR").currency == "EUR"
    assert parse_amount("1,000 JPY", "EUR").currency == "JPY"


def test_the_sign_of_yen_and_yuan_is_no_answer_alone() -> None:
    assert refusal("¥100") == "currency_missing"
    assert refusal("¥100", "USD") == "currency_missing"
    assert parse_amount("¥100", "CNY").currency == "CNY"
    assert parse_amount("JPY ¥100").currency == "JPY"


@pytest.mark.parametrize(
    "text",
    [
        "연간 1천만 달러",
        "매년 1천만불",
        "1천만 달러/년",
        "USD 10m per year",
        "$10m annually",
        "$10m/yr",
        "연간 총 1천만 달러",
    ],
)
def test_a_yearly_amount_is_a_rate(text: str) -> None:
    parsed = parse_amount(text)
    assert (parsed.value, parsed.basis) == (Decimal(10_000_000), Basis.ANNUAL)


@pytest.mark.parametrize(
    "text", ["총 1천만 달러", "총액 1천만 달러", "total USD 10m", "USD 10m in total", "a total of USD 10m"]
)
def test_a_total_is_one_only_where_the_text_says_so(text: str) -> None:
    assert parse_amount(text).basis is Basis.TOTAL


def test_without_a_word_about_it_the_basis_is_unsaid() -> None:
    assert parse_amount("1천만 달러").basis is None


@pytest.mark.parametrize(
    "text",
    ["약 20억원", "20여 억원", "20억여 원", "20억 원 이상", "about KRW 2bn", "approx. KRW 2bn", "~20억", "KRW ~2bn"],
)
def test_an_inexact_amount_is_marked(text: str) -> None:
    parsed = parse_amount(text)
    assert (parsed.value, parsed.approximate) == (Decimal(2_000_000_000), True)


def test_the_words_of_the_source_are_kept() -> None:
    assert parse_amount(" 연간  1천만 달러\u202e ").as_reported == "연간 1천만 달러"
    assert not parse_amount("1천만 달러").approximate


@pytest.mark.parametrize(
    "text",
    [
        *(
            "12abc",
            "abc",
            "NaN",
            "inf",
            "달러",
            "약",
            "1e9",
            "1e9 USD",
            "0x10 USD",
            "١٠ USD",
            "10² USD",
            "① USD",
            "½억",
        ),
        *("1,00,0 원", "1,0000원", "01,000원", ",100원", "100,원", "1.2.3 USD", "10.000.000 USD", ".5억", "5.억"),
        *("1만2억", "5만 0억", "1억1억", "1만억", "5천7000만", "5백3천", "1억 20000만", "10 20 USD", "1 000 원"),
        *("1.5억 3천만", "1.5천백만원", "억 원", "수천만원", "5천 만천만"),
        *(
            "10 million 만원",
            "million USD",
            "USD 10m 5k",
            "3억~5천만",
            "10-20m USD",
            "5억-",
            "10 USD -",
            "1억 원 2천만 원",
            "여 20억",
        ),
        *(
            "$5 €5",
            "1천만 달러(약 130억 원)",
            "USD EUR 5",
            "20여 명",
            "3년간 1억원",
            "USD 10m per month",
            "top 10",
            "all 5억",
        ),
        "1" * 201,
    ],
)
def test_what_is_not_wholly_one_amount_is_refused(text: str) -> None:
    assert refusal(text) == "not_understood"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u200b\n", "empty"),
        ("ABC 10m", "unknown_currency"),
        ("10 XXX", "unknown_currency"),
        ("100", "currency_missing"),
        ("10 million", "currency_missing"),
        ("922,337,203,685,478원", "too_large"),
        ("1경 원", "too_large"),
        ("9" * 150 + "원", "too_large"),
        ("1.23456 USD", "too_precise"),
        ("0.000000001만원", "too_precise"),
        ("0." + "0" * 60 + "1억", "too_precise"),
        ("1." + "0" * 60 + "1억", "too_precise"),
        ("0 USD", "not_positive"),
        ("0.00억", "not_positive"),
        ("-5억", "not_positive"),
        ("△5억", "not_positive"),
        ("USD −10m", "not_positive"),
        ("$-5", "not_positive"),
    ],
)
def test_a_refusal_says_why(text: str, code: str) -> None:
    assert refusal(text) == code


def test_an_unknown_default_currency_is_refused() -> None:
    assert refusal("100", "ABC") == "unknown_currency"


def test_a_refusal_keeps_what_was_typed_and_speaks_english() -> None:
    with pytest.raises(AmountError, match=r"^Name the currency of this amount\.$") as caught:
        parse_amount("100")
    assert caught.value.text == "100"
    assert pickle.loads(pickle.dumps(caught.value)).code == "currency_missing"


def test_the_largest_and_the_finest_amount_are_kept_exactly() -> None:
    assert parse_amount("922337203685477원").value == LARGEST
    assert parse_amount("USD 922337203685476.9999").value == Decimal("922337203685476.9999")
    assert parse_amount("USD 1.50000000").value == Decimal("1.5")


@given(AMOUNTS, st.sampled_from(sorted(CODES)))
def test_the_korean_reading_of_an_amount_is_read_back(value: Decimal, currency: str) -> None:
    parsed = parse_amount(format_korean(value, currency))
    assert (parsed.value, parsed.currency) == (value, currency)


@given(AMOUNTS, st.sampled_from(sorted(CODES)))
def test_the_printed_amount_is_read_back(value: Decimal, currency: str) -> None:
    parsed = parse_amount(f"{currency} {value:,f}")
    assert (parsed.value, parsed.currency) == (value, currency)


WORDS = [
    "1",
    "5천",
    "천",
    "백",
    "십",
    "만",
    "억",
    "조",
    "1.5",
    "1,000",
    "달러",
    "원",
    "$",
    "USD",
    "m",
    "약",
    "여",
    "-",
    "~",
    "총",
    "연간",
    " ",
]


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=8).map("".join)))
def test_any_text_is_either_an_amount_within_bounds_or_refused(text: str) -> None:
    try:
        parsed = parse_amount(text)
    except AmountError:
        return
    assert 0 < parsed.value <= LARGEST
    assert parsed.value == round(parsed.value, 4)
    assert parsed.currency in CODES


def refusal(text: str, default_currency: str | None = None) -> str:
    with pytest.raises(AmountError) as caught:
        parse_amount(text, default_currency)
    return caught.value.code
