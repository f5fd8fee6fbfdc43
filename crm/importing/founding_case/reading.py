"""Reads the founding case's file into typed rows. Every fault is named with its line; nothing is written here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.importing.checked_yaml import CheckedYaml
from crm.values.measures import (
    KIND_RULES,
    Basis,
    ClaimStatus,
    EventKind,
    Measure,
    OutcomeKind,
    PartyRole,
    Pavilion,
    Series,
    Standing,
)
from crm.values.money import is_currency

SECTIONS = "known_on org_units successors programmes events organisations outcomes directives".split()


@dataclass(frozen=True, slots=True)
class Claim:
    fields: dict[str, Any]
    known_on: date


@dataclass(frozen=True, slots=True)
class EventRow:
    code: str
    fields: dict[str, Any]
    claims: list[Claim]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    code: str
    fields: dict[str, Any]
    event: str
    parties: list[tuple[str, PartyRole]]
    programmes: list[str]
    figures: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class FoundingCase:
    """The file's content, checked. `statuses` are (programme, day, status, source)."""

    known_on: date
    org_units: list[dict[str, str]]
    successors: list[tuple[str, str]]
    programmes: list[dict[str, Any]]
    statuses: list[tuple[str, date, str, str]]
    events: list[EventRow]
    organisations: list[tuple[str, list[str], dict[str, Any]]]
    outcomes: list[OutcomeRow]
    directives: list[str]


def read_founding_case(content: bytes) -> FoundingCase:
    """The founding case from its YAML file. Raises Refused with the line and reason of every fault."""
    doc = CheckedYaml(content)
    doc.mapping(doc.root, "", SECTIONS)
    known_on = doc.day(doc.root, "", "known_on", required=True) or date.min
    programmes, statuses = _programmes(doc)
    case = FoundingCase(
        known_on,
        [_org_unit(doc, path, row) for path, row in doc.rows("org_units", ("code", "name", "name_en"))],
        [
            (doc.text(row, path, "from", required=True), doc.text(row, path, "to", required=True))
            for path, row in doc.rows("successors", ("from", "to"))
        ],
        programmes,
        statuses,
        _events(doc, known_on),
        _organisations(doc),
        _outcomes(doc),
        doc.texts(doc.root, "", "directives"),
    )
    _check_references(doc, case)
    doc.refuse()
    return case


def _org_unit(doc: CheckedYaml, path: str, row: dict[str, Any]) -> dict[str, str]:
    return {
        "code": doc.text(row, path, "code"),
        "name": doc.text(row, path, "name", required=True),
        "name_en": doc.text(row, path, "name_en"),
    }


def _programmes(doc: CheckedYaml) -> tuple[list[dict[str, Any]], list[tuple[str, date, str, str]]]:
    found, statuses = [], []
    for path, row in doc.rows("programmes", ("name", "name_en", "size", "status_history")):
        name = doc.text(row, path, "name", required=True)
        fields: dict[str, Any] = {"name": name, "name_en": doc.text(row, path, "name_en")}
        size = row.get("size")
        if size is not None and doc.mapping(size, f"{path}.size", ("amount", "currency")):
            fields["size_amount"] = doc.exact(size, f"{path}.size", "amount")
            fields["size_currency"] = _currency(doc, size, f"{path}.size")
        found.append(fields)
        for i, status in enumerate(doc.items(row, path, "status_history")):
            place = f"{path}.status_history[{i}]"
            if doc.mapping(status, place, ("on", "status", "source")):
                on = doc.day(status, place, "on", required=True) or date.min
                words = doc.text(status, place, "status", required=True)
                statuses.append((name, on, words, doc.text(status, place, "source")))
    return found, statuses


_EVENT_KEYS = "code kind name name_en country city places timezone starts_on ends_on pavilion claims".split()
_PAVILION_KEYS = "type brand operator first_time products".split()


