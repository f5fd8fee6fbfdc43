"""A row of an officer's sheet as an outcome: which column is what, and what each cell says."""

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from django.conf import settings
from django.db.models import CharField, Model
from django.utils import translation
from django.utils.translation import gettext as _

from crm.dates import language
from crm.importing.amounts import read_amount, unit_of_row
from crm.models import Event, LedgerEntry, Organisation, OrgUnit, Outcome
from crm.models.labels import label
from crm.values.measures import KIND_RULES, Basis, OutcomeKind, Series
from crm.values.money import ParsedAmount
from crm.values.names import clean

# The first name of each is the template's heading in Korean, the last in English.
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "kind": ("구분", "유형", "성과유형", "성과구분", "Kind"),
    "title": ("성과명", "성과", "제목", "협약명", "계약명", "사업명", "Title"),
    "party": ("기업명", "기업", "업체명", "업체", "회사명", "참가기업", "Company"),
    "partner": ("상대기업", "상대", "바이어", "거래처", "협약상대", "buyer", "Partner"),
    "event": ("행사", "행사명", "전시회", "Event"),
    "signed_on": ("체결일", "서명일", "협약일", "계약일", "일자", "날짜", "date", "Signed on"),
    "amount": ("금액", "협약금액", "계약금액", "투자금액", "수출금액", "협약액", "계약액", "투자액", "Amount"),
    "basis": ("금액기준", "금액구분", "Basis"),
    "currency": ("통화", "화폐", "통화단위", "화폐단위", "Currency"),
    "jobs": ("고용", "고용인원", "고용창출", "일자리", "Jobs"),
    "lead_unit": ("주관부서", "담당부서", "소관부서", "부서", "Lead unit"),
    "cooperating": ("협조부서", "관련부서", "cooperating", "Cooperating units"),
    "source": ("출처", "근거", "Source"),
    "document_number": ("문서번호", "공문번호", "Document number"),
    "content": ("내용", "주요내용", "협약내용", "Content"),
    "note": ("비고", "메모", "Note"),
    "id": ("식별번호", "ID"),
}
FIELDS: Final = tuple(HEADINGS)
_SYNONYMS: Final = {
    "투자mou": OutcomeKind.INVESTMENT_MOU,
    "mou": OutcomeKind.BUSINESS_MOU,
    "수출": OutcomeKind.EXPORT_CONTRACT,
}
_BASIS_SYNONYMS: Final = {"총": Basis.TOTAL, "총금액": Basis.TOTAL, "연": Basis.ANNUAL, "매년": Basis.ANNUAL}
# What a row of sums is called: `소 계`, `합계(12건)`.
_TOTAL: Final = re.compile(r"(합계|소계|총계|총합계|누계|중계|계|subtotal|grandtotal)(\d+[건개년]?)?")
_PUNCTUATION: Final = re.compile(r"[\s()\[\]{}:*·._/-]+")
# `2023. 1. 5.(목)`, `2023년 1월 5일`, `'23.1.5`: a year of two digits only where a sign says that it is one.
_DAY: Final = re.compile(
    r"(\d{4}|['’‘]\d{2})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?\s*(?:\([월화수목금토일]\))?"
)
# `2023-04`, `2023.04`, `2023년 4월`: which day of it, nobody wrote.
_MONTH: Final = re.compile(r"(?:\d{4}|['’‘]\d{2})\s*[-./년]\s*\d{1,2}\s*[.월]?")
# What Excel leaves in a cell whose formula cannot be worked out.
_EXCEL_ERRORS: Final = frozenset(
    "#REF! #N/A #VALUE! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC! #GETTING_DATA #FIELD! #BLOCKED!".split()
)


@dataclass(frozen=True, slots=True)
class Known:
    """What cells may name: events and units in force, by their names as they are compared. `counts`: what amounts
    count that are bare numbers, "" where nobody said."""

    events: Mapping[str, Event]
    units: Mapping[str, OrgUnit]
    counts: str = ""


