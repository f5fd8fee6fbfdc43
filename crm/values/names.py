"""Names of companies and people: cleaned for keeping, keyed for matching, taken apart for searching."""

import functools
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from rapidfuzz import fuzz, process

# Invisible, and able to make a name look like another: soft hyphen, zero-width spaces, marks and overrides of the
# writing direction, invisible operators, annotation marks, blank Hangul letters. Joiners stay: some scripts need them.
_INVISIBLE_RANGES: Final = (
    *((0x00AD, 0x00AD), (0x061C, 0x061C), (0x115F, 0x1160), (0x180E, 0x180E), (0x200B, 0x200B), (0x200E, 0x200F)),
    *((0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB)),
)
_INVISIBLE: Final = frozenset(chr(code) for first, last in _INVISIBLE_RANGES for code in range(first, last + 1))
# Of these, the ones that count as letters: Python calls a text of them printable.
_BLANK_LETTERS: Final = tuple(sorted(character for character in _INVISIBLE if character.isprintable()))

# Longest first, so that 유한책임회사 is not taken for something else.
_KOREAN_FORMS: Final = ("유한책임회사", "주식회사", "유한회사", "합자회사", "합명회사")
_FORMS: Final = frozenset(
    [*_KOREAN_FORMS, "co", "company", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "llc"]
)
_BRACKETED_FORM: Final = re.compile(r"\(\s*(?:주|유)\s*\)")
_DOTTED_LLC: Final = re.compile(r"\bl\.\s?l\.\s?c\b")
# A function that is called, another program's or another sheet's cell: what makes a formula of more than signs.
_CALL: Final = re.compile(r"[+\-@].*(?:[a-z0-9_.]\(|\|[^!|]*!|!\$?[a-z]{1,3}\$?\d)", re.DOTALL)
# Without trade marks. ㆍ is typed as a middle dot but counts as a letter.
_SIGNS: Final = str.maketrans("ㆍᆞ", "  ", "™℠®©")

_FIRST_SYLLABLE: Final = 0xAC00
_LAST_SYLLABLE: Final = 0xD7A3
_LEADING: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TRAILING: Final[tuple[str, ...]] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_LEADING_CONJOINING: Final = {0x1100 + index: letter for index, letter in enumerate(_LEADING)}
# A Korean keyboard joins ㄱ and ㅅ typed one after the other.
_CLUSTERS: Final = str.maketrans(
    {"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ"}
    | {"ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"}
)

# One vowel wrong in a name of three syllables passes, one syllable wrong in a name of four does not.
_ALIKE: Final = 0.85
_DIGITS: Final = re.compile(r"\d+")
LONGEST_EXACT_ONLY: Final = 2


