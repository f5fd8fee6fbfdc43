"""What is asked of a list of outcomes, as the list reads it."""

from datetime import date
from typing import Final

from django.db import models

# Sorts after every other day where the latest come first.
UNDATED: Final = date.min
_NARROWED: Final = ("kind", "stage", "standing", "lead_unit_id", "event_id", "is_proven", "is_archived", "disclosure")
_SHOWN: Final = ("is_archived", "disclosure", "lead_unit_id")


class ListedOutcome(models.Model):
    """Kept by the gate beside each outcome, in the transaction of the change itself (crm.listings).

    Apart from the record and narrow, with indexes that hold all that a list is narrowed by: however a hundred thousand
    outcomes are narrowed, ordered and turned over, they are counted and found in one reading of one index. `day` is the
    signing day, UNDATED where none is known. `is_proven`: a document or a standing figure is of the first three grades.
    `text` and `kept` are what is written on the outcome, folded (crm.values.names.folded): `kept` is what is shown only
    to those who may see its values. `initials` are those of the titles in `text`."""

    outcome_id = models.UUIDField(primary_key=True)
    day = models.DateField()
    is_undated = models.BooleanField()
    created_at = models.DateTimeField()
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=24)
    stage = models.CharField(max_length=20)
    standing = models.CharField(max_length=12)
    disclosure = models.CharField(max_length=10)
    lead_unit_id = models.UUIDField(null=True, db_index=True)
    event_id = models.UUIDField(null=True, db_index=True)
    is_proven = models.BooleanField()
    is_archived = models.BooleanField()
    text = models.TextField(blank=True)
    kept = models.TextField(blank=True)
    initials = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["day", "outcome_id", *_NARROWED], name="listed_by_day"),
            models.Index(fields=["is_undated", "day", "outcome_id", *_NARROWED], name="listed_by_day_undated_last"),
            models.Index(fields=["title", "outcome_id", *_SHOWN], name="listed_by_title"),
            models.Index(fields=["created_at", "outcome_id", *_SHOWN], name="listed_by_recording"),
            models.Index(fields=["kind", "-day", "-outcome_id", *_SHOWN], name="listed_by_kind"),
            models.Index(fields=["kind", "stage", "day", "outcome_id", *_SHOWN, "created_at"], name="listed_by_stage"),
        ]
