"""What a report shows of single records to its reader. Its totals are the city's, and the same for everybody."""

from copy import copy
from dataclasses import replace

from crm.models import LedgerEntry
from crm.models.labels import label
from crm.permissions import EVERYTHING, Sight
from crm.values.measures import Disclosure
from reports.figures.outcomes import OutcomeFigures
from reports.figures.quarterly import QuarterlyFigures


def seen_by(figures: QuarterlyFigures, sight: Sight) -> QuarterlyFigures:
    """The figures with the lines of what is kept from the reader masked, in the language that is on."""
    if sight == EVERYTHING:
        return figures
    names = {pk: label(Disclosure.CLOSED) if pk in sight.hidden else name for pk, name in figures.names.items()}
    return replace(
        figures,
        outcomes=tuple(_outcome(o, sight) for o in figures.outcomes),
        entries=masked_entries(figures.entries, sight),
        names=names,
    )


def masked_entries(entries: tuple[LedgerEntry, ...], sight: Sight) -> tuple[LedgerEntry, ...]:
    return tuple(_entry(entry) if entry.outcome_id in sight.masked else entry for entry in entries)


def _outcome(outcome: OutcomeFigures, sight: Sight) -> OutcomeFigures:
    if outcome.id not in sight.masked:
        return outcome
    quiet = replace(outcome, values=(), evidence_grade="", delay_reason="", next_steps="", note="")
    if outcome.id not in sight.hidden:
        return quiet
    return replace(quiet, title=label(Disclosure.CLOSED), also_called=(), parties=(), event="", lead_unit="")


def _entry(entry: LedgerEntry) -> LedgerEntry:
    """The line without what it says; what is shown is a copy, the ledger's own row is nobody's to change."""
    shown, unknown = copy(entry), label(Disclosure.CLOSED)
    shown.value = shown.krw_value = shown.fx_rate = shown.fx_date = None
    shown.as_reported, shown.reason, shown.source = "", "", unknown
    shown.evidence_id = None
    return shown
