"""Notifications: reading one's own, making them unread again, clearing what was read long ago.

Whom a deed is told to, the actions themselves say: crm/actions/notifying.py."""

from datetime import date, datetime

from crm import notices
from crm.actions.base import Caller, Forbidden, action
from crm.models import Notification


@action("notification.read")
def mark_read(caller: Caller, /, notification: Notification) -> Notification:
    """Read now, unless it was before. Raises Forbidden for somebody else's."""
    _check_own(caller, notification)
    if notification.read_at is None:
        notices.mark(notification, caller.now)
    return notification


@action("notification.read")
def mark_unread(caller: Caller, /, notification: Notification) -> Notification:
    """Unread again. Raises Forbidden for somebody else's."""
    _check_own(caller, notification)
    if notification.read_at is not None:
        notices.mark(notification, None)
    return notification


@action("notification.read")
def mark_all_read(caller: Caller, /, until: datetime) -> int:
    """Reads all of the caller's own that were told until that moment: what came since is not swallowed. Returns how
    many; `take_back_reading` of the caller's time makes exactly those unread again."""
    return notices.mark_all(caller.account, until, caller.now)


@action("notification.read")
def take_back_reading(caller: Caller, /, read_at: datetime) -> int:
    """Makes unread what the caller read at that moment. Returns how many."""
    return notices.take_back(caller.account, read_at)


@action("job.run")
def clear_read(caller: Caller, /) -> int:
    """Takes away what everybody read long ago. Returns how many."""
    return notices.clear(caller.now)


def clear_read_notifications(caller: Caller, today: date) -> int:
    """The same, as a step of the daily run."""
    return clear_read(caller)


def _check_own(caller: Caller, notification: Notification) -> None:
    if notification.account_id != caller.account.pk:
        raise Forbidden("notification.read")
