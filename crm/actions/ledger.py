"""Figures: posting, correcting, taking back. A figure is never overwritten."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions import notifying, posting
from crm.actions.base import Caller, action
from crm.actions.posting import Figure as Figure
from crm.actions.posting import Subject
from crm.actions.settling import settle
from crm.models import LedgerEntry, Outcome
from crm.values.measures import Cause, Measure
from crm.values.notifications import Notice


@action("figure.post")
def post_figure(caller: Caller, /, subject: Subject, figure: Figure) -> LedgerEntry:
    """Adds a figure about an outcome, a consultation or an event.

    Raises ValidationError: a realised value without evidence of the first three grades, a value on a kind that has
    none, a committed value on what does not bind, a wrong currency, a value that is not positive."""
    subject = posting.as_it_stands(subject)
    entry = posting.post(subject, figure)
    posting.derive(subject, None, caller.reason)
    _settle(subject, caller.reason)
    return entry


@action("figure.correct")
def correct_figure(caller: Caller, /, entry: LedgerEntry, figure: Figure, reason: str) -> LedgerEntry:
    """Reverses the entry and posts the figure in its place. Raises Conflict where the entry was reversed already."""
    _require_reason(reason)
    _refuse_followers(entry)
    if figure.measure != entry.measure:
        raise ValidationError({"measure": _("A figure is corrected by one of the same measure.")})
    subject = posting.as_it_stands(posting.subject_of(entry))
    posting.reverse(entry, Cause.CORRECTION, reason)
    corrected = posting.post(subject, figure, cause=Cause.CORRECTION, reason=reason, replaces=entry)
    posting.derive(subject, Cause.CORRECTION, reason)
    _settle(subject, reason)
    return corrected


@action("figure.correct")
def reverse_figure(caller: Caller, /, entry: LedgerEntry, cause: Cause, reason: str) -> LedgerEntry:
    """Takes a figure back, by a reversal with a cause: `correction`, `withdrawal` or `merge`. Returns the reversal."""
    _require_reason(reason)
    if cause not in (Cause.CORRECTION, Cause.WITHDRAWAL, Cause.MERGE):
        raise ValidationError({"cause": _("Take a figure back as a correction, a withdrawal or a merge.")})
    _refuse_followers(entry)
    subject = posting.as_it_stands(posting.subject_of(entry))
    reversal = posting.reverse(entry, cause, reason)
    posting.derive(subject, cause, reason)
    _settle(subject, reason)
    return reversal


def _settle(subject: Subject, reason: str) -> None:
    if isinstance(subject, Outcome):
        settle(subject, reason)
        notifying.outcome_done(Notice.OUTCOME_FIGURES, subject)


def _refuse_followers(entry: LedgerEntry) -> None:
    """What follows from something else is changed there."""
    if entry.derived_from_id is not None:
        raise ValidationError({"__all__": _("This total is derived: change the yearly rate or the term instead.")})
    if entry.measure == Measure.COUNT and entry.outcome_id is not None:
        raise ValidationError({"__all__": _("An outcome counts itself: change or archive the outcome instead.")})


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays with the entry.")})