class Jobs(NamedTuple):
    """`20여 명` is about twenty. `as_reported` are the source's own words."""

    value: int
    approximate: bool
    as_reported: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row says. `errors` are by field; `values` holds what was understood: kind, title, party, partner (names),
    event, signed_on, amount (ParsedAmount), basis, jobs (Jobs), lead_unit, cooperating (units), texts."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@functools.lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """A heading or a name as it is compared: without spaces, brackets and case."""
    return _PUNCTUATION.sub("", clean(text)).casefold()


_BY_NAME: Final = {bare(name): key for key, names in HEADINGS.items() for name in names}


def heading_of(field: str) -> str:
    """What the template calls the field, in the language that is spoken."""
    return HEADINGS[field][0 if language() == "ko" else -1]


def field_of(heading: str) -> str:
    """The field that the heading names; "" for one that nobody knows. `금액(원)` is `금액`."""
    name = bare(re.split(r"[(\[\n]", heading)[0])
    return _BY_NAME.get(name) or _BY_NAME.get(bare(heading), "")


def matched(headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Field by heading, as remembered of earlier files, else by name; no field twice. "" is left out."""
    found: dict[str, str] = {}
    for heading in dict.fromkeys(headings):
        key = remembered.get(heading) if heading in remembered else field_of(heading)
        found[heading] = key if key and key not in found.values() else ""
    return found


def read_row(cells: Mapping[str, str], known: Known, unread: Sequence[str] = ()) -> Reading:
    """The row's cells by field. `unread`: what stands in columns that are no field."""
    told = {name: text for name, text in cells.items() if text}
    reading = Reading()
    if (currency := told.pop("currency", "")) and "amount" in told:
        known = _counting(currency, known, reading)
    for name, text in told.items():
        if text.startswith("="):
            reading.errors[name] = _("A formula is not read: write its value.")
            continue
        if text.upper() in _EXCEL_ERRORS:
            reading.errors[name] = _("Excel could not work out this cell: write its value.")
            continue
        try:
            reading.values[name] = _READERS[name](text, known) if name in _READERS else text
        except ValueError as error:
            reading.errors[name] = str(error)
    _tell_basis(reading)
    _complete(reading)
    _leave_what_is_none(reading, told, unread)
    return reading


def _tell_basis(reading: Reading) -> None:
    """What the row's own cell says that its amount is holds where the amount does not say it itself."""
    amount, basis = reading.values.get("amount"), reading.values.get("basis")
    if amount is None or basis is None or basis == Basis.UNSTATED:
        return
    if amount.basis not in (None, basis):
        reading.errors["basis"] = _("The amount says otherwise. Choose the basis that the text states.")
    else:
        reading.values["amount"] = replace(amount, basis=basis)


def _leave_what_is_none(reading: Reading, told: Mapping[str, str], unread: Sequence[str]) -> None:
    """A row of sums and a remark below the table are no outcomes: said once, and not by each cell that they lack. The
    kind of a row of sums is often that of the rows above, in one cell merged over all of them."""
    said = [name for name in ("kind", "title", "party") if _TOTAL.fullmatch(bare(told.get(name, "")))]
    if not said and "kind" not in told and any(_TOTAL.fullmatch(bare(text)) for text in unread):
        said = ["kind"]
    if said:
        reading.errors.clear()
        reading.errors[said[0]] = _("This row is a total of others, and no outcome: it is left.")
    elif not told:
        reading.errors.clear()
        reading.errors["kind"] = _("Nothing stands in the columns that are read: the row is left.")
    elif _is_remark(list(told.values())):
        reading.errors.clear()
        reading.errors["kind"] = _("This row is a remark, and no outcome: it is left.")


def _is_remark(texts: Sequence[str]) -> bool:
    """`※ 금액은 협약 기준` stands alone, or in one cell merged over the whole table."""
    return len(set(texts)) == 1 and (len(texts) > 1 or texts[0].startswith("※"))


def _counting(currency: str, known: Known, reading: Reading) -> Known:
    """With what the row's own cell says that its amount counts: `달러`, `USD`, `천$`."""
    try:
        return replace(known, counts=unit_of_row(currency, known.counts))
    except ValueError as error:
        reading.errors["currency"] = str(error)
        return known


def _complete(reading: Reading) -> None:
    values, errors = reading.values, reading.errors
    if "kind" not in values and "kind" not in errors:
        errors["kind"] = _("Say what kind it is.")
    if "party" not in values and "party" not in errors and "title" not in values:
        errors["party"] = _("Name the company or give a title.")
    if not {"signed_on", "event"} & values.keys() and not {"signed_on", "event"} & errors.keys():
        errors["signed_on"] = _("Give the signing date or the event: without either it belongs to no period.")
    kind = values.get("kind")
    if kind and not KIND_RULES[kind].has_value:
        for name in {"amount", "jobs"} & values.keys():
            errors[name] = _("This kind has no value: it is tracked, and never counted as money or jobs.")
    if kind and KIND_RULES[kind].count_series == Series.REALISED and "amount" in values:
        errors["amount"] = _(
            "What was realised needs its evidence. Leave the amount empty, and record it with its evidence on the "
            "outcome's page."
        )
    if kind and "title" not in values and "party" in values:
        values["title"] = _title(values["party"], kind)
    for name, most in _longest().items():
        if len(str(values.get(name, ""))) > most:
            errors[name] = _("This is longer than %(most)d characters.") % {"most": most}


