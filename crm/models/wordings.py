"""What is written on a record, as the search reads it."""

from django.db import models


class Wording(models.Model):
    """Kept by the gate beside each document and follow-up, in the transaction of the change itself. Folded:
    crm.values.names.folded, and the initials of its Korean lines. Of outcomes ListedOutcome has them.

    Apart from the record and narrow: finding a few words in a hundred thousand titles means reading them all."""

    record_type = models.CharField(max_length=30)
    record_id = models.UUIDField(unique=True)
    text = models.TextField(blank=True)
    initials = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["record_type", "id"])]
