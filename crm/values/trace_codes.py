"""The short code under a printed table: whoever holds the page finds the same view again, years later.

Eighteen symbols of Crockford's base 32 (no I, L, O, U), written `T-7K2M4Q-X49P3D-3TABCD`, say which report, of which
quarter, as of which microsecond, by which set of definitions, and which table; a further five stand for the scope of a
report about one event, unit or programme, or a further eleven for the earlier time of a restatement and the set that it
was read by. Twelve bits of the code are a checksum: a
mistyped symbol and two exchanged neighbours are always noticed, any other error but for one in 4,096. The code carries
no language and needs nothing kept anywhere.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from crm.values.names import clean
from crm.values.periods import FIRST_YEAR, PeriodError, Quarter

TraceCodeErrorCode = Literal["empty", "wrong_length", "wrong_symbol", "wrong_checksum", "unknown"]
_MESSAGES: Final[dict[TraceCodeErrorCode, str]] = {
    "empty": "Enter a trace code.",
    "wrong_length": "A trace code has 18 symbols after the T-, or 23, or 29.",
    "wrong_symbol": "A trace code has no such symbol.",
    "wrong_checksum": "A symbol of the trace code is wrong.",
    "unknown": "The trace code is of a report or table that is not known here.",
}
SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = {symbol: value for value, symbol in enumerate(SYMBOLS)} | {"O": 0, "I": 1, "L": 1}
_LEFT_OUT: Final = re.compile(r"[\s\-‐‑‒–—−_.]+")
_LENGTH: Final = 18
_LENGTH_WITH_SCOPE: Final = 23
_LENGTH_WITH_EARLIER: Final = 29

# Printed pages carry these numbers: add at the end, never reorder, never reuse one.
REPORTS: Final = (
    *("quarterly", "cohorts", "follow-ups", "collaboration", "unit", "programme"),
    *("performance", "annual-contracts", "restatement"),
)
TABLES: Final[dict[str, tuple[str, ...]]] = {
    "quarterly": (
        "quarter_counts",
        "quarter_stages",
        "quarter_money",
        "quarter_jobs",
        "quarter_expected",
        "year_counts",
        "year_stages",
        "year_money",
        "year_jobs",
        "year_expected",
        "fulfilment_rates",
        "fulfilment_status",
        "delays",
        "collaboration_answers",
        "collaboration_outcomes",
        "attribution_events",
        "attribution_units",
        "outcomes",
        "entries",
        "targets_reached",
        "targets_yoy_counts",
        "targets_yoy_money",
        "targets_yoy_jobs",
        "targets_yoy_rates",
    ),
    "cohorts": ("cohorts_count", "cohorts_money", "cohorts_jobs"),
    "follow-ups": (
        *("followups_units", "followups_triggers", "followups_open", "followups_settled", "followups_directives"),
    ),
    "collaboration": (
        *("collaboration_answers", "collaboration_outcomes", "collaboration_yoy", "collaboration_matrix"),
        *("collaboration_open", "collaboration_slowest", "collaboration_overridden"),
    ),
    "unit": (
        *("quarter_counts", "quarter_money", "quarter_jobs", "year_counts", "year_money", "year_jobs"),
        *("targets_reached", "held_rates", "followups_open", "held_outcomes", "held_answers", "held_requests"),
    ),
    "programme": (
        *("quarter_counts", "quarter_money", "quarter_jobs", "year_counts", "year_money", "year_jobs"),
        *("targets_reached", "held_rates", "followups_open", "held_outcomes"),
    ),
    "performance": (
        "event_results",
        "event_counts",
        "event_promises",
        "event_money",
        "event_jobs",
        "event_talks",
        "event_agreements",
        "event_participants",
        "event_pitches",
        "event_followed",
        "event_problems",
        "event_plans",
        "outcomes",
        "entries",
    ),
    "restatement": (
        *("restatement_count", "restatement_money", "restatement_krw", "restatement_jobs"),
        *("restatement_definitions", "entries"),
    ),
    "annual-contracts": ("contracts", "contract_years", "yearly_rates", "years_due", "outcomes", "entries"),
}

_FORMAT: Final = 0
_FORMAT_WITH_EARLIER: Final = 1
# Field, bits: from the most significant on; the checksum follows. Codes from before there was more than one set to tell
# apart have zeros for it: the first.
_TIME_BITS: Final = 52
_FIELDS: Final = (
    *(("format", 2), ("scoped", 1), ("report", 4), ("period", 9), ("as_of", _TIME_BITS)),
    *(("rules", 4), ("table", 6)),
)
_SCOPE_BITS: Final = 25
_EARLIER_BITS: Final = 55  # three for the set that it was read by, then the time: whole symbols
_CHECK_BITS: Final = 12
_CHECK_POLYNOMIAL: Final = 0x80F  # CRC-12: x¹² + x¹¹ + x³ + x² + x + 1
_CHECK_START: Final = 0x5A7  # so that a code of zeros is none
_BEGINNING: Final = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) - timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)


class TraceCodeError(ValueError):
    """A refused trace code. `code` is one of TraceCodeErrorCode, `text` what was given; str() is in English."""

    def __init__(self, code: TraceCodeErrorCode, text: str) -> None:
        super().__init__(code, text)
        self.code: TraceCodeErrorCode = code
        self.text = text

    def __str__(self) -> str:
        return _MESSAGES[self.code]


@dataclass(frozen=True, slots=True)
class Traced:
    """What a code stands for. `as_of` is in UTC; `scope` is scope_hash() of what the report is about, None where it is
    about everything. `rules` is the number of the set of definitions that it was made by. `earlier`, in UTC: of a
    restatement, the time that `as_of` is held against, read by the set `rules_then`; it has no scope."""

    report: str
    period: Quarter
    as_of: datetime
    table: str
    scope: int | None = None
    earlier: datetime | None = None
    rules: int = 0
    rules_then: int = 0


def is_traceable(report: str, table: str) -> bool:
    """Whether the table has a number of its own here."""
    return table in TABLES.get(report, ())


def trace_code(traced: Traced) -> str:
    """`T-7K2M4Q-X49P3D-3TABCD`. Raises TraceCodeError unknown for a report or table without a number, ValueError for an
    as-of time without a zone or outside the 142 years that fit, and for a set that is numbered too high."""
    if not is_traceable(traced.report, traced.table):
        raise TraceCodeError("unknown", f"{traced.report}/{traced.table}")
    values = {
        "format": _FORMAT if traced.earlier is None else _FORMAT_WITH_EARLIER,
        "scoped": int(traced.scope is not None),
        "report": REPORTS.index(traced.report),
        "period": (traced.period.year - FIRST_YEAR) * 4 + traced.period.number - 1,
        "as_of": _moment(traced.as_of),
        "rules": traced.rules,
        "table": TABLES[traced.report].index(traced.table),
    }
    number, width = 0, 0
    for field, bits in _FIELDS:
        if values[field] >= 1 << bits:
            raise ValueError(f"no trace code carries {field} {values[field]}")
        number, width = number << bits | values[field], width + bits
    if traced.scope is not None:
        number, width = number << _SCOPE_BITS | traced.scope % (1 << _SCOPE_BITS), width + _SCOPE_BITS
    if traced.earlier is not None:
        number, width = number << _EARLIER_BITS | _read_then(traced.earlier, traced.rules_then), width + _EARLIER_BITS
    return _written(number << _CHECK_BITS | _checksum(number, width), (width + _CHECK_BITS) // 5)


def read_trace_code(text: str) -> Traced:
    """What the code stands for, however it was typed: case, spaces and dashes don't matter, O is read as 0, I and L as
    1. Raises TraceCodeError."""
    symbols = _symbols(text)
    number = 0
    for symbol in symbols:
        number = number << 5 | symbol
    width = len(symbols) * 5 - _CHECK_BITS
    number, check = number >> _CHECK_BITS, number & ((1 << _CHECK_BITS) - 1)
    if _checksum(number, width) != check:
        raise TraceCodeError("wrong_checksum", text)
    scope = earlier = None
    if len(symbols) == _LENGTH_WITH_SCOPE:
        number, scope = number >> _SCOPE_BITS, number & ((1 << _SCOPE_BITS) - 1)
    if len(symbols) == _LENGTH_WITH_EARLIER:
        number, earlier = number >> _EARLIER_BITS, number & ((1 << _EARLIER_BITS) - 1)
    values: dict[str, int] = {}
    for field, bits in reversed(_FIELDS):
        number, values[field] = number >> bits, number & ((1 << bits) - 1)
    return _traced(values, scope, earlier, text)


def _moment(time: datetime) -> int:
    """Microseconds from the beginning. Raises ValueError."""
    moment = (time - _BEGINNING) // _MICROSECOND if time.tzinfo else -1
    if not 0 <= moment < 1 << _TIME_BITS:
        raise ValueError(f"no trace code carries the as-of time {time.isoformat()}")
    return moment


def _read_then(earlier: datetime, rules: int) -> int:
    """Raises ValueError."""
    if rules >= 1 << _EARLIER_BITS - _TIME_BITS:
        raise ValueError(f"no trace code carries rules {rules} of an earlier time")
    return rules << _TIME_BITS | _moment(earlier)


def scope_hash(scope: str) -> int:
    """25 bits that stand for what a report is about, e.g. `event:0192…`."""
    return int.from_bytes(hashlib.sha256(scope.encode()).digest()[:4], "big") >> 7


def _symbols(text: str) -> list[int]:
    typed = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", clean(text))).upper()
    if not typed:
        raise TraceCodeError("empty", text)
    typed = typed.removeprefix("T")  # no code begins with a T of its own: the first two bits are the format
    if len(typed) not in (_LENGTH, _LENGTH_WITH_SCOPE, _LENGTH_WITH_EARLIER):
        raise TraceCodeError("wrong_length", text)
    if any(symbol not in _READ_AS for symbol in typed):
        raise TraceCodeError("wrong_symbol", text)
    return [_READ_AS[symbol] for symbol in typed]


def _traced(values: dict[str, int], scope: int | None, earlier: int | None, text: str) -> Traced:
    try:
        report = REPORTS[values["report"]]
        table = TABLES[report][values["table"]]
        period = Quarter(FIRST_YEAR + values["period"] // 4, values["period"] % 4 + 1)
    except (IndexError, PeriodError) as error:
        raise TraceCodeError("unknown", text) from error
    format = _FORMAT if earlier is None else _FORMAT_WITH_EARLIER
    if values["format"] != format or values["scoped"] != int(scope is not None):
        raise TraceCodeError("unknown", text)
    as_of, then, rules_then = _BEGINNING + values["as_of"] * _MICROSECOND, None, 0
    if earlier is not None:
        rules_then, moment = earlier >> _TIME_BITS, earlier & ((1 << _TIME_BITS) - 1)
        then = _BEGINNING + moment * _MICROSECOND
    return Traced(report, period, as_of, table, scope, then, values["rules"], rules_then)


def _written(number: int, count: int) -> str:
    symbols = "".join(SYMBOLS[number >> 5 * place & 31] for place in reversed(range(count)))
    return "-".join(("T", *(symbols[start : start + 6] for start in range(0, count, 6))))


def _checksum(number: int, width: int) -> int:
    """CRC-12 over the bits of the number: every change within twelve neighbouring bits changes it."""
    remainder = _CHECK_START
    for place in reversed(range(width)):
        top = remainder >> (_CHECK_BITS - 1) & 1
        remainder = remainder << 1 & ((1 << _CHECK_BITS) - 1)
        if top ^ (number >> place & 1):
            remainder ^= _CHECK_POLYNOMIAL
    return remainder
