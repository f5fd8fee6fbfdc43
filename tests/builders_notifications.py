"""What the tests ask about notifications."""

from django.utils import timezone

from crm.actions import notifications
from crm.models import Account, Notification
from crm.queries.notifications import unread_of
from tests.builders import make_follow_up
from tests.builders_concurrence import Exchange, as_caller, make_exchange


def make_told_exchange() -> Exchange:
    """Two departments were asked, before their people had accounts; the outcome is the drafter's, who has a follow-up
    of it."""
    made = make_exchange()
    make_follow_up(outcome=made.outcome, assignee=made.drafter)
    return made


def told_to(account: Account) -> list[str]:
    """What is unread, the latest first."""
    return [row.kind for row in unread_of(account).order_by("-at", "-id")]


def all_told() -> dict[str, list[str]]:
    """Who was told what, the first first."""
    found: dict[str, list[str]] = {}
    for row in Notification.objects.select_related("account").order_by("at", "id"):
        found.setdefault(row.account.username, []).append(row.kind)
    return found


def forget() -> None:
    """Everybody has read everything."""
    for account in Account.objects.filter(is_active=True):
        notifications.mark_all_read(as_caller(account), timezone.now())
