"""Who reads the pages that are measured, and the few records that pages need and volume has none of."""

from typing import Any

NAMES = ("bench", "bench-admin")


def unit() -> Any:
    """One of the departments, where the readers work."""
    from crm.models import OrgUnit

    return OrgUnit.objects.filter(parent_unit__isnull=False).order_by("id")[1]


def clients() -> tuple[Any, ...]:
    """Signed in: a team lead of that unit, who reads what is kept from others or not row by row; and an administrator,
    for the pages that team leads do not get."""
    from django.test import Client

    found = []
    for account in _accounts():
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        found.append(client)
    return tuple(found)


def _accounts() -> list[Any]:
    from django.utils import timezone

    from crm.actions.accounts import open_account, system_caller
    from crm.models import Account
    from crm.values.measures import Role

    accounts = []
    for name, role in zip(NAMES, (Role.TEAM_LEAD, Role.ADMINISTRATOR), strict=True):
        account = Account.objects.filter(username=name).first()
        if account is None:
            said = {"username": name, "name": "측정", "role": role, "org_unit": unit()}
            account = open_account(system_caller(timezone.now()), "a-long-password-here", **said)
        accounts.append(account)
    return accounts


def make_reports() -> None:
    """A published report, a schedule and a run that waits, where there are none: for the pages that show one. The
    published report has one small document instead of all that a real one has: its pages do not read them."""
    from django.utils import timezone

    from crm.actions.accounts import system_caller
    from crm.actions.publications import Made, close_books, keep_documents
    from crm.actions.report_runs import start_run
    from crm.actions.schedules import set_schedule
    from crm.models import Publication, ReportRun, ReportSchedule
    from crm.values.schedules import Rhythm
    from reports.figures.definitions import VERSION

    caller = system_caller(timezone.now())
    if not Publication.objects.exists():
        about = "2022Q3"
        inputs = {"definition": VERSION, "hidden": [], "masked": [], "organisation": "", "is_demo": True}
        published = close_books(caller, "quarterly", about, caller.now, "ko", {"period": about}, inputs)
        keep_documents(caller, published, f"측정 {about}", "0" * 64, [Made("json", "bench.json", b"{}")])
    if not ReportSchedule.objects.exists():
        set_schedule(caller, name="측정", formats=["xlsx"], rhythm=Rhythm.QUARTERLY, day=10)
    if not ReportRun.objects.exists():
        start_run(caller, "quarterly", "2022Q3", caller.now, "ko", ["xlsx"])
