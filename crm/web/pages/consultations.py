"""Consultations as lines, on an event's page and on an organisation's."""

from dataclasses import dataclass

from crm.models import Consultation
from crm.values.measures import Series
from crm.web.pages.links import Link, address_of, organisation_link
from crm.web.text import UNKNOWN, day_text, value_text


@dataclass(frozen=True, slots=True)
class ConsultationLine:
    exhibitor: Link
    buyer: Link
    met_on: str
    consulted: str
    expected: str
    change: str


def consultation_line(consultation: Consultation, *, may_change: bool) -> ConsultationLine:
    """`change`: where it is put right, empty for who may not."""
    values = {
        e.series: value_text(e.value, e.currency, e.approximate)
        for e in consultation.value_entries  # type: ignore[attr-defined]
    }
    return ConsultationLine(
        exhibitor=organisation_link(consultation.exhibitor),
        buyer=organisation_link(consultation.buyer),
        met_on=day_text(consultation.met_on),
        consulted=values.get(Series.CONSULTED, UNKNOWN),
        expected=values.get(Series.EXPECTED, UNKNOWN),
        change=address_of("consultation", consultation.pk) if may_change else "",
    )
