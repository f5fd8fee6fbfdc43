"""What people are told happened to what is theirs."""

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7


class Notification(models.Model):
    """That one person is told of one deed. No record: it has no history, is no part of the feed, and is cleared some
    time after it was read. Written by crm.notices only. What the record is called is read when it is shown, so that
    nobody reads what is kept from them since."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # The indexes below begin with it.
    account = models.ForeignKey("crm.Account", models.PROTECT, related_name="notifications", db_index=False)
    kind = models.CharField(max_length=30)  # crm.values.notifications.Notice
    record_type = models.CharField(max_length=30)
    record_id = models.UUIDField()
    who = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-at", "-id"], name="told_latest"),
            # Counted on every page.
            models.Index(fields=["account", "-at", "-id"], name="told_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["read_at"], name="told_read", condition=Q(read_at__isnull=False)),
        ]
