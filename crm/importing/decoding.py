"""Text files as offices write them. Without Django: the process that reads files uses it too."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

_ENCODINGS: Final = ("utf-8-sig", "cp949")


def decoded(content: bytes) -> str | None:
    """The text of a file in UTF-8, with its mark or without, in CP949, or in UTF-16 with its mark (what Excel calls
    Unicode text); None where it is no text."""
    for encoding in ("utf-16",) if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None
