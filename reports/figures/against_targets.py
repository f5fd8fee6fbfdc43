"""The targets of a year, whose they are, and what is reached of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry, Target
from crm.queries.unit_tree import UnitTree
from reports.figures.attribution import WHOLE
from reports.figures.classes import classed
from reports.figures.slices import PROGRAMME, AskedYear, Shared, confirmed_totals, serving, shared
from reports.figures.standing import sums
from reports.figures.targets import Achievement, Part, achievement

_BY = ("kind", "value_quarter", "series", "currency")


@dataclass(frozen=True, slots=True)
class Aimed:
    """A target of the year, whose it is ("" for the city's), and its quarter (None: the whole year). `scope` is what
    it is a target of: bureau (a unit with those below it), programme or "", and `scope_id` its id."""

    holder: str
    scope: str
    scope_id: str
    quarter: int | None
    achieved: Achievement


def against_targets(asked: AskedYear, tree: UnitTree) -> tuple[Aimed, ...]:
    """Only what there are targets of is read: once for the city, once for units, once for programmes."""
    wanted = Target.objects.filter(year=asked.year, archived_at=None).select_related("org_unit", "programme")
    targets = sorted(wanted, key=lambda t: (str(t.org_unit or t.programme or ""), t.quarter or 0, str(t.pk)))
    found = confirmed_totals(classed(date(asked.year, 1, 1), asked.last_day, asked.as_of))
    city, units, programmes = (
        list(read(found.filter(_about(of_them)))) if (of_them := [t for t in targets if _scope(t) == scope]) else []
        for scope, read in _READ.items()
    )
    aimed = []
    for target in targets:
        shares = city
        if target.programme_id:
            shares = [one for one in programmes if one[0] == str(target.programme_id)]
        elif target.org_unit_id:
            below = {str(unit) for unit in tree.below(target.org_unit_id)}
            shares = [one for one in units if one[0] in below]
        aimed.append(_aimed(target, shares))
    return tuple(aimed)


def _scope(target: Target) -> str:
    return "programme" if target.programme_id else "bureau" if target.org_unit_id else ""


def _about(targets: Iterable[Target]) -> Q:
    """What one of the targets may count."""
    about = Q()
    for target in targets:
        about |= Q(measure=target.measure, series=target.series)
    return about


def _of_city(found: QuerySet[LedgerEntry]) -> Shared:
    return (("", row, WHOLE) for row in sums(found, None, *_BY))


def _of_units(found: QuerySet[LedgerEntry]) -> Shared:
    return shared(found, "org_unit_id", "outcome__lead_unit_id", *_BY)


def _of_programmes(found: QuerySet[LedgerEntry]) -> Shared:
    return ((str(row[PROGRAMME]), row, WHOLE) for row in sums(serving(found), None, PROGRAMME, *_BY))


_READ = {"": _of_city, "bureau": _of_units, "programme": _of_programmes}


def _aimed(target: Target, shares: Shared) -> Aimed:
    parts = [_part(row, share) for _to, row, share in shares if target.quarter in (None, row["value_quarter"] % 4 + 1)]
    scope_id = str(target.programme_id or target.org_unit_id or "")
    holder = str(target.org_unit or target.programme or "")
    return Aimed(holder, _scope(target), scope_id, target.quarter, achievement(target, parts))


def _part(row: dict[str, Any], share: Decimal) -> Part:
    krw = None if row["without_rate"] or row["krw"] is None else row["krw"] * share / WHOLE
    value = row["total"] * share / WHOLE
    return Part(row["measure"], row["series"], row["kind"], row["currency"], value, krw)
