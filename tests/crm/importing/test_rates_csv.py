"""Exchange rates from a CSV file: read as banks and Excel write them, every bad line named."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from crm.importing.rates_csv import read_rates
from crm.importing.refusal import Refused

KOREAN = "통화,일자,매매기준율,단위,출처\nUSD,2023-01-06,1271.40,1,서울외국환중개\n"
ENGLISH = "currency,date,rate\nUSD,2023-01-06,1271.40\n"


def one(text: str, encoding: str = "utf-8") -> tuple[object, ...]:
    (rate,) = read_rates(text.encode(encoding))
    return rate.currency, rate.on, rate.rate, rate.per


def refused(content: str | bytes) -> list[str]:
    with pytest.raises(Refused) as error, translation.override("en"):
        read_rates(content if isinstance(content, bytes) else content.encode())
    return [fault.place for fault in error.value.faults]


@pytest.mark.parametrize("text", [KOREAN, ENGLISH, "\n".join(ENGLISH.splitlines()) + "\n,,\n\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_headings_and_encodings(text: str, encoding: str) -> None:
    assert one(text, encoding) == ("USD", date(2023, 1, 6), Decimal("1271.4"), 1)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems(ends: str) -> None:
    assert one(KOREAN.replace("\n", ends))[0] == "USD"


@pytest.mark.parametrize("currency", ["JPY", "IDR"])
def test_quoted_per_hundred_where_the_file_does_not_say(currency: str) -> None:
    assert one(ENGLISH.replace("USD", currency))[3] == 100
    assert one(KOREAN.replace("USD", currency))[3] == 1


@pytest.mark.parametrize("day", ["2023. 1. 6.", "2023. 1. 6", "2023.01.06", "2023/1/6", "2023-1-6"])
def test_dates_as_excel_writes_them(day: str) -> None:
    assert one(ENGLISH.replace("2023-01-06", day))[1] == date(2023, 1, 6)


def test_thousands() -> None:
    assert one(ENGLISH.replace("1271.40", '"1,271.40"'))[2] == Decimal("1271.4")


def test_the_same_line_twice_is_one_rate() -> None:
    assert one(ENGLISH + "USD,2023-01-06,1271.40\n")[0] == "USD"


@pytest.mark.parametrize(
    "line",
    [
        "DOLLAR,2023-01-06,1271.4",
        "KRW,2023-01-06,1",
        "USD,2023-02-30,1271.4",
        "USD,06.01.2023,1271.4",
        "USD,,1271.4",
        "USD,2023-01-06,",
        "USD,2023-01-06,abc",
        "USD,2023-01-06,NaN",
        "USD,2023-01-06,Infinity",
        "USD,2023-01-06,0",
        "USD,2023-01-06,-1271.4",
        "USD,2023-01-06,1271.1234567",
        "USD,2023-01-06,1000000000",
        'USD,2023-01-06,"1271,40"',
        'USD,2023-01-06,"1.271,40"',
        "USD,2023-01-06,1,271.40",
        "USD",
    ],
)
def test_a_bad_line_is_named(line: str) -> None:
    assert refused(f"currency,date,rate\nEUR,2023-01-06,1350\n{line}\n") == ["line 3"]


def test_every_bad_line_is_named() -> None:
    assert refused(ENGLISH + "USD,x,1\nUSD,2023-01-06,9\nEUR,2023-01-06,-1\n") == ["line 3", "line 4", "line 5"]


def test_a_unit_is_one_or_a_hundred() -> None:
    assert refused(KOREAN.replace(",1,", ",10,")) == ["line 2"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"currency,date,rate\n",
        b"currency,date\nUSD,2023-01-06\n",
        b"a\0b",
        bytes(range(256)),
        b'"' + b"x" * 200_000,
    ],
)
def test_what_is_no_table_of_rates_is_refused(content: bytes) -> None:
    assert refused(content) == ["line 1"]
