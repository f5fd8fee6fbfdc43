"""What changed, for those who sync; and the names other systems know a record by."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.models.base import Record, open_work, record_types


class FeedEntry(models.Model):
    """Where a record stands in the feed. An action leaves one for each record that it wrote, with `seq` empty: a number
    taken inside the transaction would not be the order in which changes became visible. The sequencer numbers what has
    committed, and takes away the entry that stood for the record before: numbered there is one a record. `others_seq`
    is the number of the last one that another actor left: who leaves out his own has read up to there, or is told."""

    seq = models.BigIntegerField(null=True, unique=True)
    others_seq = models.BigIntegerField(null=True)
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
        indexes = [
            models.Index(fields=["record_type", "record_id"]),
            models.Index(fields=["id"], name="feed_unnumbered", condition=Q(seq=None)),
            models.Index(fields=["record_type", "seq"], name="feed_by_type"),
        ]


class FeedState(models.Model):
    """The one row by which the feed is numbered; who numbers holds it. `head`: the last number that was given out.
    `floor`: from below it the feed can no longer be followed, for tombstones of there are gone; what stands is above
    it, so that who reads from 0 is never led there. `epoch` changes with everything that makes old places meaningless,
    as a restored backup does; `is_first` until then."""

    ONLY = 1
    # Of what was read just now: whether more waits to be numbered behind the head.
    is_behind = False

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    epoch = models.UUIDField(default=uuid7)
    is_first = models.BooleanField(default=True)
    head = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)


class FeedReader(models.Model):
    """What a token could see when it last asked. Where that changed at `changed_at_seq` (0: it never did), or was
    another at its first request than what its account's other tokens could see, its mirror no longer fits: each type
    starts over from 0, and places up to there lead on only as far as it was told since (`told`: of each type)."""

    token = models.OneToOneField("crm.ApiToken", models.CASCADE, related_name="+")
    sight = models.CharField(max_length=64)
    changed_at_seq = models.BigIntegerField(default=0)
    told = models.JSONField(default=dict)

    def was_told(self, types: Iterable[str]) -> int:
        """Up to where the places of a reader of these types lead on."""
        return min((self.told.get(kind, 0) for kind in types), default=0)


class ExternalId(Record):
    """What another system calls one of our records: one name per source and type. The name of a record that was put
    away is free for a new one; the row that gave it is then put away too."""

    part_of = "record"

    record_type = models.CharField(max_length=30)
    record_id = models.UUIDField()
    source = models.CharField(_("source"), max_length=60)
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "record_type", "value"], condition=Q(archived_at=None), name="external_id_once"
            ),
            models.UniqueConstraint(
                # By the record first: its names are looked up by it too.
                fields=["record_id", "record_type", "source"],
                condition=Q(archived_at=None),
                name="one_external_id_a_source",
            ),
        ]

    @property
    def record(self) -> Record:
        work = open_work()
        # What is recorded together with its name need not be read again.
        made = work.written.get((self.record_type, self.record_id)) if work is not None else None
        if isinstance(made, Record):
            return made
        return record_types()[self.record_type]._base_manager.get(pk=self.record_id)
