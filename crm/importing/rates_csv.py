"""Exchange rates from a CSV file: currency, date, rate, and optionally per (units quoted) and source.

    통화,일자,매매기준율,단위,출처
    USD,2023-01-06,1271.40,1,서울외국환중개

UTF-8 (with or without BOM) or CP949. Headings in Korean or English, in any order."""

import csv
import io
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from crm.actions.fx import Rate
from crm.importing.decoding import decoded
from crm.importing.refusal import Fault, Refused
from crm.values.money import is_currency

_HEADINGS = {
    "currency": ("currency", "통화", "통화명", "통화코드"),
    "on": ("date", "on", "일자", "날짜", "고시일"),
    "rate": ("rate", "base_rate", "매매기준율", "환율"),
    "per": ("per", "unit", "단위"),
    "source": ("source", "출처"),
}
# `1271,40` is a decimal comma, not a hundred times as much.
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_QUOTED_PER_100 = frozenset({"JPY", "IDR"})
_DEFAULT_SOURCE = "서울외국환중개"


def read_rates(content: bytes) -> list[Rate]:
    """The rates of the file, in its order. Raises Refused with every wrong line."""
    text = decoded(content)
    if text is None:
        raise Refused([Fault(_("line %d") % 1, _("the file is neither UTF-8 nor CP949 text"))])
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        return _read(rows)
    except csv.Error as error:
        raise Refused([Fault(_("line %d") % rows.line_num, str(error))]) from error


def _read(rows: Any) -> list[Rate]:
    header: list[str] = next(rows, [])
    columns = _columns(header)
    faults: list[Fault] = []
    rates: dict[tuple[str, date], Rate] = {}
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            if any(cell.strip() for cell in row[len(header) :]):
                raise ValueError(_("there are more cells than headings; put quotes round 1,271.40"))
            rate = _rate({name: row[i].strip() if i < len(row) else "" for name, i in columns.items()})
            earlier = rates.setdefault((rate.currency, rate.on), rate)
            if earlier != rate:
                raise ValueError(_("another rate for this currency and date stands above"))
        except ValueError as error:
            faults.append(Fault(_("line %d") % rows.line_num, str(error)))
    if not rates and not faults:
        faults.append(Fault(_("line %d") % 1, _("the file holds no rate")))
    if faults:
        raise Refused(faults)
    return list(rates.values())


def _columns(header: list[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in header]
    found = {key: names.index(h) for key, headings in _HEADINGS.items() for h in headings if h in names}
    missing = [key for key in ("currency", "on", "rate") if key not in found]
    if missing:
        wanted = ", ".join("/".join(_HEADINGS[key][:2]) for key in missing)
        raise Refused([Fault(_("line %d") % 1, _("columns are missing: %(names)s") % {"names": wanted})])
    return found


def _rate(cells: dict[str, str]) -> Rate:
    currency = cells["currency"].upper()
    if not is_currency(currency) or currency == "KRW":
        raise ValueError(_("%(text)s is not a foreign ISO 4217 currency") % {"text": repr(cells["currency"])})
    value = _decimal(cells["rate"], _("rate"))
    if value <= 0 or value >= 10**9 or value != round(value, 6):
        raise ValueError(_("the rate must be above zero, with at most six decimal places"))
    return Rate(currency, _day(cells["on"]), value, _per(cells.get("per", ""), currency), _source(cells))


def _source(cells: dict[str, str]) -> str:
    return cells.get("source") or _DEFAULT_SOURCE


def _per(text: str, currency: str) -> int:
    if not text:
        return 100 if currency in _QUOTED_PER_100 else 1
    value = _decimal(text, _("unit"))
    if value not in (1, 100):
        raise ValueError(_("the unit must be 1 or 100"))
    return int(value)


def _day(text: str) -> date:
    normal = "-".join(
        part.strip().zfill(2) for part in text.rstrip(". ").replace("/", "-").replace(".", "-").split("-")
    )
    try:
        return date.fromisoformat(normal)
    except ValueError as error:
        raise ValueError(_("%(text)s is not a date like 2023-01-06") % {"text": repr(text)}) from error


def _decimal(text: str, name: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)
    except InvalidOperation as error:
        raise ValueError(_("%(name)s %(text)s is not a number") % {"name": name, "text": repr(text)}) from error
    if not value.is_finite():
        raise ValueError(_("%(name)s %(text)s is not a number") % {"name": name, "text": repr(text)})
    return value
