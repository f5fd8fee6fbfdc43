"""To whom outcomes fell, as it was known at a time: to a unit and those below it, to a programme that they serve; and
who worked on them together."""

from collections.abc import Set
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import CooperatingUnit, LedgerEntry, OrgUnit, Outcome, OutcomeProgramme
from crm.queries.unit_tree import UnitTree
from reports.figures.at_once import Wanted, at_once, records
from reports.figures.attribution import Holder, ShareOf, ever_fallen_to, ever_fell_to, shares_as_of
from reports.figures.standing import Hex, history, many_as_of, parts_as_of


def units_as_of(as_of: datetime) -> UnitTree:
    """Every unit, with the name that it had and the unit above it; without successors. One that was entered later is
    as first entered: a backfilled record may name it."""
    (tree,) = at_once(as_of, every_unit())
    return cast(UnitTree, tree)


def every_unit() -> Wanted:
    """The same, to be read with others."""
    known = records(OrgUnit, [], "parent_unit_id", "level", "name")

    def made_of(rows: list[Any]) -> UnitTree:
        units = known.made_of(rows)
        return UnitTree(
            {pk: unit.parent_unit_id for pk, unit in units.items()},
            {pk: unit.level for pk, unit in units.items()},
            {pk: unit.name for pk, unit in units.items()},
            {},
            {},
        )

    return replace(known, which=Q(), made_of=made_of)


def shares_among(
    found: QuerySet[LedgerEntry], units: Set[UUID | None], as_of: datetime
) -> dict[UUID, tuple[ShareOf, ...]]:
    """The shares of the outcomes that ever fell to one of the units, by outcome, those of other units included."""
    ids = found.filter(ever_fell_to(Holder.UNIT, units)).order_by().values("outcome_id")
    return shares_as_of(Holder.UNIT, ids, as_of)


def shares_of(
    found: QuerySet[LedgerEntry], holder: Holder, wanted: Set[UUID | None], as_of: datetime, role: str | None = None
) -> dict[UUID, Decimal]:
    """Per cent of each of the outcomes that fall to one of the holders in this role (None: in any)."""
    ids = found.filter(outcome__in=ever_fallen_to(holder, wanted)).order_by().values("outcome_id")
    shares: dict[UUID, Decimal] = {}
    for pk, parts in shares_as_of(holder, ids, as_of).items():
        for part in parts:
            if part.holder in wanted and role in (None, part.role):
                shares[pk] = shares.get(pk, Decimal(0)) + part.share
    return shares


def serving_as_of(found: QuerySet[LedgerEntry], programmes: Set[UUID], as_of: datetime) -> dict[UUID, set[UUID]]:
    """Which of the programmes each of the outcomes served, by outcome."""
    ever: QuerySet[Any] = history(OutcomeProgramme).filter(programme_id__in=programmes).values("outcome_id")
    ids = found.filter(outcome__in=ever).order_by().values("outcome_id")
    served = parts_as_of(OutcomeProgramme, "outcome", ids, as_of, "programme_id")
    among = {outcome: {row.programme_id for row in rows} & programmes for outcome, rows in served.items()}
    return {outcome: serves for outcome, serves in among.items() if serves}


def working_together(found: QuerySet[LedgerEntry], as_of: datetime) -> dict[UUID, tuple[UUID | None, set[UUID]]]:
    """The unit that leads each of the outcomes, None for nobody, and the other units that cooperate, by outcome."""
    ids = found.filter(outcome__isnull=False).order_by().values("outcome_id")
    parts = parts_as_of(CooperatingUnit, "outcome", ids, as_of, "org_unit_id")
    working = {}
    for outcome, (lead,) in many_as_of(Outcome, ids, as_of, Hex("lead_unit_id")).items():
        pk, leads = UUID(outcome), UUID(lead) if lead else None
        working[pk] = (leads, {part.org_unit_id for part in parts.get(pk, [])} - {leads})
    return working
