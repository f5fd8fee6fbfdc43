"""Quarters, as-of times, ages of cohorts."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.values.periods import (
    SEOUL,
    PeriodError,
    Quarter,
    cohort_age_months,
    end_of_day,
    format_date,
    parse_as_of,
)

QUARTERS = st.builds(Quarter, st.integers(1990, 2100), st.integers(1, 4))
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("text", ["2023Q1", "2023q1", "2023-Q1", "2023년 1분기", "2023년1분기", " 2023Q1 "])
def test_ways_to_write_a_quarter(text: str) -> None:
    assert Quarter.parse(text) == Quarter(2023, 1)


@pytest.mark.parametrize(
    "text", ["2023", "2023Q0", "2023Q5", "23Q1", "2023Q11", "Q1 2023", "2023--Q1", "2023년 1", "2023Q1분기", "٢٠٢٣Q1"]
)
def test_what_is_no_quarter(text: str) -> None:
    assert refusal_of_quarter(text) == "not_understood"


def test_a_refused_quarter_says_why() -> None:
    assert refusal_of_quarter("") == "empty"
    assert refusal_of_quarter("1989Q4") == "out_of_range"
    assert refusal_of_quarter("2101Q1") == "out_of_range"
    with pytest.raises(PeriodError):
        Quarter(2023, 5)


def test_its_days() -> None:
    first, last = Quarter(2023, 1), Quarter(2024, 4)
    assert (first.first_day, first.last_day) == (date(2023, 1, 1), date(2023, 3, 31))
    assert (last.first_day, last.last_day, last.year_first_day) == (
        date(2024, 10, 1),
        date(2024, 12, 31),
        date(2024, 1, 1),
    )
    assert first.contains(date(2023, 1, 1))
    assert first.contains(date(2023, 3, 31))
    assert not first.contains(date(2023, 4, 1))
    assert not first.contains(date(2022, 12, 31))


def test_its_neighbours() -> None:
    assert Quarter(2023, 1).previous() == Quarter(2022, 4)
    assert Quarter(2023, 4).next() == Quarter(2024, 1)
    with pytest.raises(PeriodError):
        Quarter(1990, 1).previous()
    with pytest.raises(PeriodError):
        Quarter(2100, 4).next()


def test_how_it_prints() -> None:
    assert str(Quarter(2023, 1)) == "2023Q1"
    assert Quarter(2023, 1).label("ko") == "2023년 1분기"
    assert Quarter(2023, 1).label("en") == "2023 Q1"


@given(QUARTERS)
def test_a_quarter_is_read_back_from_each_way_it_prints(quarter: Quarter) -> None:
    assert Quarter.parse(str(quarter)) == Quarter.parse(quarter.label("ko")) == quarter


@given(DAYS)
def test_every_day_lies_in_its_quarter_only(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.contains(day)
    assert Quarter.of(quarter.first_day) == Quarter.of(quarter.last_day) == quarter


@given(QUARTERS.filter(lambda quarter: quarter < Quarter(2100, 4)))
def test_quarters_follow_without_a_gap(quarter: Quarter) -> None:
    assert quarter.last_day + timedelta(days=1) == quarter.next().first_day
    assert quarter.next().previous() == quarter < quarter.next()


def test_a_datetime_is_not_taken_for_a_day() -> None:
    moment = datetime(2023, 3, 31, 20, tzinfo=UTC)
    for refuses in (Quarter.of, Quarter(2023, 1).contains, end_of_day):
        with pytest.raises(TypeError, match="time zone"):
            refuses(moment)


def test_dates_print_without_leading_zeros() -> None:
    assert format_date(date(2023, 1, 7)) == "2023. 1. 7."
    assert format_date(date(2023, 1, 7), "en") == "7 Jan 2023"
    assert format_date(date(2023, 12, 31), "en") == "31 Dec 2023"


def test_a_day_ends_at_its_last_microsecond_in_seoul() -> None:
    assert end_of_day(date(2023, 3, 31)).isoformat() == "2023-03-31T23:59:59.999999+09:00"
    assert end_of_day(date(2023, 3, 31), UTC).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-03-31", "2023-03-31T23:59:59.999999+09:00"),
        (" 2023-03-31 ", "2023-03-31T23:59:59.999999+09:00"),
        ("2023-03-31T10:00", "2023-03-31T10:00:00+09:00"),
        ("2023-03-31 10:00:30.5", "2023-03-31T10:00:30.500000+09:00"),
        ("2023-03-31T10:00:00Z", "2023-03-31T10:00:00+00:00"),
        ("2023-01-07T18:00:00-08:00", "2023-01-07T18:00:00-08:00"),
    ],
)
def test_as_of_times(text: str, moment: str) -> None:
    assert parse_as_of(text).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("yesterday", "not_understood"),
        ("2023-02-30", "not_understood"),
        ("20230331", "not_understood"),
        ("2023-W13-5", "not_understood"),
        ("2023-03-31T25:00", "not_understood"),
        ("2023-03-31T", "not_understood"),
        ("2023-03-31x10:00", "not_understood"),
        # What a plus sign becomes in an address: not silently Seoul's time.
        ("2023-03-31T10:00:00 09:00", "not_understood"),
        ("1989-12-31", "out_of_range"),
        ("9999-12-31T00:00:00Z", "out_of_range"),
        ("9999-12-31", "out_of_range"),
        ("12345-01-01", "out_of_range"),
    ],
)
def test_a_refused_as_of_time_says_why(text: str, code: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse_as_of(text)
    assert (caught.value.code, caught.value.text) == (code, text)


@given(st.builds(datetime.combine, DAYS, st.times()), st.integers(-840, 840))
def test_a_moment_is_read_back_with_its_offset(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    read = parse_as_of(aware.isoformat())
    assert (read, read.utcoffset()) == (aware, aware.utcoffset())
    assert parse_as_of(moment.isoformat()) == moment.replace(tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("signed", "cut_off", "months"),
    [
        (date(2023, 1, 7), date(2023, 1, 7), 0),
        (date(2023, 1, 7), date(2023, 2, 6), 0),
        (date(2023, 1, 7), date(2023, 2, 7), 1),
        (date(2023, 1, 31), date(2023, 2, 28), 1),
        (date(2023, 1, 31), date(2023, 3, 30), 1),
        (date(2020, 2, 29), date(2021, 2, 28), 12),
        (date(2016, 1, 1), date(2020, 9, 30), 56),
        (date(2022, 12, 31), date(2023, 1, 1), 0),
    ],
)
def test_the_age_of_a_cohort_in_whole_months(signed: date, cut_off: date, months: int) -> None:
    assert cohort_age_months(signed, cut_off) == months


def test_a_cohort_is_not_signed_after_its_cut_off() -> None:
    with pytest.raises(PeriodError):
        cohort_age_months(date(2023, 1, 8), date(2023, 1, 7))


def refusal_of_quarter(text: str) -> str:
    with pytest.raises(PeriodError) as caught:
        Quarter.parse(text)
    return caught.value.code
