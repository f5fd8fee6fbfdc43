"""The day's run: plan by rule, hand over, escalate, one mail each, the reports that are due, the webhooks, clear what
was read long ago, look for what was recorded twice. Whatever was done before is not done again."""

from datetime import date

from django.utils import timezone

from crm import answers, sequencer
from crm.actions.base import Caller
from crm.actions.digests import send_digests
from crm.actions.follow_up_rules import escalate_overdue, plan_by_rules
from crm.actions.handing_over import hand_over_to_successors
from crm.actions.notifications import clear_read_notifications
from crm.actions.outcome_pairs import find_similar_outcomes
from crm.jobs.callers import job_caller
from crm.jobs.reports import run_reports
from crm.jobs.webhooks import run_webhooks


def tidy_for_clients(caller: Caller, today: date) -> int:
    """Numbers what nobody has read yet of the feed; forgets old tombstones, and answers that nobody asks for again.
    Returns how many were forgotten."""
    sequencer.number_committed(all_of_it=True)
    return sequencer.forget_tombstones(caller.now) + answers.forget_old(caller.now)


STEPS = {
    "hand-over": hand_over_to_successors,
    "plan": plan_by_rules,
    "escalate": escalate_overdue,
    "digest": send_digests,
    "reports": run_reports,
    "webhooks": run_webhooks,
    "clear": clear_read_notifications,
    "sync": tidy_for_clients,
    "alike": find_similar_outcomes,
}


def run_daily(today: date | None = None, only: str = "") -> dict[str, int]:
    """Runs the steps in their order, or one of them, for that day (today in Seoul). Returns how much each did."""
    day = today or timezone.localdate()
    return {name: step(job_caller(), day) for name, step in STEPS.items() if only in ("", name)}
