"""Reports that are due are made and sent, and those that somebody asked for: by the daily run, or at once where a
worker runs."""

from datetime import date
from typing import Final
from uuid import UUID

from django_q.tasks import async_task

from crm.actions.base import Caller
from crm.actions.schedules import begin_due_runs
from crm.jobs.callers import job_caller
from crm.models import ReportRun
from crm.values.schedules import RunState
from reports.sending import run

_TASK: Final = "crm.jobs.reports.work_off"


def run_reports(caller: Caller, today: date) -> int:
    """Begins what is due and works off everything that waits. Returns how many runs this worker took to their end."""
    begin_due_runs(caller, today)
    waiting = ReportRun.objects.filter(state=RunState.QUEUED).order_by("created_at", "id")
    return len([pk for pk in list(waiting.values_list("pk", flat=True)) if run(job_caller, pk) is not None])


def hand_to_worker(run_id: UUID) -> None:
    """Leaves the run to the scheduler's worker; without one it waits for the next daily run."""
    async_task(_TASK, str(run_id), task_name=f"report {run_id}"[:100])


def work_off(run_id: str) -> bool:
    """What the worker calls. Called again for a run that is in hand or has ended, it does nothing."""
    return run(job_caller, UUID(run_id)) is not None
