"""The scenarios of targets and costs: one an action, for the laws' tests."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from crm.actions import targets
from crm.models import EventCost, Target
from crm.values.measures import Measure, Series

if TYPE_CHECKING:
    from tests.laws.scenarios import World


def _target(w: "World") -> Target:
    said = {"measure": Measure.COUNT, "series": Series.ANNOUNCED, "value": Decimal(4), "source": "업무계획"}
    return targets.set_target(w.caller, org_unit=w.unit, year=2023, **said)


def _cost(w: "World") -> EventCost:
    paid = {"amount": Decimal(120_000_000), "currency": "KRW", "source": "정산서"}
    return targets.record_cost(w.caller, event=w.event, item="공동관 임차", **paid)


PLANNING: dict[str, Callable[["World"], object]] = {
    "set_target": _target,
    "change_target": lambda w: targets.change_target(w.caller, _target(w), value=Decimal(5)),
    "remove_target": lambda w: targets.remove_target(w.caller, _target(w)),
    "record_cost": _cost,
    "change_cost": lambda w: targets.change_cost(w.caller, _cost(w), item="통역"),
    "remove_cost": lambda w: targets.remove_cost(w.caller, _cost(w)),
}
