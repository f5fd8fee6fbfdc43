"""The scenarios of targets, costs and merges: one an action, for the laws' tests."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from crm.actions import merges, organisations, publications, targets
from crm.models import EventCost, Merge, Publication, SimilarPair, Target
from crm.values.measures import Measure, Series

if TYPE_CHECKING:
    from tests.laws.scenarios import World


def _target(w: "World") -> Target:
    said = {"measure": Measure.COUNT, "series": Series.ANNOUNCED, "value": Decimal(4), "source": "업무계획"}
    return targets.set_target(w.caller, org_unit=w.unit, year=2023, **said)


def _cost(w: "World") -> EventCost:
    paid = {"amount": Decimal(120_000_000), "currency": "KRW", "source": "정산서"}
    return targets.record_cost(w.caller, event=w.event, item="공동관 임차", **paid)


def _merged(w: "World") -> Merge:
    again = organisations.record_organisation(w.caller, name="주식회사 솔", region="광주")
    return merges.merge_organisations(w.caller, w.company, again, take=["region"], reason="같은 회사")


def _pair(w: "World") -> SimilarPair:
    again = organisations.record_organisation(w.caller, name="주식회사 솔")
    return SimilarPair.objects.get(second=again)


def _edition(w: "World") -> Publication:
    asked = {"period": "2023Q1"}
    return publications.close_books(w.caller, "quarterly", "2023Q1", w.caller.now, "ko", asked, {})


def _published(w: "World") -> Publication:
    made = [publications.Made("csv", "q.csv", b"a,b")]
    return publications.keep_documents(w.caller, _edition(w), "분기 보고", "0" * 64, made)


PLANNING: dict[str, Callable[["World"], object]] = {
    "set_target": _target,
    "change_target": lambda w: targets.change_target(w.caller, _target(w), value=Decimal(5)),
    "remove_target": lambda w: targets.remove_target(w.caller, _target(w)),
    "record_cost": _cost,
    "change_cost": lambda w: targets.change_cost(w.caller, _cost(w), item="통역"),
    "merge_organisations": _merged,
    "undo_merge": lambda w: merges.undo_merge(w.caller, _merged(w)),
    "tell_apart": lambda w: merges.tell_apart(w.caller, _pair(w)),
    "ask_again": lambda w: merges.ask_again(w.caller, merges.tell_apart(w.caller, _pair(w))),
    "close_books": _edition,
    "keep_documents": _published,
    "remove_cost": lambda w: targets.remove_cost(w.caller, _cost(w)),
}
