"""Clients that wait hold a thread of the server each: so many at once, and the next are answered without waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

# Of a server that says nothing of its threads; a test's, say.
_rooms = BoundedSemaphore(8)


def serve_from(threads: int) -> None:
    """Told by the server before the first client comes: half of the threads stay free for everybody else."""
    global _rooms
    _rooms = BoundedSemaphore(threads // 2)


@contextmanager
def room_to_wait() -> Iterator[bool]:
    rooms = _rooms
    has_room = rooms.acquire(blocking=False)
    try:
        yield has_room
    finally:
        if has_room:
            rooms.release()
