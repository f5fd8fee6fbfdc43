"""Ⅰ. 추진개요: what the event was, when and where, who stood behind it, who took part, what it cost."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.dates import day_text
from crm.models.labels import claimed, label
from crm.values.countries import country_names
from crm.values.measures import ClaimStatus, EventKind, PartyRole, Pavilion, Payer
from reports.building.words import UNKNOWN, amount
from reports.figures.event_record import Claimed, EventRecord
from reports.figures.performance import Performance
from reports.figures.targets import Cost
from reports.report import Language, Section

_BEHIND = (PartyRole.HOST, PartyRole.OPERATOR, PartyRole.SPONSOR)


def overview_section(found: Performance, language: Language) -> Section:
    record = found.record
    paragraphs = (*_about(record, language), *_participants(record), *_claims(record), *_costs(found.costs))
    return Section("overview", f"Ⅰ. {_('Overview of the event')}", paragraphs=paragraphs)


def days_text(first: date, last: date | None) -> str:
    return day_text(first) if last is None or last == first else f"{day_text(first)} ~ {day_text(last)}"


def place_text(record: EventRecord, language: Language) -> str:
    """`Las Vegas, 미국`; empty where no place is recorded."""
    country = country_names(language).get(record.country, record.country)
    return ", ".join(part for part in (*record.places, country) if part)


def _about(record: EventRecord, language: Language) -> Iterable[str]:
    name = f"{record.name} ({record.name_en})" if record.name_en else record.name
    yield f"□ {_('The event')}"
    yield _line(pgettext("event", "Name"), f"{name} · {label(EventKind(record.kind))}")
    yield _line(_("Days"), days_text(record.starts_on, record.ends_on))
    for claim in _of(record, "length"):
        yield f"- {claimed('length')}: {_claim(claim)}"
    yield _line(_("Place"), place_text(record, language))
    yield _line(_("Lead unit"), record.lead_unit)
    for role in _BEHIND:
        names = dict.fromkeys(name for of, name, _said_by in record.hosts if of == role)
        yield _line(label(role), ", ".join(names))
    for claim in _of(record, "delegation"):
        yield _line(claimed("delegation"), _claim(claim))
    if pavilion := ", ".join(_pavilion(record)):
        yield _line(_("Pavilion"), pavilion)
    yield _line(pgettext("event", "Purpose"), record.note)


def _pavilion(record: EventRecord) -> Iterable[str]:
    if record.pavilion:
        yield label(Pavilion(record.pavilion))
    if record.pavilion_brand:
        yield record.pavilion_brand
    if record.pavilion_operator:
        yield _("operated by %(name)s") % {"name": record.pavilion_operator}
    if record.pavilion_first_time:
        yield _("first pavilion of its kind")
    if record.pavilion_products is not None:
        yield _("%(n)d products shown") % {"n": record.pavilion_products}


def _participants(record: EventRecord) -> Iterable[str]:
    yield f"□ {_('Exhibitors')}"
    counts = record.exhibitors
    if counts is None:
        yield f"○ {_('No participation is recorded by name.')}"
    else:
        yield _line(_("Recorded by name"), _companies(counts.recorded))
        yield _line(pgettext("exhibitors", "Supported by the city"), _companies(counts.supported_by_city))
        yield _line(_("In the joint pavilion"), _companies(counts.in_joint_pavilion))
        yield _line(pgettext("exhibitors", "From the region"), _companies(counts.from_region))
    for claim in _of(record, "exhibitors"):
        yield f"- {_('As stated')}: {_claim(claim)}"
    yield f"※ {_('Supported, in the pavilion and from the region are three counts that differ; none is added.')}"


def _companies(number: int) -> str:
    return _("%(n)d companies") % {"n": number}


def _claims(record: EventRecord) -> Iterable[str]:
    others = [one for one in record.claims if one.measure not in ("length", "exhibitors", "delegation")]
    if others:
        yield f"□ {_('What sources say besides')}"
    for measure, claims in groupby(others, key=lambda one: one.measure):
        yield f"○ {claimed(measure)}"
        yield from (f"- {_claim(one)}" for one in claims)


def _of(record: EventRecord, measure: str) -> list[Claimed]:
    return [claim for claim in record.claims if claim.measure == measure]


def _claim(claim: Claimed) -> str:
    """`9 (보도, 2023. 1. 6. 기준 · 확인)`: contradicting ones stand side by side."""
    dated = _("as of %(day)s") % {"day": day_text(claim.as_of)} if claim.as_of else ""
    told = ", ".join(part for part in (claim.source, dated) if part)
    return f"{claim.value} ({told} · {label(ClaimStatus(claim.status))})"


def _costs(costs: tuple[Cost, ...]) -> Iterable[str]:
    yield f"□ {_('Cost')}"
    if not costs:
        yield f"○ {_('No cost is recorded.')}"
    for cost in costs:
        yield f"○ {amount(cost.total, cost.currency)}"
        yield from (f"- {label(Payer(payer))}: {amount(part, cost.currency)}" for payer, part in cost.parts)


def _line(name: str, text: str) -> str:
    return f"○ {name}: {text or UNKNOWN}"
