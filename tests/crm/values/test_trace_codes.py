"""The code under a printed table: what it carries, how forgivingly it is read, and what it refuses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.values.periods import FIRST_YEAR, LAST_YEAR, SEOUL, Quarter, parse_as_of
from crm.values.trace_codes import (
    REPORTS,
    SYMBOLS,
    TABLES,
    TraceCodeError,
    Traced,
    read_trace_code,
    scope_hash,
    trace_code,
)

COUNTS = Traced("quarterly", Quarter(2023, 1), parse_as_of("2023-03-31"), "quarter_counts")
# Printed pages carry it: should it ever change, the pages that were printed can no longer be found.
PRINTED = "T-0223Q9-00VA9V-ZW03A4"
ABOUT_ONE_EVENT = Traced("quarterly", Quarter(2023, 1), COUNTS.as_of, "entries", scope_hash("event:1"))

moments = st.datetimes(datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 12, 31), timezones=st.just(SEOUL))  # noqa: DTZ001
quarters = st.builds(Quarter, st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 4))
scopes = st.none() | st.integers(0, (1 << 25) - 1)
rules = st.integers(0, 15)
restatements = st.builds(
    Traced,
    *(st.just("restatement"), quarters, moments, st.sampled_from(TABLES["restatement"]), st.none(), moments, rules),
    st.integers(0, 7),
)
codes = restatements | st.builds(
    Traced, st.just("quarterly"), quarters, moments, st.sampled_from(TABLES["quarterly"]), scopes, st.none(), rules
)


def test_a_printed_code_stays_what_it_is() -> None:
    assert trace_code(COUNTS) == PRINTED
    assert read_trace_code(PRINTED) == COUNTS


@given(codes)
def test_what_is_written_is_read_back_to_the_microsecond(traced: Traced) -> None:
    assert read_trace_code(trace_code(traced)) == traced


def test_the_set_of_definitions_takes_no_more_room_and_codes_from_before_it_are_of_the_first() -> None:
    printed_by_another = trace_code(replace(COUNTS, rules=3))
    assert printed_by_another != PRINTED and len(printed_by_another) == len(PRINTED)
    assert read_trace_code(printed_by_another).rules == 3
    assert read_trace_code(PRINTED).rules == 0
    for too_high in (replace(COUNTS, rules=16), replace(COUNTS, earlier=COUNTS.as_of, rules_then=8)):
        with pytest.raises(ValueError, match="no trace code carries rules"):
            trace_code(too_high)


def test_no_more_than_twenty_symbols_without_a_scope() -> None:
    assert len(PRINTED.replace("-", "")) <= 20
    assert len(trace_code(ABOUT_ONE_EVENT).replace("-", "")) <= 25


@pytest.mark.parametrize(
    "typed",
    [
        PRINTED.lower(),
        PRINTED.replace("-", ""),
        PRINTED.removeprefix("T-"),
        PRINTED.replace("-", " "),
        f" {PRINTED}\n",
        PRINTED.replace("0", "O"),
        PRINTED.replace("0", "o"),
        PRINTED.replace("-", "–"),
        "Ｔ－０２２３Ｑ９－００ＶＡ９Ｖ－ＺＷ０３Ａ４",
        "T-0223\u200bQ9-00VA9V-ZW03A4",
    ],
)
def test_one_code_for_all_ways_to_type_it(typed: str) -> None:
    assert read_trace_code(typed) == COUNTS


def test_the_letters_i_and_l_are_read_as_one() -> None:
    earlier = (replace(COUNTS, as_of=COUNTS.as_of - timedelta(minutes=minutes)) for minutes in range(1000))
    code = next(code for code in map(trace_code, earlier) if "1" in code)
    assert read_trace_code(code.replace("1", "I")) == read_trace_code(code.replace("1", "l")) == read_trace_code(code)


@pytest.mark.parametrize("traced", [COUNTS, ABOUT_ONE_EVENT])
def test_any_one_wrong_symbol_is_refused(traced: Traced) -> None:
    symbols = trace_code(traced)[2:].replace("-", "")
    for place, right in enumerate(symbols):
        for wrong in set(SYMBOLS) - {right}:
            with pytest.raises(TraceCodeError) as refused:
                read_trace_code("T-" + symbols[:place] + wrong + symbols[place + 1 :])
            assert refused.value.code == "wrong_checksum"


@given(codes, st.data())
def test_two_exchanged_neighbours_are_refused(traced: Traced, data: st.DataObject) -> None:
    symbols = trace_code(traced)[2:].replace("-", "")
    place = data.draw(st.integers(0, len(symbols) - 2))
    exchanged = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
    if exchanged != symbols:
        with pytest.raises(TraceCodeError):
            read_trace_code("T-" + exchanged)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" - ", "empty"),
        (PRINTED[:-1], "wrong_length"),
        (PRINTED + "0", "wrong_length"),
        ("가" * 18, "wrong_symbol"),
        (PRINTED.replace("Q", "U"), "wrong_symbol"),
        ("0" * 18, "wrong_checksum"),
    ],
)
def test_what_is_refused(typed: str, code: str) -> None:
    with pytest.raises(TraceCodeError) as refused:
        read_trace_code(typed)
    assert (refused.value.code, refused.value.text) == (code, typed)


def test_no_code_for_what_has_no_number_or_no_zone() -> None:
    with pytest.raises(TraceCodeError):
        trace_code(Traced("quarterly", COUNTS.period, COUNTS.as_of, "no_such_table"))
    with pytest.raises(TraceCodeError):
        trace_code(Traced("no_such_report", COUNTS.period, COUNTS.as_of, "entries"))
    with pytest.raises(ValueError, match="as-of"):
        trace_code(Traced("quarterly", COUNTS.period, datetime(2023, 1, 1), "entries"))  # noqa: DTZ001
    with pytest.raises(ValueError, match="as-of"):
        trace_code(Traced("quarterly", COUNTS.period, datetime(1980, 1, 1, tzinfo=UTC), "entries"))


def test_the_numbers_fit_and_none_is_given_twice() -> None:
    assert len(REPORTS) <= 16
    for tables in TABLES.values():
        assert len(tables) == len(set(tables)) <= 64
    assert TABLES["quarterly"][:2] == ("quarter_counts", "quarter_stages")
    assert TABLES["quarterly"][17:19] == ("outcomes", "entries")
