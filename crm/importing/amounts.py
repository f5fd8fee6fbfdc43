"""What the amounts of a sheet are: each cell by itself, and what bare numbers count where the sheet says it."""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from crm.values.currencies import KOREAN_NAMES
from crm.values.imports import AmountUnit, amount_unit, stated_unit
from crm.values.money import AmountError, ParsedAmount, parse_amount
from crm.values.names import clean

# The number in a text that has one; a Korean keyboard writes its digits in full width too.
_NUMBER: Final = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?(?:\s*여)?")
# A heading's brackets that are about money and nothing else: words for it, signs, codes.
_MONEY: Final = re.compile(
    r"(?:[십백천만억조원불엔$€¥￥₩£,/: ]|단위|달러|유로|위안|파운드|미국?|US\b|US(?=\$)|[A-Z]{3})+"
)


def counted_in(columns: Mapping[str, str], above: Sequence[str]) -> AmountUnit | None:
    """What bare numbers among the amounts count, as the sheet says: in the heading `금액(백만원)`, else above the table
    `(단위: 백만원)`. None where it does not say, or not in a word that is understood: nothing else is taken for it."""
    headings = [clean(heading) for heading, key in columns.items() if key == "amount"]
    inside = [text for heading in headings for text in re.findall(r"[(\[]([^)\]]*)[)\]]", heading)]
    own = [_unit_in(text) for text in inside if _unit_in(text) or _MONEY.fullmatch(text)]
    return own[0] if own else stated_unit(above)


def _unit_in(text: str) -> AmountUnit | None:
    return amount_unit(text) or stated_unit([text]) or stated_unit([f"단위: {text}"])


def unit_of_row(written: str, counts: str) -> str:
    """What a bare number counts in a row whose own cell says `written`, in a sheet that counts `counts`, "" where it
    does not say. Raises ValueError with a sentence."""
    try:
        own = parse_amount(f"1{written}")
    except AmountError as error:
        raise ValueError(_("There is no such currency: %(text)s.") % {"text": written}) from error
    one = parse_amount(f"1{counts}") if counts else None
    if one is None or one.value == 1 or (one.value, one.currency) == (own.value, own.currency):
        return written
    if own.value == 1 and own.currency == one.currency:
        return counts
    told = {"text": written, "unit": counts}
    raise ValueError(_("This says %(text)s, the sheet counts %(unit)s. Write the amount with its currency.") % told)


def read_amount(text: str, counts: str) -> ParsedAmount:
    """One cell. `counts` is what a bare number counts, "" where nobody said. Raises ValueError with a sentence."""
    try:
        return _parsed(text, counts)
    except AmountError as error:
        if error.code == "not_positive":
            raise ValueError(_("An amount is more than zero: leave the cell empty where there is none.")) from error
        raise ValueError(_("This amount is not understood: write 1천만 달러, 연간 5억원, USD 10m.")) from error


@functools.lru_cache(maxsize=20_000)
def _parsed(text: str, counts: str) -> ParsedAmount:
    try:
        # What names no currency is taken for won only where it is counted as won are: `5억`.
        found = parse_amount(text)
    except AmountError as error:
        if error.code != "currency_missing":
            raise
        if not counts:
            raise ValueError(
                _("500 of what? Say under “Columns” what the amounts count, or write 500만원, USD 500.")
            ) from error
        return _counted(text, counts)
    wanted = parse_amount(f"1{counts}").currency if counts else "KRW"
    if wanted != found.currency == "KRW" and parse_amount(text, wanted).currency == wanted:
        told = {"text": text, "name": KOREAN_NAMES.get(wanted, wanted)}
        raise ValueError(_("Won, or the %(name)s that the sheet counts? Write it behind: %(text)s %(name)s.") % told)
    return found


def _counted(text: str, counts: str) -> ParsedAmount:
    """A number of what the sheet counts, whatever stands around it: `연간 500`, `500 이상`. `1.2M` says itself how many
    it is, so that only the currency is lacking."""
    one = parse_amount(f"1{counts}")
    try:
        return parse_amount(_NUMBER.sub(lambda found: found[0] + counts, text, count=1))
    except AmountError:
        if one.value != 1:
            raise
        return parse_amount(text, one.currency)
