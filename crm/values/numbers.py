"""Whole numbers that come as text."""

from typing import Final

# What a database keeps in a column of whole numbers, and no more digits than Python is willing to read.
_MOST_DIGITS: Final = 9


def number_in(text: str, otherwise: int) -> int:
    """The number that a page sent along, a version or a place in a list; `otherwise` where it is none that a page
    sends: `²` is a digit to Python and no number, and five thousand digits are refused by it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else otherwise
