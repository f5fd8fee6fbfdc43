"""Taking back what a sheet has put on record, in steps."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.db.models import Max, prefetch_related_objects
from django.utils.translation import gettext as _

from crm.actions.base import Caller, Conflict, Forbidden, action, gathering, hold, hold_each, store
from crm.actions.imports import own
from crm.actions.ledger import Figure, correct_figure, reverse_figure
from crm.actions.notifying import told_together
from crm.actions.organisations import put_away_unused
from crm.actions.outcomes import Circle, put_away_each, update_outcome
from crm.actions.settling import settled_together
from crm.models import Account, CooperatingUnit, ImportBatch, LedgerEntry, OrgUnit, Outcome, Party
from crm.permissions import may
from crm.queries.as_then import as_they_were
from crm.queries.standing_entries import standing_entries
from crm.queries.visibility import remember_cooperation, units_of
from crm.values.evidence import Grade
from crm.values.imports import ImportState
from crm.values.measures import Basis, Cause, DateBasis, Measure, PartyRole, Series

Line = Mapping[str, Any]
Held = Mapping[UUID, Outcome]


@action("import.undo")
def undo_rows(
    caller: Caller, /, batch: ImportBatch, *, begins_at: int, most: int, leaves_changed: bool = False
) -> ImportBatch:
    """Takes back the last of what was applied, so many lines at most: new outcomes are archived, and the companies that
    came with them and that nothing else names by now; changed ones get back what they had, by new entries. Raises
    Conflict where another step came first, or before the first one naming what was changed since, unless the caller has
    said that it stays: `leaves_changed`. What somebody changes while it is taken back stays as it is, and the batch
    says so."""
    own(caller, batch)
    hold(batch)
    if batch.state not in (ImportState.APPLIED, ImportState.APPLYING, ImportState.UNDOING):
        raise Conflict(_("There is nothing to take back."))
    if len(batch.lines) != begins_at:
        raise Conflict(_("Another step came first. Load the page again."))
    is_begun, lines, ahead = batch.state == ImportState.UNDOING, batch.lines[-most:], batch.lines[:-most]
    # What is held is what is looked at: nobody changes it between the two.
    held = hold_each(Outcome, {UUID(line["id"]) for line in lines})
    changed = changed_since(batch, lines if is_begun else batch.lines)
    if changed and not is_begun and not leaves_changed:
        titles = ", ".join(line["title"] for line in changed[:5])
        raise Conflict(_("Changed since: %(titles)s. Nothing was undone.") % {"titles": titles})
    taken = [line for line in reversed(lines) if line not in changed]
    _check_own(caller.account, [held[UUID(line["id"])] for line in taken])
    with gathering(), told_together(), settled_together():
        for is_new, some in groupby(taken, lambda line: bool(line["is_new"])):
            (_put_away if is_new else _give_back)(caller, list(some), held, _reason(batch))
    companies = [UUID(pk) for line in taken for pk in line.get("companies", ())]
    stay = (batch.companies_left if is_begun else {}) | put_away_unused(companies, _reason(batch))
    # What was left before is of no use any more: none of the sheet is to be on record.
    left, told = dict(batch.left) if is_begun else {}, _("%(title)s: changed since, not taken back.")
    left |= {str(line["number"]): told % {"title": line["title"]} for line in changed}
    state = ImportState.UNDOING if ahead else ImportState.UNDONE
    told_now = {"lines": ahead, "left": left, "companies_left": stay, "position": batch.position if ahead else 0}
    return store(batch, {**told_now, "state": state})


def _reason(batch: ImportBatch) -> str:
    return _("Import taken back: %(file)s") % {"file": batch.file_name}


def _check_own(account: Account, outcomes: Sequence[Outcome]) -> None:
    """Raises Forbidden where one of them is not the account's to change."""
    remember_cooperation(units_of(account), outcomes)
    if not all(may(account, "outcome.update", outcome) for outcome in outcomes):
        raise Forbidden("outcome.update")


def _put_away(caller: Caller, lines: Sequence[Line], held: Held, reason: str) -> None:
    """New outcomes. Archiving is the team lead's; taking back what one's own sheet has just recorded is one's own."""
    put_away_each(caller, [held[UUID(line["id"])] for line in lines], reason)


def _give_back(caller: Caller, lines: Sequence[Line], held: Held, reason: str) -> None:
    """Changed outcomes get back what they had."""
    told = [figure for line in lines for figure in line["figures"]]
    wanted = {UUID(figure[name]) for figure in told for name in ("is", "was") if figure[name]}
    prefetch_related_objects([held[UUID(line["id"])] for line in lines], "event", "lead_unit")
    posted = LedgerEntry.objects.select_related("evidence", "derived_from").in_bulk(wanted)
    again = _posted_again([posted[UUID(figure["is"])] for figure in told])
    circles = _circles_before(lines)
    for line in lines:
        _give_back_figures(caller, line, held[UUID(line["id"])], posted | again, reason)
        fields = {name: _loaded(name, value) for name, value in line["before"].items()}
        outcome = held[UUID(line["id"])]
        update_outcome(caller, outcome, circles[outcome.pk], version=outcome.version, **fields)


