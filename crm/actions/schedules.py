"""Schedules of reports: set, changed, stopped; and the runs that became due."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.base import Caller, Conflict, action, expect_version, hold, store
from crm.models import ReportRun, ReportSchedule
from crm.values.schedules import Covered, Rhythm, covered, last_due

_WHEN: Final = ("rhythm", "day", "is_active")
_TOLD: Final = ("report", "language", "formats", "recipients", "publishes")


@action("report.schedule")
def set_schedule(caller: Caller, /, *, id: UUID | None = None, **fields: Any) -> ReportSchedule:
    """Sets a schedule with the fields of ReportSchedule; it starts on the day it is set. Sent twice with one id it is
    one. Raises ValidationError: no format, an address that is none, a day that the rhythm has not."""
    if id is not None and (known := ReportSchedule.objects.filter(pk=id).first()) is not None:
        return known
    own = {"created_by": caller.account, "starts_on": timezone.localdate(caller.now)}
    return store(ReportSchedule(), {**fields, **own, **({"id": id} if id else {})})


@action("report.schedule")
def change_schedule(
    caller: Caller, /, schedule: ReportSchedule, *, version: int | None = None, **changes: Any
) -> ReportSchedule:
    """Changes it. With another time it starts anew: what was due before is not made up for. Raises ValidationError,
    Stale."""
    expect_version(schedule, version)
    hold(schedule)
    if any(name in changes and changes[name] != getattr(schedule, name) for name in _WHEN):
        changes["starts_on"] = timezone.localdate(caller.now)
    return store(schedule, changes)


@action("report.schedule")
def stop_schedule(caller: Caller, /, schedule: ReportSchedule, *, version: int | None = None) -> ReportSchedule:
    """Nothing is run by it any more, until it is made active again. Raises Stale."""
    expect_version(schedule, version)
    hold(schedule)
    return store(schedule, {"is_active": False})


def begin_due_runs(caller: Caller, today: date) -> int:
    """A run for each schedule that is due and was not run for that day: doing it twice makes none. Returns how many."""
    begun = 0
    for schedule in ReportSchedule.objects.filter(is_active=True, archived_at=None).order_by("pk"):
        due = last_due(Rhythm(schedule.rhythm), schedule.day, today)
        if due < schedule.starts_on or ReportRun.objects.filter(key=_key(schedule, due)).exists():
            continue
        try:
            begin_due_run(caller, schedule, due)
            begun += 1
        except Conflict:  # another worker was faster
            continue
    return begun


@action("job.run")
def begin_due_run(caller: Caller, /, schedule: ReportSchedule, due: date) -> ReportRun:
    """Queues the run of that day. Raises Conflict where there is one already."""
    if ReportRun.objects.filter(key=_key(schedule, due)).exists():
        raise Conflict(_("The run of that day was begun already."))
    return store(ReportRun(), {**told_by(schedule, due), "key": _key(schedule, due), **_begun(caller)})


def told_by(schedule: ReportSchedule, on: date) -> dict[str, Any]:
    """What a run of the schedule has from it, run on that day."""
    told = {name: getattr(schedule, name) for name in _TOLD}
    return {**told, "schedule": schedule, "about": str(covered(Covered(schedule.covers), on))}


def _begun(caller: Caller) -> dict[str, Any]:
    return {"as_of": caller.now, "asked_by": caller.account}


def _key(schedule: ReportSchedule, due: date) -> str:
    return f"{schedule.pk}:{due.isoformat()}"
