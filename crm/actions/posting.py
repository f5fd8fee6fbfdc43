"""How the ledger is written: checked, classified, converted, appended. Used by actions only; nothing here is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.base import Conflict, check_texts
from crm.models import Consultation, Document, Event, LedgerEntry, Outcome
from crm.models.base import current_work
from crm.queries.rates import rate_on
from crm.queries.standing_entries import standing_entries
from crm.values.evidence import REALISED_GRADES, Grade
from crm.values.measures import KIND_RULES, Basis, Cause, DateBasis, Measure, OutcomeKind, Series, Standing
from crm.values.money import LARGEST, is_currency
from crm.values.periods import PeriodError, Quarter

Subject = Outcome | Consultation | Event
FX_POLICY = "base_rate_on_value_date"
_WON = Decimal("0.0001")
_LINKS = {"outcome", "consultation", "event", "evidence", "recorded_by", "reverses", "replaces"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value to be posted. `value` is positive: a decrease is a correction. `value_date` None means the subject's
    own date: signing, else the event's first day. Money has an ISO 4217 currency; counts and jobs have none."""

    measure: Measure
    series: Series
    value: Decimal
    source: str
    evidence_grade: Grade
    currency: str = ""
    basis: Basis = Basis.TOTAL
    approximate: bool = False
    as_reported: str = ""
    value_date: date | None = None
    evidence: Document | None = None
    id: UUID | None = None


def post_count(
    subject: Subject, series: Series, source: str, grade: Grade, evidence: Document | None = None
) -> LedgerEntry:
    """Counts the subject itself as one, within the action that records it."""
    one = Figure(Measure.COUNT, series, Decimal(1), source, grade, evidence=evidence)
    return post(subject, one, counting=True)


def live_entries(subject: Subject) -> list[LedgerEntry]:
    """The entries of a subject that are neither reversed nor reversals: what stands now."""
    return list(standing_entries().filter(**{_field_of(subject): subject}).order_by("recorded_at", "id"))


def repost(subject: Subject, cause: Cause, reason: str) -> None:
    """Brings what stands in line with what the subject now is (kind, standing, stage, date), by reversal."""
    for entry in live_entries(subject):
        wanted = _classification(subject, entry.measure == Measure.COUNT, entry)
        if any(getattr(entry, name) != value for name, value in wanted.items()):
            reverse(entry, cause, reason)
            _append(_copied(entry), wanted, cause=cause, reason=reason, replaces=entry)


def revalue(entry: LedgerEntry, reason: str) -> bool:
    """Gives an entry without a KRW value one, where a rate is known by now. Returns whether it did."""
    if not _fx(entry.value, entry.currency, entry.value_date).get("fx_rate"):
        return False
    reverse(entry, Cause.FX, reason)
    _append(_copied(entry), {}, cause=Cause.FX, reason=reason, replaces=entry)
    return True


def reverse_all(subject: Subject, cause: Cause, reason: str) -> None:
    for entry in live_entries(subject):
        reverse(entry, cause, reason)


def post_again(outcome: Outcome, archived_at: datetime, reason: str) -> None:
    """Posts anew what the archiving at that moment took back, as what the outcome now is."""
    taken_back = LedgerEntry.objects.filter(reversed_by__entered_at=archived_at, outcome=outcome)
    for entry in taken_back.order_by("recorded_at", "id"):
        classification = _classification(outcome, entry.measure == Measure.COUNT, entry)
        _append(_copied(entry), classification, cause=Cause.CORRECTION, reason=reason, replaces=entry)


def subject_of(entry: LedgerEntry) -> Subject:
    return entry.outcome or entry.consultation or entry.event  # type: ignore[return-value]


def as_it_stands(subject: Subject) -> Subject:
    """The subject as it stands, kept from changing until the action ends: a figure posted while another archives or
    reclassifies the outcome would otherwise stand on what it was."""
    if (subject.feed_type, subject.pk) in current_work().written:
        return subject
    return type(subject)._base_manager.select_for_update().get(pk=subject.pk)


def _field_of(subject: Subject) -> str:
    return subject.feed_type


