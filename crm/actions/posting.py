"""How the ledger is written: checked, classified, converted, appended. Used by actions only; nothing here is one."""

from collections.abc import Mapping, Sequence
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
from crm.values.periods import SEOUL, PeriodError, Quarter

Subject = Outcome | Consultation | Event
FX_POLICY = "base_rate_on_value_date"
_WON = Decimal("0.0001")
_LINKS = {"outcome", "consultation", "event", "evidence", "recorded_by", "reverses", "replaces", "derived_from"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value to be posted. `value` is positive: a decrease is a correction. `value_date` None means the subject's
    own date: signing, else the event's first day. Money has an ISO 4217 currency; counts and jobs have none.
    `for_year` is the year of a contract that the money is for."""

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
    for_year: int | None = None


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
    live: list[LedgerEntry] | None = live_entries(subject)
    for entry in live or ():
        wanted = _classification(subject, entry.measure == Measure.COUNT, entry)
        if entry.derived_from_id is None and any(getattr(entry, name) != value for name, value in wanted.items()):
            reverse(entry, cause, reason)
            _append(_copied(entry), wanted, cause=cause, reason=reason, replaces=entry)
            live = None
    derive(subject, cause, reason, live)


def derive(subject: Subject, cause: Cause | None, reason: str, stands: list[LedgerEntry] | None = None) -> None:
    """Makes the total of every yearly rate whose term is known: the rate for each year of the term that is not stated
    on its own. What no longer holds is reversed with the cause; without one the total is posted as its rate was.
    `stands` is what stands of the subject, where it was read just now."""
    if not isinstance(subject, Outcome):
        return
    live = [entry for entry in stands or live_entries(subject) if entry.measure == Measure.MONEY]
    derived = {entry.derived_from_id: entry for entry in live if entry.derived_from_id is not None}
    for rate in [entry for entry in live if entry.basis == Basis.ANNUAL]:
        years = (subject.term_years or 0) - len(_years_stated(live, rate))
        wanted = {**_copied(rate), "value": rate.value * years, "basis": Basis.TOTAL, "for_year": None}
        wanted["as_reported"] = f"{rate.as_reported or f'{rate.currency} {rate.value.normalize():f}'} × {years}년"[:200]
        present = derived.pop(rate.pk, None)
        if present is not None and years > 0 and present.value == wanted["value"] and _is_alike(present, rate):
            continue
        if present is not None:
            reverse(present, cause or Cause.CORRECTION, reason)
        if years > 0:
            how = {"cause": cause or Cause(rate.cause), "reason": reason, "replaces": present}
            _append(wanted, {}, derived_from=rate, **how)
    for left in derived.values():
        reverse(left, cause or Cause.CORRECTION, reason)


def derive_if_yearly(outcome: Outcome, figures: Sequence[Figure], reason: str) -> None:
    """As `derive`, for an outcome of which these are the only figures yet."""
    if outcome.term_years and any(figure.basis == Basis.ANNUAL for figure in figures):
        derive(outcome, None, reason)


def _years_stated(live: list[LedgerEntry], rate: LedgerEntry) -> set[int]:
    return {
        entry.for_year
        for entry in live
        if entry.for_year and entry.series == rate.series and entry.currency == rate.currency
    }


def _is_alike(derived: LedgerEntry, rate: LedgerEntry) -> bool:
    names = ("kind", "standing", "stage", "value_date", "fx_rate", "approximate")
    return all(getattr(derived, name) == getattr(rate, name) for name in names)


def revalue(entry: LedgerEntry, reason: str) -> bool:
    """Gives an entry without a KRW value one, where a rate is known by now. Returns whether it did."""
    # A derived total follows its rate.
    if entry.derived_from_id is not None or not _fx(entry.value, entry.currency, entry.value_date).get("fx_rate"):
        return False
    reverse(entry, Cause.FX, reason)
    _append(_copied(entry), {}, cause=Cause.FX, reason=reason, replaces=entry)
    derive(subject_of(entry), Cause.FX, reason)
    return True


def reverse_all(subject: Subject, cause: Cause, reason: str) -> None:
    for entry in live_entries(subject):
        reverse(entry, cause, reason)


def reverse_each(outcomes: Sequence[Outcome], cause: Cause, reason: str) -> None:
    """The same of many, which the caller holds: what stands is read once for all of them, and nobody reverses it
    meanwhile."""
    stands: dict[UUID, list[LedgerEntry]] = {outcome.pk: [] for outcome in outcomes}
    found = standing_entries().filter(outcome__in=list(stands)).select_related("evidence", "derived_from")
    for entry in found.order_by("recorded_at", "id"):
        # Of these outcomes: every entry that was asked for has one.
        stands[entry.outcome_id].append(entry)  # type: ignore[index]
    for outcome in outcomes:
        for entry in stands[outcome.pk]:
            entry.outcome = outcome
            _reverse(entry, cause, reason)


def post_again(subject: Subject, archived_at: datetime, reason: str) -> None:
    """Posts anew what the archiving at that moment took back, as what the outcome or the consultation now is."""
    found = LedgerEntry.objects.filter(**{"reversed_by__entered_at": archived_at, _field_of(subject): subject})
    taken_back = found.filter(derived_from=None)
    for entry in taken_back.order_by("recorded_at", "id"):
        classification = _classification(subject, entry.measure == Measure.COUNT, entry)
        _append(_copied(entry), classification, cause=Cause.CORRECTION, reason=reason, replaces=entry)
    derive(subject, Cause.CORRECTION, reason)


def subject_of(entry: LedgerEntry) -> Subject:
    return entry.outcome or entry.consultation or entry.event  # type: ignore[return-value]


def as_it_stands(subject: Subject) -> Subject:
    """The subject as it stands, kept from changing until the action ends: a figure posted while another archives or
    reclassifies the outcome would otherwise stand on what it was."""
    work, key = current_work(), (subject.feed_type, subject.pk)
    if key in work.written or key in work.held:
        return subject
    work.copies[key] = subject
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
        "for_year": figure.for_year,
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
    if figure.value_date and figure.value_date > current_work().recorded_at.astimezone(SEOUL).date():
        return {"value_date": _("What is realised lies in the past: this day has not come yet.")}
    return {}


def _outcome_errors(outcome: Outcome, figure: Figure) -> dict[str, str]:
    errors: dict[str, str] = {}
    if figure.measure == Measure.COUNT:
        errors["measure"] = _("An outcome counts itself; post money or jobs.")
    elif not KIND_RULES[OutcomeKind(outcome.kind)].has_value:
        errors["measure"] = _("This kind of outcome has no value: it is tracked, and never counted as money or jobs.")
    elif figure.series == Series.COMMITTED and outcome.binding is False:
        errors["series"] = _("This outcome is not binding: its value is announced, not committed.")
    if figure.for_year is not None and (text := _year_error(outcome, figure)):
        errors["for_year"] = text
    if outcome.archived_at is not None:
        errors["__all__"] = _("This outcome is archived; restore it first.")
    if figure.evidence is not None and figure.evidence.outcome_id not in (None, outcome.pk):
        errors["evidence"] = _("This document belongs to another outcome.")
    return errors


def _year_error(outcome: Outcome, figure: Figure) -> str:
    """A figure for one year is money, a total of that year, and the year lies within the period that is known."""
    if figure.measure != Measure.MONEY or figure.basis != Basis.TOTAL:
        return _("Only an amount of money is for one year, and as the total of that year.")
    year = figure.for_year or 0
    begins = outcome.period_from or (outcome.signed_on.year if outcome.signed_on else None)
    ends = outcome.period_to or (begins + outcome.term_years - 1 if begins and outcome.term_years else None)
    if not 1900 <= year <= 2200 or (begins and year < begins) or (ends and year > ends):
        return _("This year lies outside the period of the contract.")
    return ""


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
    return _reverse(entry, cause, reason)


def _reverse(entry: LedgerEntry, cause: Cause, reason: str) -> LedgerEntry:
    values = {**_copied(entry), "derived_from": entry.derived_from, "value": -entry.value}
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
