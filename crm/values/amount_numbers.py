"""Reads the number part of an amount, and writes Korean numbers. Exact: the caller brings a context that never rounds.

A Korean number is a sum of sections that end in 경, 조, 억, 만 or nothing; a section is a sum of pieces that end in
천, 백, 십 or nothing. What is added must be smaller than the unit before it, or the text is not one number (`1만2억`).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from crm.values.amount_tokens import BIG_UNITS, Kind, Token

_ONE: Final = Decimal(1)
_MAN: Final = Decimal(BIG_UNITS["만"])
# What may follow a decimal: 1.5억, 5.7천만 원.
_ITS_UNITS: Final[tuple[list[Kind], ...]] = (
    [],
    [Kind.SMALL_UNIT],
    [Kind.BIG_UNIT],
    [Kind.SMALL_UNIT, Kind.BIG_UNIT],
)


def read_number(tokens: Sequence[Token]) -> Decimal | None:
    """The number that NUMBER, SMALL_UNIT, BIG_UNIT and SCALE tokens stand for; None where they are not one number."""
    kinds = [token.kind for token in tokens]
    if Kind.SCALE in kinds:
        return tokens[0].number * tokens[1].number if kinds == [Kind.NUMBER, Kind.SCALE] else None
    return _sum_of_sections(tokens) if kinds and _only_the_last_has_a_fraction(tokens) else None


def _only_the_last_has_a_fraction(tokens: Sequence[Token]) -> bool:
    for index, token in enumerate(tokens):
        if token.kind is Kind.NUMBER and token.number % 1:
            return [after.kind for after in tokens[index + 1 :]] in _ITS_UNITS
    return True


def _sum_of_sections(tokens: Sequence[Token]) -> Decimal | None:
    total = Decimal(0)
    unit_before: Decimal | None = None
    for section, unit in _sections(tokens):
        coefficient = _sum_of_pieces(section)
        if not section:
            # 만 원 is ten thousand won; a bare 억 or 조 means some of them and is no number.
            coefficient = _ONE if unit == _MAN and unit_before is None else None
        if coefficient is None or not _falls(coefficient, unit, unit_before):
            return None
        total += coefficient * unit
        unit_before = unit
    return total


def _sections(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], Decimal]]:
    section: list[Token] = []
    for token in tokens:
        if token.kind is Kind.BIG_UNIT:
            yield section, token.number
            section = []
        else:
            section.append(token)
    if section:
        yield section, _ONE


def _sum_of_pieces(section: Sequence[Token]) -> Decimal | None:
    total = Decimal(0)
    unit_before: Decimal | None = None
    for coefficient, unit in _pieces(section):
        if not _falls(coefficient, unit, unit_before):
            return None
        total += coefficient * unit
        unit_before = unit
    return total


def _pieces(section: Sequence[Token]) -> Iterator[tuple[Decimal, Decimal]]:
    coefficient: Decimal | None = None
    for token in section:
        if token.kind is Kind.SMALL_UNIT:
            # 천만 is one thousand ten-thousands: a small unit may stand without a digit.
            yield _ONE if coefficient is None else coefficient, token.number
            coefficient = None
        else:
            if coefficient is not None:
                yield coefficient, _ONE
            coefficient = token.number
    if coefficient is not None:
        yield coefficient, _ONE


def _falls(coefficient: Decimal, unit: Decimal, unit_before: Decimal | None) -> bool:
    return unit_before is None or (unit < unit_before and coefficient * unit < unit_before)


def write_korean(digits: str) -> str:
    """`16970001234` → `169억 7,000만 1,234`: a whole number's decimal digits in groups of four with their units."""
    number = int(digits)
    parts: list[str] = []
    for name, unit in BIG_UNITS.items():
        count, number = divmod(number, unit)
        if count:
            parts.append(f"{count:,}{name}")
    if number or not parts:
        parts.append(f"{number:,}")
    return " ".join(parts)