def post(subject: Subject, figure: Figure, *, counting: bool = False, **how: Any) -> LedgerEntry:
    _check_figure(subject, figure, counting)
    values: dict[str, Any] = {
        _field_of(subject): subject,
        "measure": figure.measure,
        "series": figure.series,
        "value": figure.value,
        "currency": figure.currency,
        "basis": figure.basis,
        "approximate": figure.approximate,
        "as_reported": figure.as_reported,
        "source": figure.source,
        "evidence": figure.evidence,
        "evidence_grade": figure.evidence_grade,
    }
    if figure.id:
        values["id"] = figure.id
    if figure.value_date:
        values |= {"value_date": figure.value_date, "date_basis": DateBasis.STATED}
    return _append(values, _classification(subject, counting, None, figure.value_date), **how)


def _check_figure(subject: Subject, figure: Figure, counting: bool) -> None:
    errors: dict[str, str] = {}
    if not figure.value.is_finite() or figure.value <= 0:
        errors["value"] = _("Give a value above zero; a decrease is a correction.")
    elif figure.measure != Measure.MONEY and figure.value != figure.value.to_integral_value():
        errors["value"] = _("Counts and jobs are whole numbers.")
    if figure.measure == Measure.MONEY and not is_currency(figure.currency):
        errors["currency"] = _("This is not an ISO 4217 currency.")
    if figure.measure != Measure.MONEY and figure.currency:
        errors["currency"] = _("Only money has a currency.")
    if not figure.source.strip():
        errors["source"] = _("Name the source of the figure.")
    errors |= _series_errors(subject, figure, counting)
    if errors:
        raise ValidationError(errors)


def _series_errors(subject: Subject, figure: Figure, counting: bool) -> dict[str, str]:
    if counting:
        return {}
    errors: dict[str, str] = {}
    if figure.measure == Measure.JOBS and figure.series in (Series.CONSULTED, Series.EXPECTED):
        errors["series"] = _("Jobs are pledged, committed or realised.")
    if figure.series == Series.REALISED:
        errors |= _realised_errors(figure)
    return errors | _outcome_errors(subject, figure) if isinstance(subject, Outcome) else errors


def _realised_errors(figure: Figure) -> dict[str, str]:
    """No realised value without evidence of the first three grades, and the document itself."""
    if figure.evidence_grade not in REALISED_GRADES:
        text = _("A realised value needs a signed document, an official record or the partner's confirmation.")
        return {"evidence_grade": text}
    if figure.evidence is None or figure.evidence.grade != figure.evidence_grade:
        return {"evidence": _("Attach the evidence of that grade first, and choose it here.")}
    return {}


def _outcome_errors(outcome: Outcome, figure: Figure) -> dict[str, str]:
    errors: dict[str, str] = {}
    if figure.measure == Measure.COUNT:
        errors["measure"] = _("An outcome counts itself; post money or jobs.")
    elif not KIND_RULES[OutcomeKind(outcome.kind)].has_value:
        errors["measure"] = _("This kind of outcome has no value: it is tracked, and never counted as money or jobs.")
    elif figure.series == Series.COMMITTED and outcome.binding is False:
        errors["series"] = _("This outcome is not binding: its value is announced, not committed.")
    if outcome.archived_at is not None:
        errors["__all__"] = _("This outcome is archived; restore it first.")
    if figure.evidence is not None and figure.evidence.outcome_id not in (None, outcome.pk):
        errors["evidence"] = _("This document belongs to another outcome.")
    return errors


def _classification(
    subject: Subject, counting: bool, entry: LedgerEntry | None, stated: date | None = None
) -> dict[str, Any]:
    """What an entry about the subject carries of it: kind, standing, stage, and the date unless stated."""
    values: dict[str, Any] = {"kind": "", "standing": Standing.CONFIRMED, "stage": ""}
    if isinstance(subject, Outcome):
        values = {"kind": subject.kind, "standing": subject.standing, "stage": subject.stage}
        if counting:
            values["series"] = KIND_RULES[OutcomeKind(subject.kind)].count_series
    # What was said in a sitting is of the day of the sitting, whatever the form said.
    own = entry is None or entry.date_basis != DateBasis.STATED or isinstance(subject, Consultation)
    if stated is None and own:
        values["value_date"], values["date_basis"] = _own_date(subject)
    return values


