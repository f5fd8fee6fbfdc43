"""Outcomes: recording, changing, archiving. What an outcome is decides how the ledger counts it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions import ledger, notifying, posting
from crm.actions.archiving import expect_present, take_in
from crm.actions.asking import ask_about_new, ask_units, is_asked
from crm.actions.attribution import Share, attribute_outcome
from crm.actions.base import Caller, Forbidden, action, expect_version, hold, store
from crm.actions.concurrence import withdraw_units
from crm.actions.organisations import bring_back_parties
from crm.actions.settling import settle
from crm.models import (
    Consultation,
    CooperatingUnit,
    Document,
    Organisation,
    OrgUnit,
    Outcome,
    OutcomeProgramme,
    Party,
    Programme,
)
from crm.models.base import current_work
from crm.permissions import may
from crm.queries.concurrence import is_blocked
from crm.values.evidence import REALISED_GRADES, Grade
from crm.values.measures import (
    KIND_RULES,
    Cause,
    Measure,
    OutcomeKind,
    PartyRole,
    Series,
    Standing,
)
from crm.values.notifications import Notice
from crm.values.stages import first_stage, off_road, rule_of


@dataclass(frozen=True, slots=True)
class Circle:
    """Who and what an outcome is tied to. None leaves that part as it is; an empty list takes all of it away."""

    parties: list[tuple[Organisation, PartyRole]] | None = None
    cooperating_units: list[OrgUnit] | None = None
    programmes: list[Programme] | None = None
    shares: list[Share] | None = None


@dataclass(frozen=True, slots=True)
class Testimony:
    """Where the record of an outcome comes from: carried by the entry that counts it."""

    source: str
    grade: Grade = Grade.CITY_STATEMENT
    evidence: Document | None = None
    figures: list[ledger.Figure] = field(default_factory=list)


@action("outcome.record")
def record_outcome(caller: Caller, /, testimony: Testimony, circle: Circle | None = None, **fields: Any) -> Outcome:
    """Records an outcome with the fields of Outcome, counts it in the ledger, and posts the figures that came
    with it. Raises ValidationError naming the fields."""
    outcome = Outcome()
    if fields.pop("is_synthetic", False):
        if not may(caller.account, "record.make_synthetic"):
            raise Forbidden("record.make_synthetic")
        outcome.is_synthetic = True
    kind = fields.get("kind")
    if kind in KIND_RULES:
        rule = KIND_RULES[OutcomeKind(kind)]
        fields.setdefault("binding", rule.binding)
        fields.setdefault("standing", Standing.UNCONFIRMED if rule.realised_only else Standing.CONFIRMED)
        _begin(caller, outcome, OutcomeKind(kind), fields)
    if not testimony.source.strip():
        raise ValidationError({"source": _("Name the source of the figure.")})
    _check_date(outcome, fields)
    units = (circle.cooperating_units if circle else None) or []
    outcome.lead_unit = fields.get("lead_unit")
    if fields.get("standing") == Standing.CONFIRMED and is_asked(outcome, units):
        fields["standing"] = Standing.PROVISIONAL
    store(outcome, fields)
    _check_standing(outcome)
    _tie(caller, outcome, circle or Circle(), is_new=True)
    series = KIND_RULES[OutcomeKind(outcome.kind)].count_series
    posting.post_count(outcome, series, testimony.source, testimony.grade, testimony.evidence)
    for number, figure in enumerate(testimony.figures):
        with _refused_below(f"figures/{number}/"):
            posting.post(outcome, figure)
    posting.derive_if_yearly(outcome, testimony.figures, caller.reason)
    ask_about_new(outcome, units)
    return outcome


def _begin(caller: Caller, outcome: Outcome, kind: OutcomeKind, fields: dict[str, Any]) -> None:
    """A new outcome begins at the first stage of its kind. Only who loads history may say that it stands elsewhere
    already: everybody else takes steps."""
    stage, reason = fields.pop("stage", ""), fields.pop("stage_reason", "")
    outcome.stage = stage or first_stage(kind)
    outcome.stage_reason = reason
    if rule_of(kind, outcome.stage) is None:
        raise ValidationError({"stage": _("This kind of outcome has no such stage.")})
    if outcome.stage != first_stage(kind) and not may(caller.account, "record.backfill"):
        raise ValidationError({"stage": _("An outcome begins at its first stage; take steps from there.")})
    if off_road(kind, outcome.stage) and not reason.strip():
        raise ValidationError({"stage_reason": _("Leaving the normal road takes a reason.")})


@contextmanager
def _refused_below(place: str, **called: str) -> Iterator[None]:
    """Names what is refused of a figure by its place among what the caller gave: `figures/0/value`."""
    try:
        yield
    except ValidationError as refusal:
        fields = refusal.error_dict.items()
        raise ValidationError({f"{place}{called.get(name, name)}": errors for name, errors in fields}) from refusal


@action("outcome.update")
def update_outcome(
    caller: Caller, /, outcome: Outcome, circle: Circle | None = None, *, version: int | None = None, **changes: Any
) -> Outcome:
    """Changes an outcome. Where that changes how it counts (kind, standing, date, event), the ledger
    follows by reversal and a new entry with the cause. Raises Stale, ValidationError."""
    expect_version(outcome, version)
    hold(outcome)
    if outcome.archived_at is not None:
        raise ValidationError({"__all__": _("This outcome is archived; restore it first.")})
    before = (outcome.kind, outcome.standing)
    _check_kind(outcome, changes)
    _check_date(outcome, changes)
    _check_freed(outcome, changes)
    store(outcome, changes)
    _check_standing(outcome)
    cooperated = _cooperating(outcome)
    _tie(caller, outcome, circle or Circle())
    cause = Cause.CORRECTION if before == (outcome.kind, outcome.standing) else Cause.RECLASSIFICATION
    posting.repost(outcome, cause, caller.reason)
    cooperates = cooperated if circle is None or circle.cooperating_units is None else _cooperating(outcome)
    # A unit that leads now is not asked about what is its own.
    asked_no_more = [unit for unit in cooperated if unit not in cooperates or unit == outcome.lead_unit]
    withdraw_units(outcome, asked_no_more)
    notifying.outcome_changed(outcome)
    ask_units(outcome, [unit for unit in cooperates if unit not in cooperated])
    settle(outcome, caller.reason)
    return outcome


def _cooperating(outcome: Outcome) -> list[OrgUnit]:
    rows = outcome.cooperating_units.filter(archived_at=None).select_related("org_unit")
    return [row.org_unit for row in rows.order_by("created_at", "id")]


@action("record.archive")
def archive_outcome(caller: Caller, /, outcome: Outcome, reason: str) -> Outcome:
    """Takes an outcome out of the working lists and its figures out of the totals. Nothing is deleted."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays with the entry.")})
    if outcome.archived_at is None:
        hold(outcome)
        put_away_each(caller, [outcome], reason)
    return outcome


