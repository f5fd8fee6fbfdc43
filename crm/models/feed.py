"""What changed, for those who sync; and the names other systems know a record by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record, record_types


class FeedEntry(models.Model):
    """One record's change in one action. `seq` is empty until the sequencer numbers what has committed: a number
    taken inside the transaction would not be the order in which changes became visible."""

    seq = models.BigIntegerField(null=True, unique=True)
    record_type = models.CharField(max_length=30)
    record_id = models.UUIDField()
    version = models.PositiveIntegerField()
    deleted = models.BooleanField(default=False)
    reason = models.CharField(max_length=12, blank=True)
    merged_into = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    actor = models.ForeignKey("crm.Account", models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["record_type", "record_id"])]


class ExternalId(Record):
    """What another system calls one of our records: one name per source and type."""

    part_of = "record"

    record_type = models.CharField(max_length=30)
    record_id = models.UUIDField()
    source = models.CharField(_("source"), max_length=60)
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "record_type", "value"], name="external_id_once"),
            models.UniqueConstraint(fields=["source", "record_type", "record_id"], name="one_external_id_a_source"),
        ]

    @property
    def record(self) -> Record:
        return record_types()[self.record_type]._base_manager.get(pk=self.record_id)