def _events(doc: CheckedYaml, known_on: date) -> list[EventRow]:
    found = []
    for path, row in doc.rows("events", _EVENT_KEYS):
        code = doc.text(row, path, "code", required=True)
        fields: dict[str, Any] = {
            "code": code,
            "kind": doc.one_of(row, path, "kind", EventKind),
            "name": doc.text(row, path, "name", required=True),
            "name_en": doc.text(row, path, "name_en"),
            "country": doc.text(row, path, "country"),
            "city": doc.text(row, path, "city"),
            "places": doc.texts(row, path, "places"),
            "timezone": doc.text(row, path, "timezone"),
            "starts_on": doc.day(row, path, "starts_on", required=True),
            "ends_on": doc.day(row, path, "ends_on"),
        }
        pavilion = row.get("pavilion")
        if pavilion is not None and doc.mapping(pavilion, f"{path}.pavilion", _PAVILION_KEYS):
            place = f"{path}.pavilion"
            fields |= {
                "pavilion": doc.one_of(pavilion, place, "type", Pavilion),
                "pavilion_brand": doc.text(pavilion, place, "brand"),
                "pavilion_operator": doc.text(pavilion, place, "operator"),
                "pavilion_first_time": doc.truth(pavilion, place, "first_time"),
                "pavilion_products": doc.whole(pavilion, place, "products"),
            }
        found.append(EventRow(code, fields, _claims(doc, path, row, known_on)))
    return found


def _claims(doc: CheckedYaml, path: str, row: dict[str, Any], known_on: date) -> list[Claim]:
    found = []
    for i, claim in enumerate(doc.items(row, path, "claims")):
        place = f"{path}.claims[{i}]"
        if not doc.mapping(claim, place, ("measure", "value", "as_of", "source", "status")):
            continue
        as_of = doc.day(claim, place, "as_of")
        fields = {
            "measure": doc.text(claim, place, "measure", required=True),
            "value": doc.text(claim, place, "value", required=True),
            "as_of": as_of,
            "source": doc.text(claim, place, "source", required=True),
            "status": doc.one_of(claim, place, "status", ClaimStatus, ClaimStatus.UNREVIEWED),
        }
        found.append(Claim(fields, as_of or known_on))
    return sorted(found, key=lambda c: c.known_on)


_ORGANISATION_KEYS = "code name name_en aliases country region sector".split()


def _organisations(doc: CheckedYaml) -> list[tuple[str, list[str], dict[str, Any]]]:
    found = []
    for path, row in doc.rows("organisations", _ORGANISATION_KEYS):
        names = ("name_en", "country", "region", "sector")
        fields = {"name": doc.text(row, path, "name", required=True)} | {n: doc.text(row, path, n) for n in names}
        found.append((doc.text(row, path, "code", required=True), doc.texts(row, path, "aliases"), fields))
    return found


_OUTCOME_KEYS = (
    "code kind title title_as_signed also_called binding parties event signed_on amount term_years jobs_pledged "
    "period content note programmes evidence status"
).split()


def _outcomes(doc: CheckedYaml) -> list[OutcomeRow]:
    found = []
    for path, row in doc.rows("outcomes", _OUTCOME_KEYS):
        kind = doc.one_of(row, path, "kind", OutcomeKind)
        fields: dict[str, Any] = {
            "code": doc.text(row, path, "code", required=True),
            "kind": kind,
            "title": doc.text(row, path, "title"),
            "title_as_signed": doc.text(row, path, "title_as_signed"),
            "also_called": doc.texts(row, path, "also_called"),
            "signed_on": doc.day(row, path, "signed_on"),
            "term_years": doc.whole(row, path, "term_years"),
            "content": doc.text(row, path, "content"),
            "note": doc.text(row, path, "note"),
            "standing": doc.one_of(row, path, "status", Standing, Standing.CONFIRMED),
        }
        binding = doc.truth(row, path, "binding")
        if binding is not None:
            fields["binding"] = binding
        period = row.get("period")
        if period is not None and doc.mapping(period, f"{path}.period", ("from", "to")):
            fields["period_from"] = doc.whole(period, f"{path}.period", "from")
            fields["period_to"] = doc.whole(period, f"{path}.period", "to")
        event, programmes = doc.text(row, path, "event"), doc.texts(row, path, "programmes")
        figures = _figures(doc, path, row, kind)
        found.append(OutcomeRow(fields["code"], fields, event, _parties(doc, path, row), programmes, figures))
    return found


