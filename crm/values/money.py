"""Amounts of money: read from what people write, and printed. Exact decimals in an ISO 4217 currency, never floats."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext
from typing import Final, Literal

from crm.values.amount_numbers import read_number, write_korean
from crm.values.amount_tokens import AmountError, AmountErrorCode, Kind, Token, tokenize
from crm.values.currencies import KOREAN_NAMES, is_currency, minor_units
from crm.values.measures import Basis
from crm.values.names import clean

__all__ = [
    "LARGEST",
    "AmountError",
    "AmountErrorCode",
    "ParsedAmount",
    "echo",
    "format_amount",
    "format_korean",
    "format_number",
    "format_percent",
    "format_rate",
    "is_currency",
    "minor_units",
    "parse_amount",
    "round_half_up",
    "signed",
]

# What the ledger's column holds: 64 bits with four decimal places.
LARGEST: Final = Decimal(922_337_203_685_477)
MOST_PLACES: Final = 4
# As many characters as the ledger keeps of what was reported.
LONGEST_TEXT: Final = 200

_NUMERIC: Final = frozenset({Kind.NUMBER, Kind.SMALL_UNIT, Kind.BIG_UNIT, Kind.SCALE})
_KOREAN_UNITS: Final = frozenset({Kind.SMALL_UNIT, Kind.BIG_UNIT})
# Wide enough for every text of the longest length; a result that would still be rounded is an error, not a guess.
_EXACT: Final = Context(prec=1000, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
_ROUNDING: Final = Context(prec=1000, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow])
# Enough that half up at one place never meets a quotient already rounded up to a half.
_QUOTIENT: Final = Context(prec=60, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow])


@dataclass(frozen=True, slots=True)
class ParsedAmount:
    """What an amount was understood as.

    `value` is in units of `currency` (dollars, not cents), above zero, at most four decimal places. `basis` is None
    where the text does not say whether it is a total or a yearly amount. `approximate`: the source said about, more
    than, at most. `as_reported` keeps its words, without control characters."""

    value: Decimal
    currency: str
    basis: Basis | None
    approximate: bool
    as_reported: str


def parse_amount(text: str, default_currency: str | None = None) -> ParsedAmount:
    """Reads one amount: `1조6천970억 원`, `연간 1천만 달러`, `USD 10m`, `US$10,000,000`.

    `default_currency` (an ISO 4217 code) holds where the text names none; without it a number in Korean units is in
    won. Raises AmountError with its code; whatever is not wholly understood is refused rather than guessed."""
    as_reported = clean(text)
    if not as_reported:
        raise AmountError("empty", text)
    if len(as_reported) > LONGEST_TEXT:
        raise AmountError("not_understood", text)
    tokens = tokenize(as_reported)
    value = _value(tokens, as_reported)
    kinds = {token.kind for token in tokens}
    return ParsedAmount(
        value=value,
        currency=_currency(tokens, default_currency, as_reported),
        basis=Basis.ANNUAL if Kind.ANNUAL in kinds else Basis.TOTAL if Kind.TOTAL in kinds else None,
        approximate=bool(kinds & {Kind.APPROXIMATE, Kind.ODD}),
        as_reported=as_reported,
    )


def _value(tokens: Sequence[Token], text: str) -> Decimal:
    places = [index for index, token in enumerate(tokens) if token.kind in _NUMERIC]
    if not places or not all(_stands_well(token.kind, index, places) for index, token in enumerate(tokens)):
        raise AmountError("not_understood", text)
    with localcontext(_EXACT):
        value = read_number([tokens[index] for index in places])
        if value is None:
            raise AmountError("not_understood", text)
        return _within_bounds(value, any(token.kind is Kind.MINUS for token in tokens), text)


def _stands_well(kind: Kind, index: int, places: Sequence[int]) -> bool:
    first, last = places[0], places[-1]
    if kind is Kind.ODD:
        # 여 stands inside a number or right behind it: 20여 억원, 20억여 원.
        return first < index <= last + 1
    if kind is Kind.MINUS:
        return index < first
    # Nothing else may cut a number in two: `3억~5천만` is a range.
    return kind in _NUMERIC or not first < index < last


def _within_bounds(value: Decimal, negative: bool, text: str) -> Decimal:
    if negative or not value:
        raise AmountError("not_positive", text)
    if value > LARGEST:
        raise AmountError("too_large", text)
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_PLACES:
        raise AmountError("too_precise", text)
    return plain.quantize(Decimal(1)) if exponent > 0 else plain


def _currency(tokens: Sequence[Token], default: str | None, text: str) -> str:
    words = [token.currency for token in tokens if token.currency is not None]
    if not words:
        return _unnamed_currency(tokens, default, text)
    possible = frozenset.intersection(*(word.codes for word in words))
    if not possible:
        raise AmountError("not_understood", text)
    if len(possible) == 1:
        return next(iter(possible))
    if words[0].alone is not None:
        return words[0].alone
    if default in possible:
        return default
    raise AmountError("currency_missing", text)


def _unnamed_currency(tokens: Sequence[Token], default: str | None, text: str) -> str:
    if default is not None:
        if not is_currency(default):
            raise AmountError("unknown_currency", default)
        return default
    if any(token.kind in _KOREAN_UNITS for token in tokens):
        return "KRW"
    raise AmountError("currency_missing", text)


def format_number(value: Decimal | int) -> str:
    """`1234567.50` → `1,234,567.5`: all its digits, no trailing zeros. ValueError for what is not a number."""
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value}")
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def signed(value: Decimal | int) -> str:
    """As people read it on pages and in reports: `△1,234` for what is less than nothing, as Korean officials write it,
    `1,234` for all else. What is written into a field or a file for machines is `format_number`."""
    return format_number(value).replace("-", "△")


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Rounded to `places` decimal places, a half away from zero; never a negative zero."""
    with localcontext(_ROUNDING):
        rounded = value.quantize(Decimal(1).scaleb(-places))
    return rounded.copy_abs() if rounded.is_zero() else rounded