def clean(text: str) -> str:
    """The text as it is kept: NFC, without control, direction and invisible characters and lone surrogates, each
    run of white space one space, none at the ends. Cleaning twice changes nothing."""
    # Nearly every text is printable: no sign of it need be looked at by itself.
    if text.isprintable() and not any(letter in text for letter in _BLANK_LETTERS):
        return " ".join(unicodedata.normalize("NFC", text).split())
    spaced = "".join(" " if character.isspace() else character for character in text)
    kept = "".join(c for c in spaced if c not in _INVISIBLE and unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def runs_as_formula(name: str) -> bool:
    """Whether a spreadsheet would run the name instead of showing it, also in full-width signs. `@솔`, `+82 컴퍼니` and
    `@Lab(주)` are names."""
    text = _BRACKETED_FORM.sub(" ", folded(name))
    return text.startswith("=") or _CALL.match(text) is not None


def folded(text: str) -> str:
    """The text as it is searched for: in one form of its letters and signs, in lower case: `㈜Solé` → `(주)solé`."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean(text)).casefold())


def folded_lines(*texts: str) -> str:
    """The texts folded, a line for each that says something: so nothing is found across two of them."""
    return "\n".join(line for text in texts if (line := folded(text)))


@functools.lru_cache(maxsize=20_000)
def company_key(name: str) -> str:
    """The key under which spellings of one company meet: `㈜솔`, `주식회사 솔` and `솔(주)` all give `솔`.

    NFKC and casefold; legal forms, punctuation and spaces dropped. A name made of nothing but a legal form keeps
    itself, and one of nothing but signs too: only an empty name has an empty key."""
    folded = _folded(name)
    words = [bare for word in _words(_BRACKETED_FORM.sub(" ", folded)) if (bare := _without_form(word))]
    return "".join(words) or "".join(_words(folded)) or folded.replace(" ", "")


def _folded(name: str) -> str:
    compatible = unicodedata.normalize("NFKC", clean(name).translate(_SIGNS))
    return _DOTTED_LLC.sub("llc", unicodedata.normalize("NFKC", compatible.casefold()))


def _words(text: str) -> list[str]:
    return text.translate(_SPACED).split()


def _is_kept(character: str) -> bool:
    # A plus is part of a name (LG U+), not punctuation.
    return unicodedata.category(character)[0] in "LMN" or character == "+"


class _Letters(dict[int, str]):
    """For str.translate: what is made of a character is found out once."""

    def __init__(self, made: Callable[[str], str]) -> None:
        self._made = made

    def __missing__(self, code: int) -> str:
        self[code] = found = self._made(chr(code))
        return found


_SPACED: Final = _Letters(lambda character: character if _is_kept(character) else " ")


def _without_form(word: str) -> str:
    """The word without a legal form: nothing where it is one, the rest where a Korean form is written up to it."""
    if word in _FORMS:
        return ""
    if word.isascii():
        return word
    for form in _KOREAN_FORMS:
        word = word.removeprefix(form).removesuffix(form)
    return word


def sort_key(name: str) -> tuple[str, str]:
    """Sorts names by their key, so that ㈜솔 stands under 솔; equal keys by the name as written."""
    return company_key(name), clean(name)


def jamo(text: str) -> str:
    """Each Hangul syllable as its letters: `벤텍` → `ㅂㅔㄴㅌㅔㄱ`. The rest stays as it is."""
    return text if text.isascii() else _jamo(text)


@functools.lru_cache(maxsize=20_000)
def _jamo(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_JAMO)


def _letters(character: str) -> str:
    if not _is_syllable(character):
        return character
    leading, rest = divmod(ord(character) - _FIRST_SYLLABLE, len(_VOWELS) * len(_TRAILING))
    vowel, trailing = divmod(rest, len(_TRAILING))
    return _LEADING[leading] + _VOWELS[vowel] + _TRAILING[trailing]


def _is_syllable(character: str) -> bool:
    return _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE


def has_syllables(text: str) -> bool:
    """Whether there is Hangul in it that is more than letters alone."""
    return any(map(_is_syllable, text))


def initials(text: str) -> str:
    """The initial consonants: `벤텍프런티어` → `ㅂㅌㅍㄹㅌㅇ`. Other letters and digits stay, in lower case; spaces and
    punctuation fall away. Of a query in initials it gives the form to look for."""
    return _loose(text).translate(_INITIALS)


def _initial(character: str) -> str:
    letter = _letters(character)[0]
    return letter if _is_kept(letter) else ""


_JAMO: Final = _Letters(_letters)
_INITIALS: Final = _Letters(_initial)


def initial_lines(text: str) -> str:
    """The initials of each line of the text in which there is Hangul to be found by."""
    return "\n".join(line for each in text.splitlines() if set(line := initials(each)) & set(_LEADING))


def is_initials(query: str) -> bool:
    """Whether a query is to be looked for among initials: some consonants, and no syllable or vowel."""
    letters = _loose(query)
    return any(c in _LEADING for c in letters) and not any(_is_syllable(c) or c in _VOWELS for c in letters)


def _loose(text: str) -> str:
    """In lower case, with consonants that stand alone in one form, whichever keyboard or system they come from."""
    return unicodedata.normalize("NFC", text).casefold().translate(_LEADING_CONJOINING).translate(_CLUSTERS)


def similarity(a: str, b: str) -> float:
    """How alike two names are as companies, 0 to 1, letter by letter of their keys; the same either way round."""
    return fuzz.ratio(jamo(company_key(a)), jamo(company_key(b))) / 100


def may_be_same(a: str, b: str) -> bool:
    """Whether a person should look if two names are one company. One- and two-syllable names match exactly only:
    between names so short, one letter is another company."""
    return keys_alike(company_key(a), company_key(b))


def keys_alike(first: str, second: str) -> bool:
    """As `may_be_same`, of the names' keys."""
    if not first or not second:
        return False
    if first == second:
        return True
    if min(len(first), len(second)) <= LONGEST_EXACT_ONLY or _numbered_apart(first, second):
        return False
    return fuzz.ratio(jamo(first), jamo(second), score_cutoff=_ALIKE * 100) > 0


def alike_among(key: str, spelled: Sequence[str]) -> list[int]:
    """Which of the keys of longer names, given as `jamo`, are nearly the same as this one: their places."""
    if len(key) <= LONGEST_EXACT_ONLY:
        return []
    found = process.extract(jamo(key), spelled, scorer=fuzz.ratio, score_cutoff=_ALIKE * 100, limit=None)
    return [place for spelled_so, _score, place in found if not _numbered_apart(key, spelled_so)]


def _numbered_apart(first: str, second: str) -> bool:
    """`창업펀드1호` and `창업펀드2호` are two, however alike."""
    one, other = _DIGITS.findall(first), _DIGITS.findall(second)
    return bool(one and other) and one != other