def _own_date(subject: Subject) -> tuple[date, DateBasis]:
    if isinstance(subject, Event):
        return subject.starts_on, DateBasis.EVENT
    if isinstance(subject, Consultation):
        return subject.met_on, DateBasis.STATED
    if subject.signed_on:
        return subject.signed_on, DateBasis.SIGNING
    if subject.event is None:
        raise ValidationError({"signed_on": _("Give the signing date or the event.")})
    return subject.event.starts_on, DateBasis.EVENT


def _copied(entry: LedgerEntry) -> dict[str, Any]:
    """What a reversal or a repost takes over from an entry."""
    names = (
        "outcome consultation event measure series value currency basis approximate as_reported krw_value fx_rate "
        "fx_per fx_date fx_source fx_policy value_date date_basis source evidence evidence_grade kind standing "
        "stage for_year"
    )
    return {name: getattr(entry, name) for name in names.split()}


def reverse(entry: LedgerEntry, cause: Cause, reason: str) -> LedgerEntry:
    if entry.reverses_id is not None:
        raise ValidationError({"__all__": _("A reversal is not reversed; post the figure again.")})
    if LedgerEntry.objects.filter(reverses=entry).exists():
        raise Conflict(_("This figure was corrected already. Load the record again."))
    values = _copied(entry)
    values["value"] = -entry.value
    if entry.krw_value is not None:
        values["krw_value"] = -entry.krw_value
    return _save(values, cause=cause, reason=reason, reverses=entry)


def _append(values: Mapping[str, Any], classification: Mapping[str, Any], **how: Any) -> LedgerEntry:
    merged = {**values, **classification}
    merged |= _fx(merged["value"], merged["currency"], merged["value_date"])
    return _save(merged, **how)


def _save(values: Mapping[str, Any], *, cause: Cause | None = None, **how: Any) -> LedgerEntry:
    work = current_work()
    entry = LedgerEntry(
        **values,
        **how,
        cause=cause or _first_cause(values["value_date"]),
        recorded_at=work.recorded_at,
        entered_at=work.entered_at,
        is_backfill=work.is_backfill,
        recorded_by=work.actor,
        action=work.action,
    )
    # Its rules are checked above with better words, and held by the database: only lengths and precision are left.
    check_texts(entry)
    entry.clean_fields(exclude=_LINKS)
    entry.save()
    return entry


def _first_cause(value_date: date) -> Cause:
    """A figure learned only after its quarter had ended is a late entry: it restates a closed quarter."""
    known_on = timezone.localdate(current_work().recorded_at)
    try:
        quarter = Quarter.of(value_date)
    except PeriodError as error:
        message = _("The date %(day)s lies outside the years that are kept.") % {"day": value_date.isoformat()}
        raise ValidationError({"value_date": message}) from error
    return Cause.LATE_ENTRY if known_on > quarter.last_day else Cause.FIRST


def _fx(value: Decimal, currency: str, day: date) -> dict[str, Any]:
    """The KRW value and the rate it rests on, or unknowns where no rate holds on that day."""
    unknown = {"krw_value": None, "fx_rate": None, "fx_per": None, "fx_date": None, "fx_source": "", "fx_policy": ""}
    if not currency:
        return unknown
    if currency == "KRW":
        return {**unknown, "krw_value": value}
    rate = rate_on(currency, day)
    krw = (value * rate.rate / rate.per).quantize(_WON) if rate else None
    # What the column cannot hold stays unknown: one absurd amount must not keep every rate from being imported.
    if rate is None or krw is None or krw > LARGEST:
        return {**unknown, "fx_policy": FX_POLICY}
    return {
        "krw_value": krw,
        "fx_rate": rate.rate,
        "fx_per": rate.per,
        "fx_date": rate.on,
        "fx_source": rate.source,
        "fx_policy": FX_POLICY,
    }
