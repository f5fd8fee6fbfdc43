"""The secret address at which a calendar reads a person's follow-ups."""

import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions.accounts import token_digest
from crm.actions.base import Caller, Forbidden, action, store
from crm.models import CalendarFeed


@action("calendar.open")
def open_calendar(caller: Caller, /) -> tuple[CalendarFeed, str]:
    """Opens the caller's own address and closes the one before. The token is shown this once: its hash is kept."""
    for feed in CalendarFeed.objects.filter(account=caller.account, revoked_at=None):
        store(feed, {"revoked_at": caller.now})
    token = secrets.token_urlsafe(32)
    return store(CalendarFeed(digest=token_digest(token)), {"account": caller.account}), token


@action("calendar.open")
def close_calendar(caller: Caller, /, feed: CalendarFeed) -> CalendarFeed:
    """Closes the address: calendars that read it get nothing any more. Raises Forbidden for another's."""
    if feed.account_id != caller.account.pk:
        raise Forbidden("calendar.open")
    return store(feed, {"revoked_at": caller.now}) if feed.revoked_at is None else feed


@action("calendar.open")
def reopen_calendar(caller: Caller, /, feed: CalendarFeed) -> CalendarFeed:
    """Opens an address again that was closed: calendars that knew it read on. Raises Forbidden for another's,
    ValidationError where another was opened meanwhile."""
    if feed.account_id != caller.account.pk:
        raise Forbidden("calendar.open")
    if CalendarFeed.objects.filter(account=caller.account, revoked_at=None).exclude(pk=feed.pk).exists():
        raise ValidationError({"__all__": _("You opened another address meanwhile.")})
    return store(feed, {"revoked_at": None})
