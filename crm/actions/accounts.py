"""Accounts and API tokens."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions.base import Caller, action, store
from crm.actions.handing_over import release
from crm.models import Account, ApiToken
from crm.values.measures import Role
from crm.values.scopes import is_scope

TOKEN_LIFE = timedelta(days=365)
_SYSTEM = "system"


def system_caller(now: datetime, known_at: datetime | None = None) -> Caller:
    """The caller of commands and jobs: an administrator's account that nobody can sign in to. Opened when missing."""
    account = Account.objects.filter(username=_SYSTEM).first()
    if account is None:
        nobody = Account(username=_SYSTEM, name="Ieum", role=Role.ADMINISTRATOR)
        account = open_account(
            Caller(nobody, now, "command"),
            None,
            username=_SYSTEM,
            name="Ieum",
            role=Role.ADMINISTRATOR,
            is_active=False,
        )
    return Caller(account, now, "command", known_at=known_at)


@action("account.open")
def open_account(caller: Caller, /, password: str | None, **fields: Any) -> Account:
    """Opens an account with the fields of Account. Without a password nobody can sign in to it."""
    account = Account()
    account.set_password(password)
    return store(account, fields)


@action("account.update")
def update_account(caller: Caller, /, account: Account, **changes: Any) -> Account:
    """Changes an account. Its user name stays: reports print it as the one who recorded."""
    if changes.get("username", account.username) != account.username:
        raise ValidationError({"username": _("A user name stays as it is; open another account.")})
    leaves = account.is_active and changes.get("is_active") is False
    store(account, changes)
    if leaves:
        # Nobody's list keeps what an account that is closed was to do.
        release(account, None)
    return account


@action("account.update")
def set_password(caller: Caller, /, account: Account, password: str) -> Account:
    account.set_password(password)
    account.save()
    return account


@action("token.issue")
def issue_token(
    caller: Caller,
    /,
    account: Account,
    label: str,
    scopes: list[str],
    secret: str | None = None,
    *,
    expires_at: datetime | None = None,
    id: UUID | None = None,
) -> tuple[ApiToken, str]:
    """The token's record and the token itself, which is shown this once: only its hash is kept. Lives a year, or less.
    Raises ValidationError: `scopes`, `expires_at`."""
    if not scopes:
        raise ValidationError({"scopes": _("Choose at least one scope.")})
    unknown = sorted(scope for scope in set(scopes) if not is_scope(scope))
    if unknown:
        raise ValidationError({"scopes": _("There is no such scope: %(names)s.") % {"names": ", ".join(unknown)}})
    plain = secret or secrets.token_urlsafe(32)
    fields: dict[str, Any] = {
        "account": account,
        "label": label,
        "scopes": sorted(set(scopes)),
        "expires_at": expires_at or caller.now + TOKEN_LIFE,
        **({"id": id} if id else {}),
    }
    if not caller.now < fields["expires_at"] <= caller.now + TOKEN_LIFE:
        raise ValidationError({"expires_at": _("A day from today on, within a year.")})
    token = ApiToken(digest=token_digest(plain))
    return store(token, fields), plain


@action("token.revoke")
def revoke_token(caller: Caller, /, token: ApiToken) -> ApiToken:
    """From now on nobody gets in with it. Revoked again it stays as it is."""
    return token if token.revoked_at else store(token, {"revoked_at": caller.now})


def token_digest(plain: str) -> str:
    """Tokens are long and random: a plain hash is enough, and can be looked up."""
    return hashlib.sha256(plain.encode()).hexdigest()
