"""Phone numbers in E.164. What was typed is kept beside it, with its extension."""

from typing import Final, Literal

import phonenumbers

from crm.values.names import clean

PhoneErrorCode = Literal["empty", "not_understood", "not_valid"]
_MESSAGES: Final[dict[PhoneErrorCode, str]] = {
    "empty": "Enter a phone number.",
    "not_understood": "This is not a phone number.",
    "not_valid": "No phone has this number.",
}
# A longer text is a note, not a number; the longest number with its extension fits twice.
_LONGEST_TEXT: Final = 60


class PhoneError(ValueError):
    """A refused number. `code` is one of PhoneErrorCode, `text` what was typed; str() is in English."""

    def __init__(self, code: PhoneErrorCode, text: str) -> None:
        super().__init__(code, text)
        self.code: PhoneErrorCode = code
        self.text = text

    def __str__(self) -> str:
        return _MESSAGES[self.code]


def parse_phone(text: str, region: str = "KR") -> str:
    """`062-613-0000` → `+82626130000`. `region` (ISO 3166 alpha-2) is where a number without `+` is dialled; an
    extension is left out. Raises PhoneError."""
    typed = clean(text)
    if not typed:
        raise PhoneError("empty", text)
    if len(typed) > _LONGEST_TEXT:
        raise PhoneError("not_understood", text)
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException as error:
        raise PhoneError("not_understood", text) from error
    if not phonenumbers.is_valid_number(number):
        raise PhoneError("not_valid", text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