def _parties(doc: CheckedYaml, path: str, row: dict[str, Any]) -> list[tuple[str, PartyRole]]:
    found = []
    for i, party in enumerate(doc.items(row, path, "parties")):
        place = f"{path}.parties[{i}]"
        if doc.mapping(party, place, ("org", "role")):
            found.append((doc.text(party, place, "org", required=True), doc.one_of(party, place, "role", PartyRole)))
    return found


def _figures(doc: CheckedYaml, path: str, row: dict[str, Any], kind: OutcomeKind) -> list[dict[str, Any]]:
    found = []
    amount, place = row.get("amount"), f"{path}.amount"
    if amount is not None and doc.mapping(amount, place, ("value", "currency", "basis", "as_reported")):
        found.append(
            {
                "measure": Measure.MONEY,
                "series": KIND_RULES[kind].count_series,
                "value": doc.exact(amount, place, "value"),
                "currency": _currency(doc, amount, place),
                "basis": doc.one_of(amount, place, "basis", Basis, Basis.UNSTATED),
                "as_reported": doc.text(amount, place, "as_reported"),
            }
        )
    jobs, place = row.get("jobs_pledged"), f"{path}.jobs_pledged"
    if jobs is not None and doc.mapping(jobs, place, ("value", "approximate")):
        approximate = bool(doc.truth(jobs, place, "approximate"))
        value = Decimal(doc.whole(jobs, place, "value") or 1)
        series = Series.ANNOUNCED
        found.append({"measure": Measure.JOBS, "series": series, "value": value, "approximate": approximate})
    return found


def _currency(doc: CheckedYaml, row: dict[str, Any], path: str) -> str:
    currency = doc.text(row, path, "currency", required=True)
    if currency and not is_currency(currency):
        doc.fault(f"{path}.currency", _("must be an ISO 4217 currency"))
    return currency


def _check_references(doc: CheckedYaml, case: FoundingCase) -> None:
    _check_codes(doc, "events", [row.code for row in case.events])
    _check_codes(doc, "organisations", [code for code, _aliases, _fields in case.organisations])
    _check_codes(doc, "outcomes", [row.code for row in case.outcomes])
    _check_codes(doc, "org_units", [row["code"] for row in case.org_units])
    for i, outcome in enumerate(case.outcomes):
        _check_outcome(doc, case, f"outcomes[{i}]", outcome)
    units = {row["name"] for row in case.org_units}
    for i, (old, _new) in enumerate(case.successors):
        if old not in units:
            doc.fault(f"successors[{i}].from", _("there is no org unit of this name in the file"))
    programmes = [row["name"] for row in case.programmes]
    for i, name in enumerate(programmes):
        if name in programmes[:i]:
            doc.fault(f"programmes[{i}].name", _("stands here twice"))


def _check_codes(doc: CheckedYaml, section: str, codes: list[str]) -> None:
    for i, code in enumerate(codes):
        if code and code in codes[:i]:
            doc.fault(f"{section}[{i}].code", _("stands here twice"))


def _check_outcome(doc: CheckedYaml, case: FoundingCase, path: str, outcome: OutcomeRow) -> None:
    if outcome.event and outcome.event not in {row.code for row in case.events}:
        doc.fault(f"{path}.event", _("there is no event of this code in the file"))
    if not outcome.event and not outcome.fields["signed_on"]:
        doc.fault(path, _("needs a signing date or an event"))
    companies = {code for code, _aliases, _fields in case.organisations}
    for j, (code, _role) in enumerate(outcome.parties):
        if code not in companies:
            doc.fault(f"{path}.parties[{j}].org", _("there is no organisation of this code in the file"))
    for j, name in enumerate(outcome.programmes):
        if name not in {row["name"] for row in case.programmes}:
            doc.fault(f"{path}.programmes[{j}]", _("there is no programme of this name in the file"))
