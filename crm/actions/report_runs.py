"""Runs of reports: begun by hand, taken in hand by a worker, told how far they are, cancelled, begun again.

A worker writes only while it holds the run's latest attempt: what was thought dead and goes on after all is refused.
Each recipient's mail is claimed before it is sent; a worker that is killed in between has claimed it, and it is not
sent again. Where the mail server refused, the reason stands in the row and the next attempt tries again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.base import Caller, Conflict, action, store
from crm.actions.publications import Made
from crm.actions.schedules import told_by
from crm.models import ReportRun, ReportSchedule, RunFile, RunMail
from crm.values.schedules import RunFault, RunState, RunStep

# Nothing that a run does between two words of it takes so long.
BROKEN_OFF_AFTER: Final = timedelta(minutes=30)


@action("report.schedule")
def start_scheduled(caller: Caller, /, schedule: ReportSchedule, *, id: UUID | None = None) -> ReportRun:
    """Queues a run of the schedule now, by hand. Sent twice with one id it is one run."""
    if id is not None and (known := ReportRun.objects.filter(pk=id).first()) is not None:
        return known
    fields = told_by(schedule, timezone.localdate(caller.now))
    return _queued(caller, {**fields, "as_of": caller.now}, id)


@action("report.schedule")
def start_run(
    caller: Caller,
    /,
    report: str,
    about: str,
    as_of: datetime,
    language: str,
    formats: Sequence[str],
    *,
    id: UUID | None = None,
) -> ReportRun:
    """Queues the making of files, which are sent to nobody. Raises ValidationError."""
    if id is not None and (known := ReportRun.objects.filter(pk=id).first()) is not None:
        return known
    fields = {"report": report, "about": about, "as_of": as_of, "language": language, "formats": list(formats)}
    return _queued(caller, fields, id)


def _queued(caller: Caller, fields: dict[str, Any], id: UUID | None) -> ReportRun:
    return store(ReportRun(), {**fields, "asked_by": caller.account, **({"id": id} if id else {})})


@action("report.schedule")
def cancel_run(caller: Caller, /, run: ReportRun) -> ReportRun:
    """Cancels it: at once where it waits or broke off, else the worker stops before its next step. Raises Conflict
    where it has ended."""
    run = _held(run)
    if run.state == RunState.QUEUED or is_broken_off(run, caller.now):
        return store(run, {**_end(caller), "state": RunState.CANCELLED, "cancel_asked": True})
    if run.state != RunState.RUNNING:
        raise Conflict(_("This run has ended already."))
    return store(run, {"cancel_asked": True})


@action("report.schedule")
def start_again(caller: Caller, /, run: ReportRun) -> ReportRun:
    """Queues it again: files that are kept and mails that were sent stay. Raises Conflict where it goes on, or has
    nothing left to do."""
    run = _held(run)
    if not may_start_again(run, caller.now):
        raise Conflict(_("There is nothing to start again."))
    fresh = {"state": RunState.QUEUED, "step": RunStep.WAITING, "detail": "", "progress": 0, "ended_at": None}
    return store(run, {**fresh, "fault": "", "error": "", "cancel_asked": False})


def is_broken_off(run: ReportRun, now: datetime) -> bool:
    """Whether the worker that had it in hand has not been heard of for too long."""
    return run.state == RunState.RUNNING and now - run.updated_at > BROKEN_OFF_AFTER


def may_start_again(run: ReportRun, now: datetime) -> bool:
    if run.state in (RunState.FAILED, RunState.CANCELLED) or is_broken_off(run, now):
        return True
    return run.state == RunState.DONE and run.mails.exclude(error="").exists()


@action("job.run")
def claim_run(caller: Caller, /, run: ReportRun) -> ReportRun:
    """Takes a waiting run in hand. Raises Conflict where it does not wait any more."""
    run = _held(run)
    if run.state != RunState.QUEUED:
        raise Conflict(_("Another worker has this run in hand, or it has ended."))
    begun = {"state": RunState.RUNNING, "attempt": run.attempt + 1, "started_at": caller.now}
    return store(run, begun)


@action("job.run")
def note_progress(
    caller: Caller, /, run: ReportRun, attempt: int, *, step: RunStep, progress: int, detail: str = ""
) -> ReportRun:
    """Tells what the run is at, in percent of the whole. Raises Conflict where the run is another worker's by now."""
    return store(_mine(run, attempt), {"step": step, "progress": progress, "detail": detail})


@action("job.run")
def keep_run_files(caller: Caller, /, run: ReportRun, attempt: int, title: str, made: Sequence[Made]) -> ReportRun:
    """Keeps the documents under their hashes; a format that an earlier attempt kept stays as it is."""
    run = _mine(run, attempt)
    kept = set(run.files.values_list("format", flat=True))
    for one in made:
        if one.format not in kept:
            fields = {"format": one.format, "file_name": one.name, "sha256": one.sha256, "size": len(one.content)}
            store(RunFile(), {"run": run, "file": _written(one), **fields})
    return store(run, {"title": title})


def _written(made: Made) -> str:
    """Written before the transaction ends: a file without a row does no harm, a row without its file would."""
    path = f"sent/{made.sha256[:2]}/{made.sha256}.{made.format}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(made.content))
    return path


@action("job.run")
def claim_mail(caller: Caller, /, run: ReportRun, attempt: int, address: str) -> RunMail:
    """Takes one recipient's mail in hand. Raises Conflict where that was done, unless sending it failed."""
    run = _mine(run, attempt)
    present = RunMail.objects.filter(run=run, address=address).first()
    if present is None:
        return store(RunMail(), {"run": run, "address": address})
    if present.sent_at is not None or not present.error:
        raise Conflict(_("This mail was sent already."))
    return store(present, {"error": ""})


@action("job.run")
def note_mail(caller: Caller, /, mail: RunMail, error: str = "") -> RunMail:
    """Notes that the mail was sent, or why not."""
    return store(mail, {"error": error[:1000]} if error else {"sent_at": caller.now})


@action("job.run")
def end_run(
    caller: Caller,
    /,
    run: ReportRun,
    attempt: int,
    state: RunState,
    *,
    fault: RunFault | None = None,
    error: str = "",
) -> ReportRun:
    """Ends it: done, failed with its fault, or cancelled."""
    ended = {**_end(caller), "state": state, "fault": fault or "", "error": error[:2000]}
    if state == RunState.DONE:
        ended["progress"] = 100
    return store(_mine(run, attempt), ended)


def _end(caller: Caller) -> dict[str, Any]:
    return {"step": RunStep.ENDED, "detail": "", "ended_at": caller.now}


def _held(run: ReportRun) -> ReportRun:
    return ReportRun.objects.select_for_update().get(pk=run.pk)


def _mine(run: ReportRun, attempt: int) -> ReportRun:
    run = _held(run)
    if run.state != RunState.RUNNING or run.attempt != attempt:
        raise Conflict(_("Another worker has this run in hand, or it has ended."))
    return run
