"""From compared rows to the deeds that write them, a step at a time."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import accumulate, takewhile
from typing import Any, Final

from django.utils.translation import gettext as _

from crm.actions.base import Caller
from crm.actions.booking import Booking, NamedParty
from crm.actions.imports import ChangedRow, NewRow, NotTogether, RowRefused, apply_rows
from crm.actions.ledger import Figure
from crm.importing.comparing import TEXTS, Compared, compare
from crm.importing.outcome_rows import Jobs, heading_of
from crm.models import ImportBatch, Organisation
from crm.models.labels import label
from crm.values.evidence import Grade
from crm.values.imports import RowGroup
from crm.values.measures import KIND_RULES, Basis, Measure, OutcomeKind, PartyRole, Series
from crm.values.money import ParsedAmount

# Small enough that others who write wait a second and not more while a long sheet is applied, or taken back.
A_STEP: Final = 200
A_STEP_BACK: Final = 200
# Giving a changed outcome back what it had takes as long as putting away so many new ones.
_A_CHANGE: Final = 8
_EXPORTS: Final = frozenset(
    {
        OutcomeKind.EXPECTED_CONTRACT,
        OutcomeKind.PURCHASE_LOI,
        OutcomeKind.ONSITE_CONTRACT,
        OutcomeKind.EXPORT_CONTRACT,
        OutcomeKind.REALISED_EXPORT,
    }
)
_INVESTMENTS: Final = frozenset(
    {OutcomeKind.INVESTMENT_LOI, OutcomeKind.INVESTMENT_MOU, OutcomeKind.DEFINITIVE_AGREEMENT}
)


def take_step(caller: Caller, batch: ImportBatch, today: date, *, begins_at: int) -> ImportBatch:
    """Applies the next rows; those that cannot be are left, and the batch says why. What is left is settled before the
    first row is written, as the page showed it: what the sheet itself puts on record is not what its later rows are
    compared with. Raises Conflict, Forbidden, Stale of the whole sheet: nothing of the step is written then."""
    rows = batch.rows_read()
    ahead, left = rows[begins_at : begins_at + A_STEP], dict(batch.left)
    numbers = {number for number, _cells in ahead}
    wanted = rows if begins_at == 0 else [row for row in ahead if str(row[0]) not in left]
    compared = compare(batch, today, caller.account, wanted)
    left |= {str(row.number): why_left(row) for row in compared if row.group in (RowGroup.WRONG, RowGroup.DUPLICATE)}
    deeds = list(deeds_of((row for row in compared if row.number in numbers), batch, today))
    steps = {"begins_at": begins_at, "position": begins_at + len(ahead), "total": len(rows)}
    together = True
    while True:
        wanted_deeds = [one for one in deeds if str(one.number) not in left]
        try:
            return apply_rows(caller, batch, wanted_deeds, left=left, together=together, **steps)
        except RowRefused as refusal:
            left[str(refusal.number)] = refusal.why
        except NotTogether:
            together = False


def lines_back(batch: ImportBatch) -> int:
    """How many of the last lines are taken back in one step."""
    weighs = accumulate(1 if line["is_new"] else _A_CHANGE for line in reversed(batch.lines))
    return max(1, len(list(takewhile(lambda weight: weight <= A_STEP_BACK, weighs))))


def why_left(row: Compared) -> str:
    """Why the row is not applied, on one line."""
    why = [f"{heading_of(key)}: {text}" for key, text in row.reading.errors.items()]
    why += [f"{label(RowGroup.DUPLICATE)}: {outcome.title}" for outcome in row.candidates]
    return " / ".join(why)


def deeds_of(rows: Iterable[Compared], batch: ImportBatch, today: date) -> Iterator[NewRow | ChangedRow]:
    """What is written: new and changed rows. Wrong ones and those that wait for a decision are left.

    A sheet that has no column for it is led by the unit whose officer brought it, as on the form."""
    usual = batch.org_unit if "lead_unit" not in batch.columns.values() else None
    lead = {"lead_unit": usual.current(today)} if usual else {}
    for row in rows:
        if row.group == RowGroup.NEW:
            yield _new(row, batch, lead)
        elif row.group == RowGroup.CHANGED and row.outcome is not None:
            yield _changed(row, batch)


def _new(row: Compared, batch: ImportBatch, usual: dict[str, Any]) -> NewRow:
    values = row.reading.values
    names = ("kind", "title", "event", "signed_on", "lead_unit", *TEXTS)
    booking = Booking(
        _source(values, batch), Grade.CITY_STATEMENT, _parties(row), list(values.get("cooperating", ())),
        figures=list(_figures(row, batch)),
    )  # fmt: skip
    return NewRow(row.number, booking, usual | {name: values[name] for name in names if name in values})


def _changed(row: Compared, batch: ImportBatch) -> ChangedRow:
    values, outcome = row.reading.values, row.outcome
    assert outcome is not None
    changed = {difference.field for difference in row.differences}
    names = [name for name in ("event", "lead_unit", "signed_on", "title", *TEXTS) if name in changed]
    figures = [f for f in _figures(row, batch) if ("amount" if f.measure == Measure.MONEY else "jobs") in changed]
    return ChangedRow(
        row.number,
        outcome,
        {name: values[name] for name in names},
        [party for name, party in zip(row.parties, _parties(row), strict=True) if name in changed],
        list(values.get("cooperating", ())) if "cooperating" in changed else [],
        figures,
    )


def _source(values: dict[str, Any], batch: ImportBatch) -> str:
    return values.get("source") or (_("Sheet: %(file)s") % {"file": batch.file_name})[:300]


def _parties(row: Compared) -> list[NamedParty]:
    kind = OutcomeKind(row.reading.values["kind"])
    roles = {"party": PartyRole.PARTNER, "partner": PartyRole.PARTNER}
    if kind in _EXPORTS:
        roles = {"party": PartyRole.EXPORTER, "partner": PartyRole.BUYER}
    elif kind in _INVESTMENTS:
        roles["party"] = PartyRole.INVESTOR
    found: list[NamedParty] = []
    for name, company in row.parties.items():
        named: Organisation | str = company
        found.append(NamedParty(named, roles[name]))
    return found


def _figures(row: Compared, batch: ImportBatch) -> Iterator[Figure]:
    values = row.reading.values
    kind, source = OutcomeKind(values["kind"]), _source(values, batch)
    amount: ParsedAmount | None = values.get("amount")
    if amount is not None:
        yield Figure(
            Measure.MONEY, KIND_RULES[kind].count_series, amount.value, source, Grade.CITY_STATEMENT,
            currency=amount.currency, basis=amount.basis or Basis.UNSTATED, approximate=amount.approximate,
            as_reported=amount.as_reported,
        )  # fmt: skip
    jobs: Jobs | None = values.get("jobs")
    if jobs is not None:
        yield Figure(
            Measure.JOBS, Series.ANNOUNCED, Decimal(jobs.value), source, Grade.CITY_STATEMENT,
            approximate=jobs.approximate, as_reported="" if jobs.as_reported.isdecimal() else jobs.as_reported,
        )  # fmt: skip