def put_away_each(caller: Caller, outcomes: Sequence[Outcome], reason: str) -> None:
    """What archiving does to outcomes that the caller holds, within the action that archives or takes back what it
    recorded itself."""
    posting.reverse_each(outcomes, Cause.WITHDRAWAL, reason)
    for outcome in outcomes:
        outcome.archived_at = caller.now
        outcome.save()
        notifying.outcome_done(Notice.OUTCOME_ARCHIVED, outcome)


@action("record.restore")
def restore_outcome(caller: Caller, /, outcome: Outcome, reason: str) -> Outcome:
    """Brings an archived outcome back, with the figures that its archiving took back, by new entries, and with those of
    its parties that were put away meanwhile."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays with the entry.")})
    archived_at = outcome.archived_at
    if archived_at is None:
        return outcome
    take_in(outcome, outcome.event)
    bring_back_parties(outcome)
    posting.post_again(outcome, archived_at, reason)
    notifying.outcome_done(Notice.OUTCOME_RESTORED, outcome)
    return outcome


def _check_date(outcome: Outcome, changes: dict[str, Any]) -> None:
    if not any(changes.get(name, getattr(outcome, name)) for name in ("signed_on", "event")):
        message = _("Give the signing date or the event: without either it belongs to no period.")
        raise ValidationError({"signed_on": message})


def _check_kind(outcome: Outcome, changes: dict[str, Any]) -> None:
    kind = changes.get("kind", outcome.kind)
    if kind == outcome.kind or kind not in KIND_RULES:
        return
    has_figures = any(entry.measure != Measure.COUNT for entry in posting.live_entries(outcome))
    if has_figures and not KIND_RULES[OutcomeKind(kind)].has_value:
        raise ValidationError({"kind": _("This kind has no value: take its figures back first.")})
    has_committed = any(
        entry.series == Series.COMMITTED and entry.measure != Measure.COUNT for entry in posting.live_entries(outcome)
    )
    if has_committed and not KIND_RULES[OutcomeKind(kind)].binding:
        raise ValidationError({"kind": _("This kind does not bind: take the committed figures back first.")})
    if rule_of(OutcomeKind(kind), outcome.stage) is None:
        outcome.stage, outcome.stage_reason = first_stage(OutcomeKind(kind)), ""
    changes.setdefault("binding", KIND_RULES[OutcomeKind(kind)].binding)


def _check_freed(outcome: Outcome, changes: dict[str, Any]) -> None:
    """Nobody confirms by hand what departments or superiors have still to agree to."""
    confirms = changes.get("standing") == Standing.CONFIRMED != outcome.standing
    if confirms and is_blocked(outcome):
        message = _("It is provisional until the departments asked have concurred and the approval is given.")
        raise ValidationError({"standing": message})


def _check_standing(outcome: Outcome) -> None:
    """What is by its nature realised is confirmed by evidence only."""
    if not KIND_RULES[OutcomeKind(outcome.kind)].realised_only or outcome.standing != Standing.CONFIRMED:
        return
    if not outcome.documents.filter(grade__in=REALISED_GRADES, archived_at=None).exists():
        message = _("A realised value needs a signed document, an official record or the partner's confirmation.")
        raise ValidationError({"standing": message})


def _tie(caller: Caller, outcome: Outcome, circle: Circle, *, is_new: bool = False) -> None:
    if circle.parties is not None:
        wanted = {(o.pk, str(r)): {"organisation": o, "role": r} for o, r in circle.parties}
        parties = () if is_new else outcome.parties.order_by("created_at", "id")
        _settle(outcome, parties, Party, lambda p: (p.organisation_id, p.role), wanted)
    if circle.cooperating_units is not None:
        units = {u.pk: {"org_unit": u} for u in circle.cooperating_units}
        cooperating = () if is_new else outcome.cooperating_units.order_by("created_at", "id")
        _settle(outcome, cooperating, CooperatingUnit, lambda c: c.org_unit_id, units)
    if circle.programmes is not None:
        served = {p.pk: {"programme": p} for p in circle.programmes}
        serving = () if is_new else outcome.programmes.order_by("created_at", "id")
        _settle(outcome, serving, OutcomeProgramme, lambda p: p.programme_id, served)
    if circle.shares is not None:
        attribute_outcome(caller, outcome, circle.shares)


def _settle(outcome: Outcome, present: Iterable[Any], part: type[Any], key: Any, wanted: dict[Any, Any]) -> None:
    """Archives the parts that are no longer wanted, brings back archived ones, adds the missing."""
    kept = set()
    # One that stands is kept before one that was put away is brought back in its place.
    for row in sorted(present, key=lambda row: row.archived_at is not None):
        name = key(row)
        if name in wanted and name not in kept:
            kept.add(name)
            row.archived_at = None
        elif row.archived_at is None:
            row.archived_at = current_work().recorded_at
        row.save()
    for name, fields in wanted.items():
        if name not in kept:
            store(part(), {"outcome": outcome, **fields})


@dataclass(frozen=True, slots=True)
class Talk:
    """What was talked about in one sitting, as both sides put it: two facts, in one currency."""

    source: str
    currency: str = ""
    consulted: Decimal | None = None
    expected: Decimal | None = None
    grade: Grade = Grade.VERBAL


@action("consultation.record")
def record_consultation(caller: Caller, /, talk: Talk, **fields: Any) -> Consultation:
    """Records one sitting, counts it, and posts what was talked about and what is likely to be contracted."""
    consultation = store(Consultation(), fields)
    posting.post_count(consultation, Series.CONSULTED, talk.source, talk.grade)
    for series, value in ((Series.CONSULTED, talk.consulted), (Series.EXPECTED, talk.expected)):
        if value is not None:
            figure = ledger.Figure(Measure.MONEY, series, value, talk.source, talk.grade, currency=talk.currency)
            with _refused_below("", value=str(series)):
                ledger.post_figure(caller, consultation, figure)
    return consultation


@action("consultation.update")
def update_consultation(
    caller: Caller, /, consultation: Consultation, *, version: int | None = None, **changes: Any
) -> Consultation:
    expect_version(consultation, version)
    hold(consultation)
    expect_present(consultation)
    store(consultation, changes)
    posting.repost(consultation, Cause.CORRECTION, caller.reason)
    return consultation
