"""The demonstration's accounts: one a role and those of an approval, each in a department of the founding case."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from crm.actions.accounts import issue_token, open_account, set_password, system_caller, token_digest
from crm.models import Account, ApiToken, OrgUnit
from crm.values.measures import Role

_ACCOUNTS = (
    ("officer", "담당자 (시연)", Role.OFFICER, "ai-industry"),
    ("teamlead", "팀장 (시연)", Role.TEAM_LEAD, "economy-startup"),
    ("leader", "간부 (시연)", Role.LEADERSHIP, "planning"),
    ("admin", "관리자 (시연)", Role.ADMINISTRATOR, "autonomous-admin"),
    ("client", "연계 시스템 (시연)", Role.API_CLIENT, "economy-startup"),
    # Whom a walk from draft to approval takes besides: two cooperating units, a reviewer, an approver.
    ("head", "국장 (시연)", Role.BUREAU_HEAD, "ai-industry"),
    ("teamlead2", "팀장 2 (시연)", Role.TEAM_LEAD, "climate-environment"),
    ("teamlead3", "팀장 3 (시연)", Role.TEAM_LEAD, "ai-industry"),
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What the demonstration's users sign in with: one password for all, and the client's token."""

    password: str
    token: str


def open_demo_accounts(now: datetime) -> Keys:
    """Opens the accounts that are missing and sets the keys: those of the environment (DEMO_PASSWORD, DEMO_TOKEN),
    else the ones made at the first start, which are kept beside the database."""
    keys = _keys()
    caller = system_caller(now)
    for username, name, role, unit in _ACCOUNTS:
        account = Account.objects.filter(username=username).first()
        if account is None:
            place = OrgUnit.objects.filter(code=unit).first()
            open_account(caller, keys.password, username=username, name=name, role=role, org_unit=place)
        elif not account.check_password(keys.password):
            set_password(caller, account, keys.password)
    if not ApiToken.objects.filter(digest=token_digest(keys.token)).exists():
        client = Account.objects.get(username="client")
        issue_token(caller, client, "demo", ["read", "write", "feed", "personal"], keys.token)
    return keys


def usernames() -> list[str]:
    return [username for username, *_rest in _ACCOUNTS]


def _keys() -> Keys:
    kept = Path(settings.DEMO_KEYS)
    made = json.loads(kept.read_text()) if kept.exists() else {}
    keys = Keys(
        os.environ.get("DEMO_PASSWORD") or made.get("password") or secrets.token_urlsafe(9),
        os.environ.get("DEMO_TOKEN") or made.get("token") or secrets.token_urlsafe(24),
    )
    kept.touch(mode=0o600, exist_ok=True)
    kept.write_text(json.dumps(asdict(keys)))
    return keys
