"""The words of an amount: cuts `약 1조6천970억 원` or `USD 1.5bn per year` into tokens. What they add up to is read
elsewhere. A character that belongs to no known word refuses the whole text: nothing is skipped over."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Final, Literal

from crm.values.currencies import CurrencyWord, currency_words, is_currency, only

AmountErrorCode = Literal[
    "empty", "not_understood", "unknown_currency", "currency_missing", "too_large", "too_precise", "not_positive"
]
_MESSAGES: Final[dict[AmountErrorCode, str]] = {
    "empty": "Enter an amount.",
    "not_understood": "This amount was not understood.",
    "unknown_currency": "This currency is not known.",
    "currency_missing": "Name the currency of this amount.",
    "too_large": "This amount is too large.",
    "too_precise": "At most four decimal places are kept.",
    "not_positive": "An amount is more than zero.",
}


class AmountError(ValueError):
    """An amount that was refused. `code` is one of AmountErrorCode, `text` what was typed; str() is in English."""

    def __init__(self, code: AmountErrorCode, text: str) -> None:
        super().__init__(code, text)
        self.code: AmountErrorCode = code
        self.text = text

    def __str__(self) -> str:
        return _MESSAGES[self.code]


class Kind(Enum):
    NUMBER = auto()
    SMALL_UNIT = auto()
    BIG_UNIT = auto()
    SCALE = auto()
    ODD = auto()
    CURRENCY = auto()
    APPROXIMATE = auto()
    ANNUAL = auto()
    TOTAL = auto()
    FILLER = auto()
    MINUS = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """`number` is the number written or the worth of the unit; `currency` is set for CURRENCY only."""

    kind: Kind
    number: Decimal = Decimal(0)
    currency: CurrencyWord | None = None


BIG_UNITS: Final[dict[str, int]] = {"경": 10**16, "조": 10**12, "억": 10**8, "만": 10**4}
_SMALL_UNITS: Final = {"천": 1000, "백": 100, "십": 10}
_SCALES: Final = {
    "k|thousand|thousands": 10**3,
    "m|mm|mn|mln|mil|mio|million|millions": 10**6,
    "b|bn|bln|bil|billion|billions": 10**9,
    "tn|trn|trillion|trillions": 10**12,
}
# A bound (이상, 최대, over) is no exact figure either; the source's words are kept beside the value.
_MARKS: Final = {
    Kind.ODD: "여",
    Kind.APPROXIMATE: (
        "약|대략|이상|이하|초과|미만|최소|최대|가량|안팎|내외|정도|쯤|수준|거의|~|〜|∼|≈|≒|about|approx|approx.|approximately"
        "|around|roughly|circa|ca.|some|nearly|almost|over|more than|less than|at least|up to|or more"
    ),
    Kind.ANNUAL: (
        "연간|연|매년|해마다|/ 년|/ 연|per year|per annum|a year|each year|every year|yearly|annual|annually|p.a."
        "|/ yr|/ year"
    ),
    Kind.TOTAL: "총|총액|총계|합계|모두|전체|total|totalling|totaling|in total|a total of|altogether",
    Kind.FILLER: "규모|상당|어치|씩|일금|금|정|of|worth",
    Kind.MINUS: "-|−|–|△|▲",
}
# Lower-case words that are codes only in capitals: `all 500억` is not in Albanian lek.
_ENGLISH_WORDS: Final = frozenset("all bam bob cup gel lak mad mop pen ron sos top try".split())


def _vocabulary() -> Iterator[tuple[str, Token]]:
    for word, worth in BIG_UNITS.items():
        yield word, Token(Kind.BIG_UNIT, Decimal(worth))
    for word, worth in _SMALL_UNITS.items():
        yield word, Token(Kind.SMALL_UNIT, Decimal(worth))
    for words, worth in _SCALES.items():
        for word in words.split("|"):
            yield word, Token(Kind.SCALE, Decimal(worth))
    for word, currency in currency_words():
        yield word, Token(Kind.CURRENCY, currency=currency)
    for kind, words in _MARKS.items():
        for word in words.split("|"):
            yield word, Token(kind)


def _squeezed(word: str) -> str:
    return word.replace(" ", "")


def _as_pattern(word: str) -> str:
    before = "(?<![a-z])" if word[0].isascii() and word[0].isalpha() else ""
    after = "(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return before + re.escape(word).replace(r"\ ", " ?") + after


_VOCABULARY: Final[dict[str, Token]] = {_squeezed(word): token for word, token in _vocabulary()}
_LONGEST_FIRST: Final = sorted({word for word, _ in _vocabulary()}, key=len, reverse=True)
_PATTERN: Final = re.compile(
    r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)"
    rf"|(?P<word>{'|'.join(map(_as_pattern, _LONGEST_FIRST))})"
    r"|(?P<code>(?<![a-z])[a-z]{3}(?![a-z]))"
    r"|(?P<space> )"
)
_WELL_GROUPED: Final = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_TO_LOWER: Final = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_DIGITS: Final = frozenset("0123456789")
_PLAIN_DIGITS: Final = _DIGITS | frozenset("０１２３４５６７８９")


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, which has no control characters and single spaces. AmountError not_understood or
    unknown_currency at the first piece that is no word of an amount."""
    wide = _without_width(text)
    lower = wide.translate(_TO_LOWER)
    tokens: list[Token] = []
    position = 0
    while position < len(lower):
        found = _PATTERN.match(lower, position)
        if found is None:
            raise AmountError("not_understood", text)
        position = found.end()
        if found.lastgroup == "number":
            tokens.append(_number(found.group(), text))
        elif found.lastgroup == "code":
            tokens.append(_code(wide[found.start() : found.end()], text))
        elif found.lastgroup == "word":
            tokens.append(_VOCABULARY[_squeezed(found.group())])
    return tokens


def _without_width(text: str) -> str:
    """NFKC, except that it would make 102 of `10²` and 1 of `①`: such digits are refused."""
    for character in text:
        if character not in _PLAIN_DIGITS and _DIGITS & set(unicodedata.normalize("NFKC", character)):
            raise AmountError("not_understood", text)
    return unicodedata.normalize("NFKC", text)


def _number(written: str, text: str) -> Token:
    if _WELL_GROUPED.fullmatch(written) is None:
        raise AmountError("not_understood", text)
    return Token(Kind.NUMBER, Decimal(written.replace(",", "")))


def _code(written: str, text: str) -> Token:
    capitals = written.isupper()
    if is_currency(written.upper()) and (capitals or written not in _ENGLISH_WORDS):
        return Token(Kind.CURRENCY, currency=only(written.upper()))
    raise AmountError("unknown_currency" if capitals else "not_understood", text)
