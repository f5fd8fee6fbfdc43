"""A number as its cell shows it, so far as that changes what it says: `#,##0,` shows thousands, `"$"#,##0` dollars,
`yyyy-mm` a month.

Without Django: the process that reads files uses it."""

import functools
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS

# Which sign the formats that every workbook has show depends on the country that Excel is set to.
_OF_EVERY_WORKBOOK: Final = frozenset(BUILTIN_FORMATS.values())
_PART: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<symbol>[^\]-]*)[^\]]*\]|(?P<ignored>\[[^\]<>=]*\]|[_*].)'
    r"|(?P<digits>[0#?][0#?,.]*)|(?P<sign>[$€¥￥₩£%+\-() /△▲])|(?P<other>.)"
)
# What a format of days shows as it stands there, and what it says of languages and colours.
_BESIDES: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
# What marks a loss, or stands there for its look.
_LOOKS: Final = str.maketrans("", "", "+-()△▲/ ")


@dataclass(frozen=True, slots=True)
class _Form:
    before: str = ""
    after: str = ""
    divisor: int = 1
    has_digits: bool = True


_PLAIN: Final = _Form()


def shown(value: int | float | Decimal, number_format: str) -> str:
    """The number in plain digits, of what it is shown in, with what is written before and behind it."""
    # Excel itself has fifteen digits: what a float has more is of its own making.
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return ""
    form = _form(number_format or "General", 0 if number > 0 else 1 if number < 0 else 2)
    if not form.has_digits:
        return form.before
    return f"{form.before}{number / form.divisor:f}{form.after}"


def shown_day(value: date, number_format: str) -> str:
    """The day, or the month alone: of `2023-04` Excel makes the first day of it, and shows the month. Another day than
    the first somebody has written."""
    told = _BESIDES.sub("", number_format).lower()
    is_month = value.day == 1 and "m" in told and not any(sign in told for sign in "dhs")
    return value.isoformat()[:7] if is_month else value.isoformat()[:10]


@functools.lru_cache(maxsize=1000)
def _form(number_format: str, section: int) -> _Form:
    """What the format's section for positive, negative numbers or nothing makes of a number; the plain form where the
    format is one that is not understood."""
    if number_format in _OF_EVERY_WORKBOOK and section != 2:
        return _PLAIN
    sections = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', number_format)
    if section >= len(sections):
        section = 0
    texts = ["", ""]
    digits = ""
    for found in _PART.finditer(sections[section] if sections else ""):
        if found["other"] is not None or found["sign"] == "%" or (found["digits"] and digits):
            return _PLAIN
        digits = digits or found["digits"] or ""
        written = found["quoted"] or found["escaped"] or found["symbol"] or found["sign"] or ""
        # The fonts of Korean Windows show this sign for won.
        texts[1 if digits else 0] += written.replace("\\", "₩")
    if not digits:
        return _Form(before="-", has_digits=False) if section == 2 and texts[0].strip() == "-" else _PLAIN
    if number_format in _OF_EVERY_WORKBOOK:
        return _PLAIN
    thousands = len(digits.partition(".")[0]) - len(digits.partition(".")[0].rstrip(","))
    thousands = max(thousands, len(digits) - len(digits.rstrip(",")))
    before, after = (text.translate(_LOOKS) for text in texts)
    return _Form(before, after, 1000**thousands)
