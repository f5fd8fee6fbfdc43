"""Evidence grades, strongest first, and the gate that realised values must pass."""

from enum import StrEnum


class Grade(StrEnum):
    SIGNED_DOCUMENT = "signed_document"
    OFFICIAL_RECORD = "official_record"
    PARTNER_CONFIRMED = "partner_confirmed"
    CITY_STATEMENT = "city_statement"
    PRESS = "press"
    VERBAL = "verbal"


STRONGEST_FIRST: tuple[Grade, ...] = tuple(Grade)
REALISED_GRADES: frozenset[Grade] = frozenset(STRONGEST_FIRST[:3])


def may_realise(grade: Grade | None) -> bool:
    """Whether evidence of this grade may carry a realised value."""
    return grade in REALISED_GRADES


def strongest(grades: list[Grade]) -> Grade | None:
    """The best of several grades; None where there is none."""
    return min(grades, key=STRONGEST_FIRST.index, default=None)
