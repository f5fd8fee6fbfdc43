"""Consultations as officers keep them: a sitting with what was said in it, put right, and that there was none."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from crm.actions import ledger, posting
from crm.actions.archiving import expect_present, keep_reason, take_in
from crm.actions.base import Caller, action, expect_version, hold
from crm.actions.outcomes import Talk, record_consultation, update_consultation
from crm.models import Consultation, LedgerEntry
from crm.values.measures import Cause, Measure, Series

Said = Mapping[Series, ledger.Figure | None]


@action("consultation.record")
def record_sitting(caller: Caller, /, said: Said, source: str, **fields: Any) -> Consultation:
    """Records a sitting, counts it, and posts the amounts that were talked about in it, each as it was said. Raises
    ValidationError, for an amount by its series."""
    consultation = record_consultation(caller, Talk(source), **fields)
    for series, figure in said.items():
        if figure is not None:
            _correct(caller, consultation, series, None, figure, "")
    return consultation


@action("consultation.update")
def correct_consultation(
    caller: Caller, /, consultation: Consultation, said: Said, *, reason: str = "", version: int | None = None,
    **changes: Any,
) -> Consultation:  # fmt: skip
    """Changes what is on record of a sitting, and the amounts that were talked about in it: None takes one back, one
    that is the same stays. Raises Stale; ValidationError, `reason` where an amount changes without one."""
    expect_version(consultation, version)
    hold(consultation)
    expect_present(consultation)
    standing = money_of(consultation)
    for series, figure in said.items():
        entry = standing.get(series)
        if not _is_same(entry, figure):
            keep_reason(reason)
            _correct(caller, consultation, series, entry, figure, reason)
    return update_consultation(caller, consultation, **changes)


def money_of(consultation: Consultation) -> dict[Series, LedgerEntry]:
    """The amounts that stand, by series."""
    live = posting.live_entries(consultation)
    return {Series(entry.series): entry for entry in live if entry.measure == Measure.MONEY}


def _is_same(entry: LedgerEntry | None, figure: ledger.Figure | None) -> bool:
    if entry is None or figure is None:
        return entry is None and figure is None
    names = ("value", "currency", "basis", "approximate")
    return all(getattr(entry, name) == getattr(figure, name) for name in names)


def _correct(
    caller: Caller,
    consultation: Consultation,
    series: Series,
    entry: LedgerEntry | None,
    figure: ledger.Figure | None,
    reason: str,
) -> None:
    try:
        if figure is None and entry is not None:
            ledger.reverse_figure(caller, entry, Cause.CORRECTION, reason)
        elif figure is not None and entry is not None:
            ledger.correct_figure(caller, entry, figure, reason)
        elif figure is not None:
            ledger.post_figure(caller, consultation, figure)
    except ValidationError as refusal:
        named = {str(series) if name == "value" else name: told for name, told in refusal.error_dict.items()}
        raise ValidationError(named) from refusal


@action("consultation.update")
def archive_consultation(caller: Caller, /, consultation: Consultation, reason: str) -> Consultation:
    """Takes a sitting that was none out of the lists, and its number and amounts out of the totals by reversal. Raises
    ValidationError: `reason`."""
    keep_reason(reason)
    hold(consultation)
    if consultation.archived_at is None:
        posting.reverse_all(consultation, Cause.WITHDRAWAL, reason)
        consultation.archived_at = caller.now
        consultation.save()
    return consultation


@action("consultation.update")
def restore_consultation(caller: Caller, /, consultation: Consultation) -> Consultation:
    """Brings it back, with what its archiving took back, by new entries. Raises ValidationError where the event or one
    of the two sides is archived."""
    archived_at = consultation.archived_at
    take_in(consultation, consultation.event, consultation.exhibitor, consultation.buyer)
    if archived_at is not None:
        posting.post_again(consultation, archived_at, caller.reason)
    return consultation
