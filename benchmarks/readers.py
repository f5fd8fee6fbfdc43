"""Who reads the pages that are measured."""

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
    for account in accounts():
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        found.append(client)
    return tuple(found)


def accounts() -> list[Any]:
    """The team lead and the administrator, opened where they are missing."""
    from django.utils import timezone

    from crm.actions.accounts import open_account, system_caller
    from crm.models import Account
    from crm.values.measures import Role

    found = []
    for name, role in zip(NAMES, (Role.TEAM_LEAD, Role.ADMINISTRATOR), strict=True):
        account = Account.objects.filter(username=name).first()
        if account is None:
            said = {"username": name, "name": "측정", "role": role, "org_unit": unit()}
            account = open_account(system_caller(timezone.now()), "a-long-password-here", **said)
        found.append(account)
    return found
