"""Figures that were read once, kept in the process's memory until something is recorded.

Figures are a pure function of what was asked, its as-of time and the record. Whatever changes the record leaves a feed
entry in the same transaction (law 1), so that nothing has changed while the same entries are there. Kept are figures,
and which records are kept from a reader, which is taken away from them afterwards, and what the rows of an officer's
sheet are to the record: no page and no document. Editions and runs never come here: they are read for themselves.

Lists within figures are read when somebody looks; they are as of the same time then as well."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce

from crm.models import FeedEntry
from crm.models.feed import FeedState
from crm.values.periods import SEOUL
from reports.figures.listing import Listing, Made

T = TypeVar("T")
# So many questions, and so many lines in all of what they found: some 350 bytes each, a hundred megabytes in all.
MOST_FIGURES: Final = 64
MOST_LINES: Final = 300_000


@dataclass(frozen=True, slots=True)
class Position:
    """How far the record has come, as one transaction sees it: the feed's epoch and head, how many committed entries
    wait for their number, and the newest entry with its record and time, which no other database has."""

    epoch: UUID | None
    head: int
    waiting: int
    entry: int
    record: UUID
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """The present, for whoever asks for no other time. `position`: where the record stood then, None where nothing may
    be kept."""

    now: datetime
    position: Position | None = None

    def once(self, asked: Hashable, read: Callable[[], T]) -> T:
        """The figures that answer the question, read where they are not kept. `asked` says all that they depend on but
        the record: what is read, about what, and as of when."""
        if self.position is None:
            return read()
        key = (self.position, asked)
        with _lock:
            just_read = key in _just_read
        if just_read:
            _place_again()
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return cast(T, _kept[key][0])
        found = read()
        with _lock:
            _just_read[key] = found
        return found


_Key = tuple[Position, Hashable]
_lock: Final = threading.Lock()
_kept: Final[OrderedDict[_Key, tuple[Any, int]]] = OrderedDict()
# Read, but not kept yet. What was written while they were read may be in a part of them only: whoever asks next where
# the record stands learns that of all of them at once.
_just_read: Final[dict[_Key, Any]] = {}
# The one present: (position, day in Seoul) and the time that was read there first.
_present: Final[dict[tuple[Position, date], datetime]] = {}


def present(clock: Callable[[], datetime]) -> Moment:
    """The present moment. As long as nothing is recorded and the day is the same, it is the time at which that was
    asked first: what is known as of then is known now, and all that states its time states the same one."""
    position = _place_again()
    # Read after the position: whatever stands up to there was recorded before.
    now = clock()
    if position is None:
        return Moment(now)
    key = (position, now.astimezone(SEOUL).date())
    with _lock:
        if key not in _present:
            _present.clear()
            _present[key] = now
        # By a clock that was put back it may be later than now.
        return Moment(min(_present[key], now), position)


def forget() -> None:
    """Lets go of everything."""
    with _lock:
        _kept.clear()
        _just_read.clear()
        _present.clear()


def _place_again() -> Position | None:
    """`_place`, by which is told whether the record still stands where the figures were read that it was asked after:
    those are kept, the others let go."""
    with _lock:
        before = dict(_just_read)
    position = _place()
    if position is not None:
        for key, found in before.items():
            with _lock:
                _just_read.pop(key, None)
            if key[0] == position:
                _keep(key, found)
    return position


def _place() -> Position | None:
    """The position that the connection sees; None within a transaction, which may have written or see less than others,
    and of an empty record, of which there is nothing to keep.

    It is the same only while the same entries are there. Between two numberings entries only come, so that their count
    tells; a numbering takes some away, and moves the head. So it does not matter in which order ids were given and
    transactions committed, nor who else is writing. A numbering changes it once more with nothing recorded, which costs
    one more reading."""
    if connection.in_atomic_block:
        return None
    stands = FeedState.objects.filter(pk=FeedState.ONLY)
    waiting = FeedEntry.objects.filter(seq=None).order_by().values("seq").annotate(number=Count("id")).values("number")
    newest = FeedEntry.objects.annotate(
        epoch=Subquery(stands.values("epoch")),
        head=Coalesce(Subquery(stands.values("head")), 0),
        waiting=Coalesce(Subquery(waiting), 0),
    ).order_by("-id")
    found = newest.values_list("epoch", "head", "waiting", "id", "record_id", "changed_at").first()
    return Position(*found) if found else None


def _keep(key: _Key, found: Any) -> None:
    lines = _lines(found)
    if lines > MOST_LINES:
        return
    with _lock:
        for other in [other for other in _kept if other[0] != key[0]]:
            del _kept[other]  # nobody comes back to where the record stood
        _kept[key] = found, lines
        while len(_kept) > MOST_FIGURES or sum(lines for _found, lines in _kept.values()) > MOST_LINES:
            _kept.popitem(last=False)


def _lines(found: Any) -> int:
    """How many lines the figures hold, roughly: those of their lists, and of the lists in these figures' own parts."""
    if isinstance(found, Listing):
        found = found.keys
    if isinstance(found, Made):
        found = found.rows
    if isinstance(found, tuple | list | dict | frozenset):
        return len(found)
    return 1 + sum(_lines(getattr(found, one.name)) for one in fields(found)) if is_dataclass(found) else 1
