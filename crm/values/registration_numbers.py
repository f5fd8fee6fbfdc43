"""The Korean business registration number (사업자등록번호): ten digits, the last one a check digit."""

import re
from typing import Final, Literal

from crm.values.names import clean

RegistrationNumberErrorCode = Literal["empty", "not_understood", "wrong_check_digit", "all_zeros"]
_MESSAGES: Final[dict[RegistrationNumberErrorCode, str]] = {
    "empty": "Enter a business registration number.",
    "not_understood": "A business registration number has ten digits: NNN-NN-NNNNN.",
    "wrong_check_digit": "The check digit of this business registration number is wrong.",
    "all_zeros": "This is not a business registration number.",
}
_WEIGHTS: Final = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_HYPHENS: Final = "-‐‑‒–—−－"
_SHAPE: Final = re.compile(rf"([0-9]{{3}})[{_HYPHENS} ]?([0-9]{{2}})[{_HYPHENS} ]?([0-9]{{5}})")
_PART: Final = re.compile(rf"[0-9{_HYPHENS} ]+")
_NARROW: Final = str.maketrans("０１２３４５６７８９", "0123456789")


class RegistrationNumberError(ValueError):
    """A refused number. `code` is one of RegistrationNumberErrorCode, `text` what was typed; str() is in English."""

    def __init__(self, code: RegistrationNumberErrorCode, text: str) -> None:
        super().__init__(code, text)
        self.code: RegistrationNumberErrorCode = code
        self.text = text

    def __str__(self) -> str:
        return _MESSAGES[self.code]


def normalise(text: str) -> str:
    """The number as NNN-NN-NNNNN, from ten digits with or without hyphens or spaces, full width too.

    Raises RegistrationNumberError."""
    typed = clean(text)
    if not typed:
        raise RegistrationNumberError("empty", text)
    found = _SHAPE.fullmatch(typed.translate(_NARROW))
    if found is None:
        raise RegistrationNumberError("not_understood", text)
    digits = [int(digit) for group in found.groups() for digit in group]
    if not any(digits):
        # The sum of nothing but zeros is right, the number is not.
        raise RegistrationNumberError("all_zeros", text)
    if digits[9] != _check_digit(digits[:9]):
        raise RegistrationNumberError("wrong_check_digit", text)
    return "-".join(found.groups())


def digits_of(text: str) -> str:
    """The digits of a number, or of a part of one, however it is typed; empty where something else is typed."""
    typed = clean(text).translate(_NARROW)
    return "".join(c for c in typed if c.isdecimal()) if _PART.fullmatch(typed) else ""


def _check_digit(digits: list[int]) -> int:
    total = sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) + digits[8] * 5 // 10
    return (10 - total % 10) % 10
