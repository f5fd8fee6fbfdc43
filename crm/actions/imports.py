"""Imports: keeping a sheet, deciding on its rows, applying them in steps. crm.actions.taking_back takes it back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from crm.actions.asking import asked_together
from crm.actions.base import Caller, Conflict, Forbidden, Stale, action, expect_version, gathering, hold, store
from crm.actions.booking import Booking, NamedParty, known_parties
from crm.actions.ledger import Figure, correct_figure, post_figure
from crm.actions.merges import compared_together
from crm.actions.notifying import told_together
from crm.actions.outcomes import Circle, Testimony, record_outcome, update_outcome
from crm.models import ImportBatch, Organisation, OrgUnit, Outcome
from crm.models.base import StaleRecord, current_work
from crm.permissions import may
from crm.queries.rates import rates_read_once
from crm.queries.standing_entries import standing_entries
from crm.values.imports import ImportState
from crm.values.measures import Basis, Measure

Made = dict[str, Organisation]


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that becomes an outcome."""

    number: int
    booking: Booking
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that changes one. `parties` and `units` are added to those that it has, `figures` take the place of what
    stands in their measure and series."""

    number: int
    outcome: Outcome
    fields: Mapping[str, Any]
    parties: list[NamedParty] = field(default_factory=list)
    units: list[OrgUnit] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


class RowRefused(Exception):
    """The row with that line number cannot be written: `why`, in the user's language."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"line {number}: {why}")
        self.number, self.why = number, why


class NotTogether(Exception):
    """The rows cannot be written many at a time: the database refused one of them, and did not say which."""


@action("import.read")
def keep_sheet(caller: Caller, /, **fields: Any) -> ImportBatch:
    """Keeps what a file says, to be looked at. Nothing of it is on record yet."""
    return store(ImportBatch(), {**fields, "author": caller.account, "org_unit": caller.account.org_unit})


@action("import.read")
def change_sheet(caller: Caller, /, batch: ImportBatch, *, version: int | None = None, **changes: Any) -> ImportBatch:
    """Other columns, a mended cell, a decision. Raises Conflict once it is applied, Stale."""
    expect_version(batch, version)
    own(caller, batch)
    if batch.state != ImportState.READ:
        raise Conflict(_("This sheet was applied already."))
    return store(batch, changes)


@action("import.apply")
def apply_rows(
    caller: Caller,
    /,
    batch: ImportBatch,
    rows: Sequence[NewRow | ChangedRow],
    *,
    left: Mapping[str, str],
    begins_at: int,
    position: int,
    total: int,
    together: bool = True,
) -> ImportBatch:
    """Writes these rows, which were `left` so far, and how far the sheet is, or nothing of it: a step that is lost
    half-way is taken again, and one that is sent twice is refused. A company that several rows name is recorded once.

    Raises Conflict where another step came first; RowRefused for the first row that cannot be written; NotTogether
    where it has to be taken again without writing rows `together`."""
    own(caller, batch)
    hold(batch)
    if batch.state not in (ImportState.READ, ImportState.APPLYING) or batch.position != begins_at:
        raise Conflict(_("Another step came first. Load the page again."))
    try:
        with _gathered() if together else nullcontext():
            lines = [*batch.lines, *_lines(caller, batch, rows)]
    except (IntegrityError, DataError, ValidationError) as error:
        # What one row is refused for by itself says so; this is what all of them are written with at the end.
        raise NotTogether from error
    state = ImportState.APPLIED if position >= total else ImportState.APPLYING
    return store(batch, {"lines": lines, "left": dict(left), "position": position, "state": state})


@contextmanager
def _gathered() -> Iterator[None]:
    with gathering(), compared_together(), asked_together(), told_together(), rates_read_once():
        yield


def _lines(caller: Caller, batch: ImportBatch, rows: Sequence[NewRow | ChangedRow]) -> Iterator[dict[str, Any]]:
    """Of each row what was done, with the companies that it put on record."""
    made: Made = {}
    for row in rows:
        known = set(made)
        line = _written(caller, batch, row, made)
        companies = [str(company.pk) for key, company in made.items() if key not in known]
        yield {**line, "companies": companies, "number": row.number, "at": caller.now.isoformat()}


