"""The scenarios of targets, costs and merges: one an action, for the laws' tests."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from crm.actions import batches, merges, organisations, publications, report_runs, schedules, targets
from crm.actions.base import Caller
from crm.models import EventCost, Merge, Publication, ReportRun, ReportSchedule, RunMail, SimilarPair, Target
from crm.values.measures import Measure, Series
from crm.values.schedules import RunState, RunStep

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


def _named_in_a_batch(w: "World") -> None:
    waiting: list[UUID] = []

    def make(who: Caller) -> Any:
        return organisations.record_organisation(who, name="주식회사 솔")

    batches.record_batch(w.caller, [make], waiting.extend)
    merges.note_similar_names(w.caller, waiting)


def _edition(w: "World") -> Publication:
    asked = {"period": "2023Q1"}
    return publications.close_books(w.caller, "quarterly", "2023Q1", w.caller.now, "ko", asked, {})


def _published(w: "World") -> Publication:
    made = [publications.Made("csv", "q.csv", b"a,b")]
    return publications.keep_documents(w.caller, _edition(w), "분기 보고", "0" * 64, made)


def _schedule(w: "World") -> ReportSchedule:
    sent = {"formats": ["csv"], "recipients": ["a@example.invalid"]}
    return schedules.set_schedule(w.caller, name="분기 보고", rhythm="monthly", day=1, **sent)


def _claimed(w: "World") -> ReportRun:
    return report_runs.claim_run(w.caller, report_runs.start_scheduled(w.caller, _schedule(w)))


def _mail(w: "World") -> RunMail:
    return report_runs.claim_mail(w.caller, _claimed(w), 1, "a@example.invalid")


def _cancelled(w: "World") -> ReportRun:
    return report_runs.cancel_run(w.caller, report_runs.start_scheduled(w.caller, _schedule(w)))


def _kept(w: "World") -> ReportRun:
    return report_runs.keep_run_files(w.caller, _claimed(w), 1, "분기", [publications.Made("csv", "q.csv", b"a")])


PLANNING: dict[str, Callable[["World"], object]] = {
    "set_target": _target,
    "change_target": lambda w: targets.change_target(w.caller, _target(w), value=Decimal(5)),
    "remove_target": lambda w: targets.remove_target(w.caller, _target(w)),
    "restore_target": lambda w: targets.restore_target(w.caller, targets.remove_target(w.caller, _target(w))),
    "record_cost": _cost,
    "change_cost": lambda w: targets.change_cost(w.caller, _cost(w), item="통역"),
    "merge_organisations": _merged,
    "undo_merge": lambda w: merges.undo_merge(w.caller, _merged(w)),
    "note_similar_names": _named_in_a_batch,
    "tell_apart": lambda w: merges.tell_apart(w.caller, _pair(w)),
    "ask_again": lambda w: merges.ask_again(w.caller, merges.tell_apart(w.caller, _pair(w))),
    "close_books": _edition,
    "keep_documents": _published,
    "set_schedule": _schedule,
    "change_schedule": lambda w: schedules.change_schedule(w.caller, _schedule(w), day=2),
    "stop_schedule": lambda w: schedules.stop_schedule(w.caller, _schedule(w)),
    "begin_due_run": lambda w: schedules.begin_due_run(w.caller, _schedule(w), w.caller.now.date()),
    "start_scheduled": lambda w: report_runs.start_scheduled(w.caller, _schedule(w)),
    "start_run": lambda w: report_runs.start_run(w.caller, "quarterly", "2023Q1", w.caller.now, "ko", ["csv"]),
    "cancel_run": _cancelled,
    "start_again": lambda w: report_runs.start_again(w.caller, _cancelled(w)),
    "claim_run": _claimed,
    "note_progress": lambda w: report_runs.note_progress(w.caller, _claimed(w), 1, step=RunStep.FIGURES, progress=9),
    "keep_run_files": _kept,
    "claim_mail": _mail,
    "note_mail": lambda w: report_runs.note_mail(w.caller, _mail(w)),
    "end_run": lambda w: report_runs.end_run(w.caller, _claimed(w), 1, RunState.DONE),
    "remove_cost": lambda w: targets.remove_cost(w.caller, _cost(w)),
    "restore_cost": lambda w: targets.restore_cost(w.caller, targets.remove_cost(w.caller, _cost(w))),
}
