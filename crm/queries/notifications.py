"""What a person was told, and how much of it is unread."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from crm.models import Account, Notification
from crm.queries.at_hand import at_hand

# Beyond this it does not matter how many there are, and every page asks.
MOST_COUNTED: Final = 99


def told_to(account: Account) -> QuerySet[Notification]:
    """The latest first."""
    return Notification.objects.filter(account=account).select_related("who").order_by("-at", "-id")


def unread_of(account: Account) -> QuerySet[Notification]:
    return Notification.objects.filter(account=account, read_at__isnull=True)


def unread_count(account: Account) -> int:
    """At most one more than MOST_COUNTED."""
    known = at_hand(account).unread
    return unread_of(account)[: MOST_COUNTED + 1].count() if known is None else min(known, MOST_COUNTED + 1)


def unread_since(account: Account, since: datetime | None, until: datetime) -> QuerySet[Notification]:
    """What was told after the one moment and up to the other and is unread, the latest first."""
    found = told_to(account).filter(read_at__isnull=True, at__lte=until)
    return found if since is None else found.filter(at__gt=since)
