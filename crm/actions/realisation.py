"""Realised values: the figure and the evidence that it rests on, in one deed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions import ledger
from crm.actions.base import Caller, action
from crm.actions.documents import Upload, attach_document
from crm.models import Document, LedgerEntry, Outcome
from crm.values.evidence import REALISED_GRADES, Grade
from crm.values.measures import Basis, Measure, Series


@dataclass(frozen=True, slots=True)
class Realised:
    """What was realised, in units of `currency` for money and heads for jobs, true on `value_date`. It rests on a
    document of the outcome (`evidence`), or on one that is attached with it: a file, or the number under which the
    city keeps it. `for_year` is the year of a contract that it is for."""

    measure: Measure
    value: Decimal
    currency: str
    grade: Grade
    source: str
    value_date: date
    for_year: int | None = None
    as_reported: str = ""
    approximate: bool = False
    upload: Upload | None = None
    evidence: Document | None = None
    document_number: str = ""
    title: str = ""
    id: UUID | None = None


@action("figure.post")
def record_realisation(caller: Caller, /, outcome: Outcome, realised: Realised) -> LedgerEntry:
    """Attaches the evidence and posts the realised figure, or neither. Raises ValidationError naming what is missing:
    evidence of the first three grades before all."""
    evidence = realised.evidence or _attach(caller, outcome, realised)
    figure = ledger.Figure(
        measure=realised.measure,
        series=Series.REALISED,
        value=realised.value,
        source=realised.source,
        evidence_grade=Grade(evidence.grade),
        currency=realised.currency,
        basis=Basis.TOTAL,
        approximate=realised.approximate,
        as_reported=realised.as_reported,
        value_date=realised.value_date,
        evidence=evidence,
        for_year=realised.for_year,
        id=realised.id,
    )
    return ledger.post_figure(caller, outcome, figure)


def _attach(caller: Caller, outcome: Outcome, realised: Realised) -> Document:
    if realised.grade not in REALISED_GRADES:
        message = _("A realised value needs a signed document, an official record or the partner's confirmation.")
        raise ValidationError({"grade": message})
    if realised.upload is None and not realised.document_number.strip():
        raise ValidationError({"document_number": _("Attach the file of the evidence, or give its document number.")})
    return attach_document(
        caller,
        realised.upload,
        title=realised.title or _("Evidence of a realised value"),
        grade=realised.grade,
        outcome=outcome,
        source=realised.source,
        document_number=realised.document_number.strip(),
        dated_on=realised.value_date,
    )