def _posted_again(entries: Sequence[LedgerEntry]) -> dict[UUID, LedgerEntry]:
    """By the id of an entry that was reversed since, the one that says the same and stands: what another took its place
    with was taken back."""
    standing: dict[UUID, list[LedgerEntry]] = {}
    present = standing_entries().filter(outcome__in={entry.outcome_id for entry in entries}, derived_from=None)
    for entry in present.select_related("evidence"):
        standing.setdefault(cast(UUID, entry.outcome_id), []).append(entry)
    found: dict[UUID, LedgerEntry] = {}
    for entry in entries:
        those = standing.get(cast(UUID, entry.outcome_id), [])
        if entry not in those and (same := [one for one in those if _as_figure(one) == _as_figure(entry)]):
            found[entry.pk] = same[0]
    return found


def _circles_before(lines: Sequence[Line]) -> dict[UUID, Circle]:
    """By outcome, the parties and the cooperating units that it had, where it has others by now."""
    present: dict[str, Any] = {"outcome__in": [UUID(line["id"]) for line in lines], "archived_at": None}
    tied = set(Party.objects.filter(**present).values_list("outcome_id", "pk"))
    cooperating = set(CooperatingUnit.objects.filter(**present).values_list("outcome_id", "org_unit_id"))
    parties = Party.objects.select_related("organisation").in_bulk({UUID(pk) for x in lines for pk in x["parties"]})
    units = OrgUnit.objects.in_bulk({UUID(pk) for line in lines for pk in line["units"]})
    found: dict[UUID, Circle] = {}
    for line in lines:
        outcome = UUID(line["id"])
        had, cooperated = ([UUID(pk) for pk in line[name]] for name in ("parties", "units"))
        is_tied = {pk for one, pk in tied if one == outcome} == set(had)
        cooperates = {pk for one, pk in cooperating if one == outcome} == set(cooperated)
        found[outcome] = Circle(
            None if is_tied else [(parties[pk].organisation, PartyRole(parties[pk].role)) for pk in had],
            None if cooperates else [units[pk] for pk in cooperated],
        )
    return found


def _give_back_figures(
    caller: Caller, line: Line, outcome: Outcome, posted: Mapping[UUID, LedgerEntry], reason: str
) -> None:
    for told in line["figures"]:
        entry = posted[UUID(told["is"])]
        # What a figure changes of the outcome itself is to stand in the one that is given back then.
        entry.outcome = outcome
        if told["was"]:
            correct_figure(caller, entry, _as_figure(posted[UUID(told["was"])]), reason)
        else:
            reverse_figure(caller, entry, Cause.CORRECTION, reason)


def changed_since(batch: ImportBatch, lines: Sequence[Line]) -> list[Line]:
    """Those of the batch's lines of which somebody changed, archived or posted on since what they wrote, and which do
    not say by now what they wrote: what a later sheet changed and gave back stands in nobody's way."""
    ids = [UUID(line["id"]) for line in lines]
    changed = dict(Outcome.objects.filter(pk__in=ids).values_list("pk", "updated_at"))
    posted = LedgerEntry.objects.filter(outcome__in=ids).values_list("outcome").annotate(Max("recorded_at"))
    last = changed | {pk: max(changed[pk], at) for pk, at in posted}
    written: dict[datetime, set[UUID]] = {}
    for line in lines:
        if last[UUID(line["id"])] > (at := _written_at(batch, line)):
            written.setdefault(at, set()).add(UUID(line["id"]))
    others = {pk for at, some in written.items() for pk in some - as_they_were(some, at)}
    return [line for line in lines if UUID(line["id"]) in others]


def _written_at(batch: ImportBatch, line: Line) -> datetime:
    return datetime.fromisoformat(line["at"]) if "at" in line else batch.updated_at


def _as_figure(entry: LedgerEntry) -> Figure:
    """The figure as it was posted."""
    return Figure(
        measure=Measure(entry.measure),
        series=Series(entry.series),
        value=entry.value,
        source=entry.source,
        evidence_grade=Grade(entry.evidence_grade),
        currency=entry.currency,
        basis=Basis(entry.basis),
        approximate=entry.approximate,
        as_reported=entry.as_reported,
        value_date=entry.value_date if entry.date_basis == DateBasis.STATED else None,
        evidence=entry.evidence,
        for_year=entry.for_year,
    )


def _loaded(name: str, value: Any) -> Any:
    """`name` is one of those columns of an outcome that a row may change."""
    column = Outcome._meta.get_field(name)
    if isinstance(column, models.ForeignKey):
        return column.related_model._base_manager.get(pk=value) if value else None
    assert isinstance(column, models.Field)
    return column.to_python(value)
