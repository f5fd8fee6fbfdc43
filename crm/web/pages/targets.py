"""Targets: those of a year, and those of an event beside what it reached and what it cost."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.models import Account, Event, Target
from crm.models.labels import label
from crm.permissions import may
from crm.values.measures import Measure, OutcomeKind, Payer, Series
from crm.values.money import format_percent
from crm.web.pages.links import Badge, Fact
from crm.web.text import UNKNOWN, value_text
from reports.figures.targets import Achievement, Cost, event_results

_WHOLE: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """`address` leads to its form, empty where the reader may not change it."""

    what: str
    holder: str
    period: str
    target: str
    actual: str
    rate: Badge | None
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class CostLine:
    item: str
    payer: str
    amount: str
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class EventResultSection:
    targets: tuple[TargetLine, ...]
    costs: tuple[CostLine, ...]
    totals: tuple[Fact, ...]
    add_target: str
    add_cost: str


@dataclass(frozen=True, slots=True)
class TargetsPage:
    year: int
    before: int
    after: int
    lines: tuple[TargetLine, ...]
    may_set: bool


def event_result_section(event: Event, reader: Account, now: datetime) -> EventResultSection:
    found = event_results(event.pk, now)
    is_present = event.archived_at is None
    may_set, may_edit = (is_present and may(reader, verb, event) for verb in ("target.set", "event.update"))
    return EventResultSection(
        targets=tuple(_achieved(a, may_set) for a in found.achievements),
        costs=tuple(
            CostLine(
                cost.item,
                label(Payer(cost.payer)),
                value_text(cost.amount, cost.currency),
                cost.source,
                reverse("cost", args=[cost.id]) if may_edit else "",
            )
            for cost in found.items
        ),
        totals=tuple(_total(cost) for cost in found.costs),
        add_target=f"{reverse('target-new')}?event={event.pk}" if may_set else "",
        add_cost=reverse("cost-new", args=[event.pk]) if may_edit else "",
    )


def _total(cost: Cost) -> Fact:
    parts = [f"{label(Payer(payer))} {value_text(amount, cost.currency)}" for payer, amount in cost.parts]
    total = value_text(cost.total, cost.currency)
    return Fact(_("Cost in all"), f"{total} ({' · '.join(parts)})" if len(parts) > 1 else total)


def _achieved(found: Achievement, may_set: bool) -> TargetLine:
    rate = None
    if found.percent is not None:
        rate = Badge(format_percent(found.percent), "good" if found.percent >= _WHOLE else "calm")
    return TargetLine(
        what=what_text(found.measure, found.series, found.kind),
        holder="",
        period="",
        target=value_text(found.target, found.currency),
        actual=UNKNOWN if found.actual is None else value_text(found.actual, found.currency),
        rate=rate,
        source=found.source,
        address=reverse("target", args=[found.id]) if may_set else "",
    )


def what_text(measure: str, series: str, kind: str) -> str:
    """`투자협약 · 건수 · 발표`: what a target is about."""
    of = label(OutcomeKind(kind)) if kind else _("Every kind")
    return " · ".join((of, label(Measure(measure)), label(Series(series))))


def targets_page(year: int, reader: Account) -> TargetsPage:
    """The targets of one year, those of the city first."""
    found = Target.objects.filter(year=year, archived_at=None).select_related("org_unit", "programme")
    may_set = may(reader, "target.set")
    rows = sorted(found, key=lambda t: (bool(t.org_unit or t.programme), _holder(t), t.quarter or 0, str(t.pk)))
    return TargetsPage(year, year - 1, year + 1, tuple(_line(target, may_set) for target in rows), may_set)


def _line(target: Target, may_set: bool) -> TargetLine:
    return TargetLine(
        what=what_text(target.measure, target.series, target.kind),
        holder=_holder(target),
        period=period_text(target.year, target.quarter),
        target=value_text(target.value, target.currency),
        actual="",
        rate=None,
        source=target.source,
        address=reverse("target", args=[target.pk]) if may_set else "",
    )


def _holder(target: Target) -> str:
    return str(target.org_unit or target.programme or pgettext("target of", "The whole city"))


def period_text(year: int | None, quarter: int | None) -> str:
    if year is None:
        return ""
    if quarter is None:
        return _("%(year)d, the whole year") % {"year": year}
    return _("%(year)d, quarter %(quarter)d") % {"year": year, "quarter": quarter}


def target_place(target: Target) -> tuple[str, UUID | int | None]:
    """The name and the argument of the page that shows the target."""
    return ("event", target.event_id) if target.event_id else ("targets", target.year)