def _written(caller: Caller, batch: ImportBatch, row: NewRow | ChangedRow, made: Made) -> dict[str, Any]:
    try:
        return _create(caller, row, made) if isinstance(row, NewRow) else _change(caller, batch, row, made)
    except ValidationError as error:
        raise RowRefused(row.number, " ".join(error.messages)) from error
    except Forbidden as error:
        raise RowRefused(row.number, _("This outcome is on record and not yours to change.")) from error
    except (StaleRecord, Stale, Conflict) as error:
        raise RowRefused(row.number, _("Somebody changed this meanwhile.")) from error
    except (IntegrityError, DataError) as error:
        if current_work().gathered is not None:
            raise
        is_taken = isinstance(error, IntegrityError)
        why = _("Somebody changed this meanwhile.") if is_taken else _("This cannot be kept as it is.")
        raise RowRefused(row.number, why) from error


def _create(caller: Caller, row: NewRow, made: Made) -> dict[str, Any]:
    """A sheet is no evidence: figures come with the outcome, and need not wait for any."""
    booking = row.booking
    parties = known_parties(caller, booking.parties, made)
    testimony = Testimony(booking.source, booking.grade, figures=booking.figures)
    outcome = record_outcome(caller, testimony, Circle(parties, booking.cooperating_units, []), **row.fields)
    return {"id": str(outcome.pk), "title": outcome.title, "is_new": True}


def _change(caller: Caller, batch: ImportBatch, row: ChangedRow, made: Made) -> dict[str, Any]:
    outcome = row.outcome
    if not may(caller.account, "outcome.update", outcome):
        raise Forbidden("outcome.update")
    before = {name: _stored(outcome, name) for name in row.fields}
    parties = [NamedParty(p.organisation, p.role) for p in _parties(outcome)]
    units = [c.org_unit for c in outcome.cooperating_units.filter(archived_at=None).select_related("org_unit")]
    kept = {"parties": [str(p.pk) for p in _parties(outcome)], "units": [str(unit.pk) for unit in units]}
    circle = Circle(known_parties(caller, [*parties, *row.parties], made), [*units, *row.units])
    update_outcome(caller, outcome, circle, version=outcome.version, **row.fields)
    figures = [_restate(caller, outcome, figure, batch.file_name) for figure in row.figures]
    told = {"id": str(outcome.pk), "title": outcome.title, "is_new": False}
    return {**told, "before": before, **kept, "figures": figures}


def _restate(caller: Caller, outcome: Outcome, figure: Figure, file_name: str) -> dict[str, str]:
    """Corrects the one figure of this measure and series, or posts the first. What it was stays readable. A row that
    does not say what its amount is, a total or a yearly rate, leaves that as it stands."""
    present = standing_entries().filter(
        outcome=outcome, measure=figure.measure, series=figure.series, derived_from=None
    )
    several = list(present.exclude(measure=Measure.COUNT).order_by("id"))
    if len(several) > 1:
        message = _("“%(title)s” has several figures of this kind. Correct them on its page.")
        raise ValidationError({"amount": message % {"title": outcome.title}})
    if several:
        if figure.basis == Basis.UNSTATED:
            figure = replace(figure, basis=Basis(several[0].basis))
        corrected = correct_figure(caller, several[0], figure, _("Import: %(file)s") % {"file": file_name})
        return {"was": str(several[0].pk), "is": str(corrected.pk)}
    return {"was": "", "is": str(post_figure(caller, outcome, figure).pk)}


def _parties(outcome: Outcome) -> list[Any]:
    return list(outcome.parties.filter(archived_at=None).select_related("organisation").order_by("created_at", "id"))


def _stored(outcome: Outcome, name: str) -> Any:
    value = getattr(outcome, Outcome._meta.get_field(name).attname)  # type: ignore[union-attr]
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def own(caller: Caller, batch: ImportBatch) -> None:
    """Raises Forbidden for somebody else's sheet."""
    if batch.author_id != caller.account.pk:
        raise Forbidden("import.read")
