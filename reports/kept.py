"""Figures that were read once, kept in the process's memory until something is recorded.

Figures are a pure function of what was asked, its as-of time and the record. Whatever changes the record leaves a feed
entry in the same transaction (law 1), so that nothing has changed while the newest entry is the same. Kept are figures
only: what a reader may see of them is taken away afterwards, and no page or document is kept. Editions and runs never
come here: they are read for themselves.

Lists within figures are read when somebody looks; they are as of the same time then as well."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Value
from django.db.models.expressions import RawSQL

from crm.models import FeedEntry
from crm.values.periods import SEOUL
from reports.figures.listing import Listing

T = TypeVar("T")
# So many questions, and so many lines in all of what they found: a few hundred bytes each, a contract with its years
# a few thousand.
MOST_FIGURES: Final = 64
MOST_LINES: Final = 100_000
# Nobody writes: no transaction that has begun to is on its way.
_IS_CALM: Final = "pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot())"
_LAST_GIVEN: Final = {
    "postgresql": "SELECT last_value FROM crm_feedentry_id_seq",
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = 'crm_feedentry'",
}


@dataclass(frozen=True, slots=True)
class Position:
    """How far the record has come: its newest feed entry, of which record and from when, which no other database has.
    `given`: the highest id that any entry was ever given, so that an entry that is taken away leads to no earlier
    position."""

    entry: int
    record: UUID
    changed_at: datetime
    given: int


@dataclass(frozen=True, slots=True)
class Moment:
    """The present, for whoever asks for no other time. `position`: where the record stood then, None where nothing may
    be kept; `is_settled`: every entry up to it was committed."""

    now: datetime
    position: Position | None = None
    is_settled: bool = False

    def once(self, asked: Hashable, read: Callable[[], T]) -> T:
        """The figures that answer the question, read where they are not kept. `asked` says all that they depend on but
        the record: what is read, about what, and as of when."""
        if self.position is None:
            return read()
        key = (self.position, asked)
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return cast(T, _kept[key][0])
        found = read()
        # What was written while they were read may be in a part of them only.
        if self.is_settled and _place()[0] == self.position:
            _keep(key, found)
        return found


_Key = tuple[Position, Hashable]
_lock: Final = threading.Lock()
_kept: Final[OrderedDict[_Key, tuple[Any, int]]] = OrderedDict()
# The one present: (position, day in Seoul) and the time that was read there first.
_present: Final[dict[tuple[Position, date], datetime]] = {}


def present(clock: Callable[[], datetime]) -> Moment:
    """The present moment. As long as nothing is recorded and the day is the same, it is the time at which that was
    asked first: what is known as of then is known now, and all that states its time states the same one."""
    position, is_settled = _place()
    # Read after the position: whatever stands up to there was recorded before.
    now = clock()
    if position is None:
        return Moment(now)
    key = (position, now.astimezone(SEOUL).date())
    with _lock:
        if is_settled and key not in _present:
            _present.clear()
            _present[key] = now
        # By a clock that was put back it may be later than now.
        return Moment(min(_present.get(key, now), now), position, is_settled)


def forget() -> None:
    """Lets go of everything."""
    with _lock:
        _kept.clear()
        _present.clear()


def _place() -> tuple[Position | None, bool]:
    """The position that the connection sees, None within a transaction, which may have written or see less than others;
    and whether it is settled.

    Ids are given when entries are written and seen when they are committed. On SQLite one writes at a time, so that
    they are seen in their order. On PostgreSQL an entry may be seen after one with a higher id, and the newest would
    not tell of it. But an action has written its records before its entries, and has its place among the transactions
    by then: where none is on its way in the very snapshot in which the newest entry is read, all entries up to it are
    committed or never will be, and whatever comes later has a higher id. So a position is settled in a snapshot
    without writers. In one with writers nothing is kept; what was kept at a settled position holds there all the same.
    What is rolled back leaves gaps, which nobody misses.

    The sequencer takes away entries that others stand for by then. If it should be the newest, the next newest may be
    one that was the newest before; the highest id that was given tells the two apart."""
    if connection.in_atomic_block:
        return None, False
    is_calm = RawSQL(_IS_CALM, (), BooleanField()) if connection.vendor == "postgresql" else Value(True)
    given = RawSQL(_LAST_GIVEN[connection.vendor], (), BigIntegerField())
    newest = FeedEntry.objects.order_by("-id").values_list("id", "record_id", "changed_at", given, is_calm).first()
    # Of an empty record there is nothing to keep.
    return (Position(*newest[:4]), newest[4]) if newest else (None, False)


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
    if isinstance(found, tuple | list | dict):
        return len(found)
    return 1 + sum(_lines(getattr(found, one.name)) for one in fields(found)) if is_dataclass(found) else 1
