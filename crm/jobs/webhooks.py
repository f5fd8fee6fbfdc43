"""Webhooks are sent each minute: the day's run sends them too, and forgets what was delivered long ago."""

from datetime import date

from django_q.tasks import async_task

from crm.actions.base import Caller
from crm.deliveries import forget_delivered
from crm.jobs.callers import job_caller
from crm.webhooks.sending import send_due


def run_webhooks(caller: Caller, today: date) -> int:
    """Returns how many deliveries arrived."""
    forget_delivered(caller.now)
    return send_webhooks()


def send_webhooks() -> int:
    """What the scheduler calls each minute. Called while another worker sends, it shares the work."""
    return send_due(job_caller)


def hand_to_worker() -> None:
    """Leaves what is due to the scheduler's worker at once; without one it waits for the next round."""
    async_task("crm.jobs.webhooks.send_webhooks", task_name="webhooks")
