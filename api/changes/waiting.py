"""Clients that wait hold a thread of the server each: so many at once, and the next are answered without waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

# A process serves from its threads; half of them stay free for everybody else.
_AT_ONCE: Final = 8
_rooms = BoundedSemaphore(_AT_ONCE)


@contextmanager
def room_to_wait() -> Iterator[bool]:
    has_room = _rooms.acquire(blocking=False)
    try:
        yield has_room
    finally:
        if has_room:
            _rooms.release()
