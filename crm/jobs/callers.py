"""Who the jobs are to the actions; the clock is read here."""

from django.utils import timezone

from crm.actions.accounts import system_caller
from crm.actions.base import Caller


def job_caller() -> Caller:
    now = timezone.now()
    return Caller(system_caller(now).account, now, "job")
