"""What a report shows of single records to its reader. Its totals are the city's, and the same for everybody."""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from uuid import UUID

from crm.models import LedgerEntry
from crm.models.labels import label
from crm.permissions import EVERYTHING, Sight
from crm.values.measures import Disclosure
from reports.figures.annual_contracts import AnnualContracts
from reports.figures.contract_lines import ContractLine, ContractListing, YearlyContract
from reports.figures.entries import EntryFigures
from reports.figures.event_chain import Followed
from reports.figures.event_plans import Task
from reports.figures.listing import Listing, Made
from reports.figures.outcomes import OutcomeFigures, OutcomeHead, OutcomeListing
from reports.figures.performance import Detail, Performance
from reports.figures.quarterly import QuarterlyFigures


def seen_by(figures: QuarterlyFigures, sight: Sight) -> QuarterlyFigures:
    """The figures with the lines of what is kept from the reader masked, in the language that is on."""
    if sight == EVERYTHING:
        return figures
    return replace(
        figures, outcomes=seen_outcomes(figures.outcomes, sight), entries=seen_entries(figures.entries, sight)
    )


def seen_performance(found: Performance, sight: Sight) -> Performance:
    """The same of one event: with what is said of its outcomes, what came of them and what is to be done."""
    if sight == EVERYTHING:
        return found
    return replace(
        found,
        record=replace(found.record, hosts=tuple(one for one in found.record.hosts if one[2] not in sight.hidden)),
        outcomes=seen_outcomes(found.outcomes, sight),
        details={pk: _detail(pk, one, sight) for pk, one in found.details.items()},
        followed=tuple(_followed(one, sight) for one in found.followed),
        concurrences=tuple(one for one in found.concurrences if one.outcome not in sight.masked),
        tasks=tuple(_task(one, sight) for one in found.tasks),
        entries=seen_entries(found.entries, sight),
    )


def seen_contracts(found: AnnualContracts, sight: Sight) -> AnnualContracts:
    """The same of contracts with a yearly amount: what is kept back has neither a rate nor years."""
    if sight == EVERYTHING:
        return found
    seen = found.but_for(sight.masked)

    def read(some: Sequence[ContractLine]) -> list[YearlyContract]:
        return [_contract(one, sight) if one.outcome.id in sight.masked else one for one in seen.contracts.read(some)]

    return replace(
        seen,
        contracts=ContractListing(seen.contracts.lines, read, seen.contracts.about),
        outcomes=seen_outcomes(found.outcomes, sight),
        entries=seen_entries(found.entries, sight),
    )


def _contract(one: YearlyContract, sight: Sight) -> YearlyContract:
    currency = "" if one.outcome.id in sight.hidden else one.currency
    head = _head(one.outcome, sight, label(Disclosure.CLOSED))
    return replace(one, outcome=head, currency=currency, rate=None, as_reported=(), total=None, years=())


def _detail(outcome: UUID, detail: Detail, sight: Sight) -> Detail:
    if outcome not in sight.masked:
        return detail
    return Detail(detail.share, (), "", "", () if outcome in sight.hidden else detail.cooperating)


def _followed(one: Followed, sight: Sight) -> Followed:
    if one.came_of_id in sight.hidden:
        one = replace(one, came_of=label(Disclosure.CLOSED))
    if one.id in sight.hidden:
        return replace(one, title=label(Disclosure.CLOSED), kind="", stage="", place="")
    return one


def _task(task: Task, sight: Sight) -> Task:
    if not sight.hidden.intersection(task.about):
        return task
    return replace(task, title=label(Disclosure.CLOSED), unit="", is_taken=True, cooperating=(), due_on=None)


def seen_outcomes(outcomes: OutcomeListing, sight: Sight) -> OutcomeListing:
    """Each as its reader may see it; in the same places, so that nobody learns from the order what he may not know."""
    # There may be tens of thousands: each is looked at where it is shown, in the language that is on now.
    closed = label(Disclosure.CLOSED)
    heads = Made(outcomes.heads, lambda head: _head(head, sight, closed) if head.id in sight.masked else head)
    return OutcomeListing(heads, lambda some: [_outcome(one, sight) for one in outcomes.read(some)])


def seen_entries(entries: Listing[EntryFigures], sight: Sight) -> Listing[EntryFigures]:
    return entries.each(lambda one: _entry(one, sight))


def masked_entries(entries: tuple[LedgerEntry, ...], sight: Sight) -> tuple[LedgerEntry, ...]:
    return tuple(_masked(entry) if entry.outcome_id in sight.masked else entry for entry in entries)


def _head(head: OutcomeHead, sight: Sight, closed: str) -> OutcomeHead:
    if head.id not in sight.hidden:
        return head._replace(is_behind=False)
    return head._replace(is_behind=False, title=closed, also_called=())


def _outcome(outcome: OutcomeFigures, sight: Sight) -> OutcomeFigures:
    if outcome.id not in sight.masked:
        return outcome
    quiet = replace(outcome, values=(), evidence_grade="", delay_reason="", next_steps="", note="")
    if outcome.id not in sight.hidden:
        return quiet
    return replace(quiet, title=label(Disclosure.CLOSED), also_called=(), parties=(), event="", lead_unit="")


def _entry(one: EntryFigures, sight: Sight) -> EntryFigures:
    outcome = one.entry.outcome_id
    if outcome not in sight.masked:
        return one
    return EntryFigures(_masked(one.entry), label(Disclosure.CLOSED) if outcome in sight.hidden else one.about)


def _masked(entry: LedgerEntry) -> LedgerEntry:
    """The line without what it says; what is shown is a copy, the ledger's own row is nobody's to change."""
    shown, unknown = copy(entry), label(Disclosure.CLOSED)
    shown.value = shown.krw_value = shown.fx_rate = shown.fx_date = None
    shown.as_reported, shown.reason, shown.source = "", "", unknown
    shown.evidence_id = None
    return shown
