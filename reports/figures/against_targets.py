"""The targets of a year, whose they are, what is reached of them, and what there was a year before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry, Programme, Target
from crm.values.measures import Basis, Standing
from crm.values.money import difference
from crm.values.periods import quarter_serial
from reports.figures.at_once import Wanted, last_of
from reports.figures.attribution import WHOLE
from reports.figures.classes import classed
from reports.figures.falling import serving_as_of, shares_among, units_as_of
from reports.figures.read_once import Said, sums_of
from reports.figures.slices import AskedYear, confirmed_totals
from reports.figures.standing import grouped, history, latest, record_as_of, sums
from reports.figures.targets import Achievement, Part, achievement, reached

_SCOPES = ("", "bureau", "programme")
_BY = ("kind", "value_quarter", "series", "currency")
_Share = tuple[UUID | None, dict[str, Any], Decimal]
"""To whom a sum falls, and its share in per cent."""


@dataclass(frozen=True, slots=True)
class Aimed:
    """A target of the year, whose it is ("" for the city's), and its quarter (None: the whole year). `scope` is what
    it is a target of: bureau (a unit with those below it), programme or "", and `scope_id` its id. `before` is what
    was reached in the same quarters a year before, `change` what is reached now less that; None: nothing is known."""

    holder: str
    scope: str
    scope_id: str
    quarter: int | None
    achieved: Achievement
    before: Decimal | None
    change: Decimal | None


def against_targets(asked: AskedYear, quarter: int | None = None) -> tuple[Aimed, ...]:
    """All targets of the year as they were known, or those of the whole year and of that quarter. Only what there are
    targets of is read: once for the city, once for units, once for programmes."""
    wanted = latest(Target, asked.as_of).filter(year=asked.year, event=None)
    if quarter is not None:
        wanted = wanted.filter(Q(quarter=None) | Q(quarter=quarter))
    targets = list(wanted)
    if not targets:
        return ()
    # Both years, to the end of the same quarter.
    found = confirmed_totals(classed(date(asked.year - 1, 1, 1), asked.last_day, asked.as_of))
    tree = units_as_of(asked.as_of) if any(target.org_unit_id for target in targets) else None
    programmes = {target.programme_id for target in targets if target.programme_id}
    names = {pk: row.name for pk, row in record_as_of(Programme, programmes, asked.as_of, "name").items()}
    if tree is not None:
        names |= tree.names
    city = _of_city(found, [t for t in targets if not t.programme_id and not t.org_unit_id])
    theirs = [t for t in targets if t.org_unit_id]
    below = tree.below_each({t.org_unit_id for t in theirs}) if tree else {}
    shared = _by_holder(_of_units(found, asked, theirs, set().union(*below.values())))
    served = _by_holder(_of_programmes(found, asked, [t for t in targets if t.programme_id]))
    aimed = []
    for target in targets:
        shares = city
        if target.programme_id:
            shares = served[target.programme_id]
        elif target.org_unit_id:
            shares = [one for unit in below[target.org_unit_id] & shared.keys() for one in shared[unit]]
        aimed.append(_aimed(target, shares, asked, names))
    return tuple(sorted(aimed, key=_place))


def targets_of(holder: UUID, as_of: datetime) -> Wanted:
    """All that were ever set to one unit or programme, to be read with others, for `set_for`."""
    theirs = history(Target).filter(Q(org_unit=holder) | Q(programme=holder)).values("id")
    names = ("archived_at", "year", "event_id", "quarter", "org_unit_id", "programme_id")
    return last_of(Target, Q(id__in=theirs), as_of, *names, "measure", "series", "kind", "currency", "source", "value")


def set_for(rows: Iterable[Any], holder: UUID, year: int, quarter: int) -> list[Any]:
    """Those of them that were set to the holder for the whole year or for that quarter."""
    return [
        row
        for row in rows
        if row.archived_at is None and row.event_id is None and holder in (row.org_unit_id, row.programme_id)
        if row.year == year and row.quarter in (None, quarter)
    ]


def counting(targets: Iterable[Any], asked: AskedYear) -> Q:
    """True of what may count towards the targets, and of what did a year before."""
    first = date(asked.year - 1, 1, 1)
    days = Q(value_date__gte=first, value_date__lte=asked.last_day)
    return days & Q(standing=Standing.CONFIRMED, basis=Basis.TOTAL) & _about(targets)


def against_those(
    targets: Iterable[Any],
    asked: AskedYear,
    entries: Iterable[Said],
    shares: Mapping[UUID, Sequence[Decimal]],
    name: str,
) -> tuple[Aimed, ...]:
    """As `against_targets`, of the targets of one holder of that name; of the outcomes of these entries `shares` are
    those that fall to it."""
    first = date(asked.year - 1, 1, 1)
    found = [
        one
        for one in entries
        if first <= one.value_date <= asked.last_day
        if one.standing == Standing.CONFIRMED and one.basis == Basis.TOTAL
    ]
    rows = sums_of(found, "measure", "outcome_id", *_BY)
    shared = [(None, row, share) for row in rows for share in shares.get(row["outcome_id"], ())]
    names = {holder: name for one in targets if (holder := one.programme_id or one.org_unit_id)}
    return tuple(sorted((_aimed(target, shared, asked, names) for target in targets), key=_place))


def _place(aimed: Aimed) -> tuple[Any, ...]:
    return _SCOPES.index(aimed.scope), aimed.holder, aimed.quarter or 0, aimed.achieved.measure, str(aimed.achieved.id)


def _about(targets: Iterable[Any]) -> Q:
    """What one of the targets may count."""
    about = Q()
    # Each once: of two hundred units with the same target the database would ask two hundred times of every entry.
    for measure, series in sorted({(target.measure, target.series) for target in targets}):
        about |= Q(measure=measure, series=series)
    return about


def _of_city(found: QuerySet[LedgerEntry], targets: list[Any]) -> list[_Share]:
    return [(None, row, WHOLE) for row in sums(found.filter(_about(targets)), None, *_BY)] if targets else []


def _by_holder(shares: Iterable[_Share]) -> dict[UUID | None, list[_Share]]:
    found = defaultdict[UUID | None, list[_Share]](list)
    for one in shares:
        found[one[0]].append(one)
    return found


def _of_units(
    found: QuerySet[LedgerEntry], asked: AskedYear, targets: list[Any], units: Set[UUID | None]
) -> list[_Share]:
    if not units:
        return []
    about = found.filter(_about(targets))
    shares = shares_among(about, units, asked.as_of)
    return [
        (part.holder, row, part.share)
        for row in _of_each(about, shares)
        for part in shares[row["outcome_id"]]
        if part.holder in units
    ]


def _of_programmes(found: QuerySet[LedgerEntry], asked: AskedYear, targets: list[Any]) -> list[_Share]:
    if not targets:
        return []
    about = found.filter(_about(targets))
    served = serving_as_of(about, {target.programme_id for target in targets}, asked.as_of)
    return [
        (programme, row, WHOLE) for row in _of_each(about, served) for programme in sorted(served[row["outcome_id"]])
    ]


def _of_each(about: QuerySet[LedgerEntry], outcomes: Mapping[UUID, Any]) -> Iterable[dict[str, Any]]:
    """What stands of each of these outcomes."""
    if not outcomes:
        return
    rows = grouped(about.filter(outcome__in=outcomes), "measure", "outcome_id", *_BY, in_order=False)
    yield from (row for row in rows if row["standing_entries"])


def _aimed(target: Any, shares: Iterable[_Share], asked: AskedYear, names: Mapping[UUID, str]) -> Aimed:
    last = quarter_serial(asked.last_day)
    quarters = range(asked.year * 4, last + 1)
    if target.quarter is not None:
        quarters = range(asked.year * 4 + target.quarter - 1, asked.year * 4 + target.quarter)
    rows = [(row["value_quarter"], _part(row, share)) for _to, row, share in shares]
    achieved = achievement(target, [part for quarter, part in rows if quarter in quarters])
    before = reached(target, [part for quarter, part in rows if quarter + 4 in quarters])
    scope_id = target.programme_id or target.org_unit_id
    return Aimed(
        names.get(scope_id, ""),
        "programme" if target.programme_id else "bureau" if target.org_unit_id else "",
        str(scope_id or ""),
        target.quarter,
        achieved,
        before,
        difference(achieved.actual, before),
    )


def _part(row: dict[str, Any], share: Decimal) -> Part:
    krw = None if row["without_rate"] or row["krw"] is None else row["krw"] * share / WHOLE
    value = row["total"] * share / WHOLE
    return Part(row["measure"], row["series"], row["kind"], row["currency"], value, krw)
