"""The tokens of API clients: which there are, what they open, until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import ApiToken
from crm.values.periods import SEOUL
from crm.web.pages.links import Badge
from crm.web.pages.paging import Paging, page_of
from crm.web.text import day_text

SCOPE_WORDS: Final[dict[str, Promise]] = {
    "read": gettext_lazy("Read everything that the account may read (read)"),
    "write": gettext_lazy("Write everything that the account may write (write)"),
    "feed": gettext_lazy("Follow the change feed (feed)"),
    "personal": gettext_lazy("Contacts, that is personal data (personal)"),
}


@dataclass(frozen=True, slots=True)
class TokenLine:
    id: UUID
    label: str
    account: str
    scopes: str
    issued: str
    expires: str
    state: Badge
    is_good: bool


@dataclass(frozen=True, slots=True)
class TokensPage:
    lines: tuple[TokenLine, ...]
    paging: Paging


def tokens_page(number: str, now: datetime) -> TokensPage:
    """The latest first."""
    found = ApiToken.objects.filter(archived_at=None).select_related("account").order_by("-created_at", "-id")
    paging, rows = page_of(found, number, {})
    return TokensPage(tuple(_line(row, now) for row in rows), paging)


def _line(token: ApiToken, now: datetime) -> TokenLine:
    state = _state(token, now)
    return TokenLine(
        id=token.pk,
        label=token.label,
        account=str(token.account),
        scopes=", ".join(token.scopes),
        issued=day_text(token.created_at.astimezone(SEOUL).date()),
        expires=day_text(token.expires_at.astimezone(SEOUL).date()),
        state=state,
        is_good=state.tone in ("good", "warn"),
    )


def _state(token: ApiToken, now: datetime) -> Badge:
    if token.revoked_at is not None:
        return Badge(_("Revoked"), "calm")
    if token.expires_at <= now:
        return Badge(_("Expired"), "calm")
    if not token.account.is_active:
        return Badge(_("Account closed"), "warn")
    return Badge(_("Good"), "good")
