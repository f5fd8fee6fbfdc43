"""What people are told happened to what is theirs: written in the transaction of the deed itself, read as the reader
may read the record by now, and cleared some time after it was read.

The only writer of its table. Notifications are no records: docs/decisions/0012."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from crm.models import (
    Account,
    Approval,
    Concurrence,
    FollowUp,
    Merge,
    Notification,
    Outcome,
    PartnerConfirmation,
    Record,
    WebhookEndpoint,
    guard,
)
from crm.models.base import current_work
from crm.permissions import may, readable
from crm.queries.notifications import unread_of
from crm.values.measures import Role
from crm.values.notifications import KEPT_AFTER_READING, Notice

_TABLE: Final = Notification._meta.db_table
# What people are told about: with what a line says of it, and the name of its page.
_SUBJECTS: Final[dict[type[Record], tuple[tuple[str, ...], str]]] = {
    Outcome: ((), "outcome"),
    Concurrence: (("outcome", "org_unit"), "concurrence"),
    Approval: (("outcome",), "approval"),
    PartnerConfirmation: (("outcome", "organisation"), "outcome"),
    FollowUp: ((), "follow-up"),
    Merge: (("kept", "gone"), "merge"),
    WebhookEndpoint: ((), "webhook"),
}
# Where on the outcome's page it is to be seen.
_PLACES: Final = {
    Notice.PARTNER_ANSWERED: "#confirmations",
    Notice.OUTCOME_FIGURES: "#ledger",
    Notice.OUTCOME_CHANGED: "#history",
}


def tell(kind: Notice, record: Record, people: Iterable[Account]) -> None:
    """Tells each of the people who may read the record, but for the one who acts. What one of them has not read yet of
    the same kind, about the same record and from the same person, is told anew instead of twice. Within an action."""
    tell_each(kind, [(record, people)])


def tell_each(kind: Notice, about: Iterable[tuple[Record, Iterable[Account]]]) -> None:
    """Of each record its people, as `tell` tells those of one."""
    work = current_work()
    readers = [(record, one) for record, people in about for one in people if one.pk != work.actor.pk]
    told = {(one.pk, record.pk): record for record, one in readers if _reads(one, record)}
    if not told:
        return
    accounts, records = {account for account, _pk in told}, {pk for _account, pk in told}
    same = Notification.objects.filter(
        account__in=accounts, kind=kind, record_id__in=records, who=work.actor, read_at__isnull=True
    )
    with guard.declared(_TABLE):
        again = [row for row in same.values_list("pk", "account", "record_id") if row[1:] in told]
        if again:
            Notification.objects.filter(pk__in=[row[0] for row in again]).update(at=work.entered_at)
        anew = told.keys() - {row[1:] for row in again}
        now = {"kind": kind, "who": work.actor, "at": work.entered_at}
        Notification.objects.bulk_create(
            Notification(account_id=account, record_type=record.feed_type, record_id=pk, **now)
            for (account, pk), record in told.items()
            if (account, pk) in anew
        )


def dealt_with(*records: Record) -> None:
    """Who acts on records has read what they were told about them. Within an action."""
    work = current_work()
    if work.actor.is_active:
        with guard.declared(_TABLE):
            unread_of(work.actor).filter(record_id__in=[one.pk for one in records]).update(read_at=work.entered_at)


def mark(notification: Notification, read_at: datetime | None) -> None:
    """Read at that moment, or unread again. Within an action."""
    current_work()
    notification.read_at = read_at
    with guard.declared(_TABLE):
        notification.save(update_fields=["read_at"])


def mark_all(account: Account, until: datetime, read_at: datetime) -> int:
    """Everything that the account was told until that moment and has not read. Returns how many. Within an action."""
    current_work()
    with guard.declared(_TABLE):
        return unread_of(account).filter(at__lte=until).update(read_at=read_at)


def take_back(account: Account, read_at: datetime) -> int:
    """Makes unread what the account has read at exactly that moment. Returns how many. Within an action."""
    current_work()
    with guard.declared(_TABLE):
        return Notification.objects.filter(account=account, read_at=read_at).update(read_at=None)


def clear(now: datetime) -> int:
    """Takes away what was read long ago: the records say all that it said. Returns how many. Within an action."""
    current_work()
    with guard.declared(_TABLE):
        return Notification.objects.filter(read_at__lt=now - KEPT_AFTER_READING).delete()[0]


def _reads(person: Account, record: Record) -> bool:
    is_there = person.is_active and person.archived_at is None and person.role != Role.API_CLIENT
    return is_there and may(person, "record.read", record)


@dataclass(frozen=True, slots=True)
class Told:
    """One notification as it may be shown. `record` is None, and the texts are empty, where the record is kept from the
    reader by now. `who` is a person, the system or a partner."""

    row: Notification
    record: Any
    title: str
    who: str
    address: str


def told(reader: Account, rows: Sequence[Notification]) -> tuple[Told, ...]:
    """The notifications with what they are about, in their order: one query a kind of record."""
    records: dict[Any, Record] = {}
    types = {row.record_type for row in rows}
    for model, (related, _page) in _SUBJECTS.items():
        if model.feed_type in types:
            wanted = [row.record_id for row in rows if row.record_type == model.feed_type]
            found = model._base_manager.filter(pk__in=wanted)
            shown = readable(reader, found.select_related(*related) if related else found)
            records |= {record.pk: record for record in shown}
    return tuple(_told(row, records.get(row.record_id)) for row in rows)


def _told(row: Notification, record: Any) -> Told:
    if record is None:
        return Told(row, None, "", "", "")
    who = record.organisation.name if isinstance(record, PartnerConfirmation) else str(row.who)
    return Told(row, record, _title(record), who, address_of(row, record))


def _title(record: Any) -> str:
    return str(record.outcome if isinstance(record, Concurrence | Approval | PartnerConfirmation) else record)


def address_of(row: Notification, record: Any) -> str:
    page = _SUBJECTS[type(record)][1]
    pk = record.outcome_id if isinstance(record, PartnerConfirmation) else record.pk
    return reverse(page, args=[pk]) + _PLACES.get(Notice(row.kind), "")