def format_rate(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """The percentage that `numerator` is of `denominator`, not rounded for display; None where there is nothing to
    divide by. 60 significant digits."""
    if not denominator:
        return None
    with localcontext(_QUOTIENT):
        return Decimal(numerator) * 100 / Decimal(denominator) + 0


def difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """`now` less `before`; None where one of them is not known."""
    return None if now is None or before is None else now - before


def format_percent(value: Decimal | None) -> str:
    """`42.4`: one decimal place, half up, without the sign, which the column names. `–` where nothing is known."""
    return "–" if value is None else f"{round_half_up(value, 1):,f}"


def format_amount(value: Decimal, currency: str, language: Literal["ko", "en"]) -> str:
    """`USD 10,000,000`, exact, one below zero with △. The same in both languages, so that a Korean and an English
    report can be compared."""
    return f"{currency} {signed(value)}"


def format_korean(value: Decimal, currency: str) -> str:
    """`1,000만 달러`, `1조 6,970억 원`: exact, and read back by parse_amount. A currency without a Korean name in
    common use keeps its code."""
    whole, _, fraction = format_number(value.copy_abs()).replace(",", "").partition(".")
    number = write_korean(whole)
    if fraction:
        number += f".{fraction}" if number[-1].isdigit() else f" 0.{fraction}"
    sign = "△" if value < 0 else ""
    return f"{sign}{number} {KOREAN_NAMES.get(currency, currency)}"


def echo(parsed: ParsedAmount, language: Literal["ko", "en"]) -> str:
    """What was understood, for the person who typed it: `USD 10,000,000 (1,000만 달러) · 연간`,
    `USD 10,000,000 · per year`."""
    amount = format_amount(parsed.value, parsed.currency, language)
    if language == "ko":
        amount = f"{amount} ({format_korean(parsed.value, parsed.currency)})"
    about = {"ko": "약 ", "en": "about "}[language] if parsed.approximate else ""
    basis = _BASIS_WORDS[language].get(parsed.basis) if parsed.basis else None
    return f"{about}{amount}" + (f" · {basis}" if basis else "")


_BASIS_WORDS: Final[dict[str, dict[Basis, str]]] = {
    "ko": {Basis.ANNUAL: "연간", Basis.TOTAL: "총액"},
    "en": {Basis.ANNUAL: "per year", Basis.TOTAL: "in total"},
}
