"""Text files as offices write them. Without Django: the process that reads files uses it too."""

from typing import Final

_ENCODINGS: Final = ("utf-8-sig", "cp949")


def decoded(content: bytes) -> str | None:
    """The text of a file in UTF-8, with its mark or without, or in CP949; None where it is no text."""
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None
