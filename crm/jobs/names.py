"""The names of a batch are compared with all others after it: a nightly push need not wait for that."""

from typing import Final
from uuid import UUID

from django_q.tasks import async_task

from crm.actions.base import Conflict
from crm.actions.merges import note_similar_names
from crm.jobs.callers import job_caller

_TASK: Final = "crm.jobs.names.compare"
_TRIES: Final = 3


def hand_to_worker(ids: list[UUID]) -> None:
    """Leaves the organisations to the scheduler's worker, together with the transaction that is open. Without a worker
    they wait for one."""
    async_task(_TASK, [str(pk) for pk in ids], task_name=f"names {ids[0]}"[:100])


def compare(ids: list[str]) -> int:
    """What the worker calls. Returns how many were compared. Raises Conflict where somebody came first each time."""
    for turn in range(_TRIES):
        try:
            note_similar_names(job_caller(), [UUID(pk) for pk in ids])
        except Conflict:
            if turn == _TRIES - 1:
                raise
        else:
            break
    return len(ids)
