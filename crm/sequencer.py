"""Numbers the feed in the order in which changes became visible, and begins it anew.

A number or a time that a writer takes inside its transaction is not the order of commits: a transaction that took
number 5 may commit after one that took 6, and a reader that has seen 6 never asks for 5. So writers number nothing. One
short locked transaction numbers whatever has committed by then, whenever somebody reads; what commits later gets a
later number, however long it was open. Nobody who writes waits for it, and it waits for nobody who writes."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from uuid_utils.compat import uuid7

from crm import given_out
from crm.models import guard
from crm.models.feed import FeedEntry, FeedState

_AT_ONCE: Final = 1000
# A reader numbers so many at most before it is answered; the rest is numbered by the next, or by the day's run.
_A_READING: Final = 20
TOMBSTONES_LIVE: Final = timedelta(days=400)
# So long before the floor passes what stands, it is told again: who reads now and then has it from above the floor by
# then, also a pipeline whose place is the number of the last record that it saw of a type.
TOLD_AGAIN_AFTER: Final = TOMBSTONES_LIVE - timedelta(days=30)
log = logging.getLogger("crm.feed")
_TABLES: Final = (FeedEntry._meta.db_table, FeedState._meta.db_table)


def number_committed(*, all_of_it: bool = False) -> FeedState:
    """Numbers what has committed and has no number, and says where the feed stands. Behind many that wait (a city's
    first years, loaded at once) it numbers a part only, unless all of it is asked for."""
    current()
    turns = 0
    while FeedEntry.objects.filter(seq=None).exists() and (all_of_it or turns < _A_READING):
        _number_some()
        turns += 1
    found = state()
    found.is_behind = turns == _A_READING and not all_of_it
    return found


def state() -> FeedState:
    """Where the feed stands."""
    found = FeedState.objects.filter(pk=FeedState.ONLY).first()
    if found is None:
        with guard.declared(*_TABLES):
            found, _is_new = FeedState.objects.get_or_create(pk=FeedState.ONLY)
    return found


def current() -> FeedState:
    """Where the feed stands, begun anew where the database turns out to be a backup that was restored."""
    found = state()
    if not given_out.is_more_than(found.epoch, found.head):
        return found
    with transaction.atomic(), guard.declared(*_TABLES):
        held = _held_state()
        # Another process may have been first.
        if given_out.is_more_than(held.epoch, held.head):
            log.warning("the database was restored from a backup: the feed begins anew, and every client starts over")
            # The clock is read at the edge; here its milliseconds are those that a new id begins with.
            epoch = uuid7()
            _begin(held, epoch, epoch.int >> 80)
    return state()


def begin_anew(now: datetime) -> FeedState:
    """A new epoch, for a database that was restored from a backup: every mirror starts over."""
    with transaction.atomic(), guard.declared(*_TABLES):
        _begin(_held_state(), uuid7(), int(now.timestamp() * 1000))
    return number_committed(all_of_it=True)


def _begin(held: FeedState, epoch: UUID, milliseconds: int) -> None:
    """Head and floor go above every number that was ever given out, also above those that neither the backup nor this
    machine knows: numbers rise by changes, and a count of milliseconds rises faster."""
    last = _last(FeedEntry.objects.filter(seq__isnull=False)) or 0
    above = max(held.head, last, given_out.last_number(), milliseconds) + 1
    before, held.epoch, held.head, held.floor, held.is_first = held.epoch, epoch, above, above, False
    held.save()
    # What stands is told anew, above the floor: from 0 the feed is the snapshot again.
    FeedEntry.objects.filter(seq__isnull=False).update(seq=None)
    transaction.on_commit(partial(given_out.note, epoch, above, instead_of=before))


def forget_tombstones(now: datetime) -> int:
    """Takes away the tombstones that have lived their time; who has not read past them starts over. What stands is told
    again above the floor: who reads from 0 is never led below it. Returns how many."""
    soon = _last_tombstone_before(now - TOLD_AGAIN_AFTER)
    while _tell_some_again(max(soon, state().floor)):
        pass
    with transaction.atomic(), guard.declared(*_TABLES):
        held = _held_state()
        last = _last_tombstone_before(now - TOMBSTONES_LIVE)
        gone, _by_model = FeedEntry.objects.filter(seq__lte=last, deleted=True).delete()
        held.floor = max(held.floor, last)
        held.save()
    return gone


def _last_tombstone_before(moment: datetime) -> int:
    """The number up to which every tombstone is older; 0 where none is."""
    tombstones = FeedEntry.objects.filter(seq__isnull=False, deleted=True)
    younger = tombstones.filter(changed_at__gte=moment).order_by("seq").values_list("seq", flat=True).first()
    older = tombstones if younger is None else tombstones.filter(seq__lt=younger)
    return _last(older) or 0


def _tell_some_again(below: int) -> bool:
    """Moves what stands below a number to the end, in its order. Returns whether there may be more."""
    with transaction.atomic(), guard.declared(*_TABLES):
        held = _held_state()
        found = list(FeedEntry.objects.filter(seq__lt=below, deleted=False).order_by("seq")[:_AT_ONCE])
        _number(held, found)
    return len(found) == _AT_ONCE


def _number_some() -> None:
    with transaction.atomic(), guard.declared(*_TABLES):
        # The lock in one statement, what has committed in the next: it sees what was committed while this one waited.
        held = _held_state()
        waiting = list(FeedEntry.objects.filter(seq=None).order_by("id")[:_AT_ONCE])
        by_record = _by_record([*_standing(waiting), *waiting])
        last = sorted((_last_of(entries) for entries in by_record.values()), key=lambda entry: entry.pk)
        for number, entry in enumerate(last, held.head + 1):
            entry.others_seq = _others_seq(entry, by_record[entry.record_type, entry.record_id], number)
        kept = {entry.pk for entry in last}
        gone = [entry.pk for entries in by_record.values() for entry in entries if entry.pk not in kept]
        if gone:
            FeedEntry.objects.filter(pk__in=gone).delete()
        _number(held, last)


def _by_record(entries: Iterable[FeedEntry]) -> dict[tuple[str, UUID], list[FeedEntry]]:
    found: dict[tuple[str, UUID], list[FeedEntry]] = {}
    for entry in entries:
        found.setdefault((entry.record_type, entry.record_id), []).append(entry)
    return found


def _last_of(entries: Iterable[FeedEntry]) -> FeedEntry:
    """Of one record's the entry of its highest version. Writers of one record wait for one another, so that it is the
    last that was left; but what is told anew because its audience changed is told as it was read, and may have been
    changed by others before that committed. Then the newer entry is told once more."""
    return max(entries, key=lambda entry: (entry.version, entry.pk))


def _others_seq(last: FeedEntry, entries: Sequence[FeedEntry], number: int) -> int | None:
    """Where another actor than that of the last entry left one of the record before: the `number` that the last is to
    have, where that was not numbered yet."""
    told = [entry.others_seq for entry in entries]
    told += [number if entry.seq is None else entry.seq for entry in entries if entry.actor_id != last.actor_id]
    return max((seq for seq in told if seq is not None), default=None)


def _number(held: FeedState, entries: Sequence[FeedEntry]) -> None:
    for number, entry in enumerate(entries, held.head + 1):
        entry.seq = number
    FeedEntry.objects.bulk_update(entries, ["seq", "others_seq"])
    held.head += len(entries)
    held.save()
    transaction.on_commit(partial(given_out.note, held.epoch, held.head))


def _standing(waiting: Sequence[FeedEntry]) -> list[FeedEntry]:
    """The numbered entries of the records of those that wait."""
    keys = {(entry.record_type, entry.record_id) for entry in waiting}
    numbered = FeedEntry.objects.filter(seq__isnull=False, record_id__in=[pk for _kind, pk in keys])
    return [entry for entry in numbered if (entry.record_type, entry.record_id) in keys]


def _last(numbered: QuerySet[FeedEntry]) -> int | None:
    return numbered.order_by("-seq").values_list("seq", flat=True).first()


def _held_state() -> FeedState:
    """The one row, held until the transaction ends."""
    FeedState.objects.get_or_create(pk=FeedState.ONLY)
    return FeedState.objects.select_for_update().get(pk=FeedState.ONLY)