@functools.cache
def _longest() -> dict[str, int]:
    """How many characters the record keeps of what a cell says."""
    columns: dict[str, tuple[type[Model], str]] = {
        "title": (Outcome, "title"),
        "party": (Organisation, "name"),
        "partner": (Organisation, "name"),
        "document_number": (Outcome, "document_number"),
        "source": (LedgerEntry, "source"),
    }
    fields = {name: model._meta.get_field(column) for name, (model, column) in columns.items()}
    return {name: field.max_length or 0 for name, field in fields.items() if isinstance(field, CharField)}


Named = TypeVar("Named", OutcomeKind, Basis)


def _by_name(every: type[Named], synonyms: Mapping[str, Named]) -> dict[str, Named]:
    """By every name in both languages: the sheet does not change when its reader turns the pages to another."""
    found = dict(synonyms)
    for spoken, _name in settings.LANGUAGES:
        with translation.override(spoken):
            found |= {bare(label(one)): one for one in every}
    return found | {bare(one.value): one for one in every}


@functools.cache
def _kinds() -> dict[str, OutcomeKind]:
    return _by_name(OutcomeKind, _SYNONYMS)


@functools.cache
def _bases() -> dict[str, Basis]:
    return _by_name(Basis, _BASIS_SYNONYMS)


def _title(company: str, kind: OutcomeKind) -> str:
    """What an outcome without a title is called, whatever language its reader's pages are in."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{company} {label(kind)}"


def _kind(text: str, known: Known) -> OutcomeKind:
    if (kind := _kinds().get(bare(text))) is not None:
        return kind
    raise ValueError(_("There is no such kind: %(text)s.") % {"text": text})


def _day(text: str, known: Known) -> date:
    written = _narrow(text)
    if _MONTH.fullmatch(written):
        raise ValueError(_("This is a month without a day. Write the day like 2023-01-07."))
    found = _DAY.fullmatch(written) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", written)
    try:
        year, month, day = found.groups() if found else ("", "", "")
        return date(_year(year), int(month), int(day))
    except ValueError as error:
        raise ValueError(_("Write the day like 2023-01-07.")) from error


def _year(written: str) -> int:
    """`'23` is of this century, `'98` of the last. Before 1900 there is a digit too few or too many."""
    year = int(written) if written.isdecimal() else int(written[1:]) + (2000 if int(written[1:]) < 70 else 1900)
    if year < 1900:
        raise ValueError(written)
    return year


def _narrow(text: str) -> str:
    """`１，０００` as `1,000`: Korean keyboards write both."""
    return unicodedata.normalize("NFKC", text)


def _amount(text: str, known: Known) -> ParsedAmount:
    return read_amount(text, known.counts)


def _basis(text: str, known: Known) -> Basis:
    if (basis := _bases().get(bare(text))) is not None:
        return basis
    told = {"text": text, "names": ", ".join(label(one) for one in Basis)}
    raise ValueError(_("There is no such basis: %(text)s. An amount is one of these: %(names)s.") % told)


def _jobs(text: str, known: Known) -> Jobs:
    found = re.fullmatch(r"(약)?\s*([0-9][0-9,]*)\s*(명|여\s*명|people)?", _narrow(text))
    if found is None or int(found[2].replace(",", "")) < 1:
        raise ValueError(_("Jobs are a whole number above zero. Leave the cell empty where there are none."))
    about = bool(found[1]) or (found[3] or "").startswith("여")
    return Jobs(int(found[2].replace(",", "")), about, text)


def _event(text: str, known: Known) -> Event:
    if bare(text) not in known.events:
        raise ValueError(_("No event of this name is on record: %(text)s.") % {"text": text})
    return known.events[bare(text)]


def _unit(text: str, known: Known) -> OrgUnit:
    if bare(text) not in known.units:
        raise ValueError(_("No unit of this name is in force: %(text)s.") % {"text": text})
    return known.units[bare(text)]


def _units(text: str, known: Known) -> list[OrgUnit]:
    return [_unit(part, known) for part in re.split(r"[,/;·]", text) if part.strip()]


_READERS: Final = {
    "kind": _kind,
    "signed_on": _day,
    "amount": _amount,
    "basis": _basis,
    "jobs": _jobs,
    "event": _event,
    "lead_unit": _unit,
    "cooperating": _units,
}
