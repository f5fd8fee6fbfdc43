"""What the feed has given out, noted in a file outside of the database. A database that knows of less was restored from
a backup, whether or not anybody said so: what it numbers next would be taken for what clients have had before."""

import fcntl
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

# So many epochs are remembered, the latest last.
_KEPT: Final = 8
log = logging.getLogger("crm.feed")


def note(epoch: UUID, head: int) -> None:
    """Notes that numbers up to `head` were given out. Called when they are, by any process of this machine."""
    try:
        with _held():
            known = _noted()
            last = max(head, known.get(epoch.hex, 0))
            # An epoch that is new goes to the end; one that is known keeps its place.
            told = [*{**known, epoch.hex: last}.items()][-_KEPT:]
            _write(json.dumps(told))
    except OSError as error:
        log.warning("what the feed gave out cannot be noted: %s", error)


def is_more_than(epoch: UUID, head: int) -> bool:
    """Whether more was given out than a database knows of that stands at this head. Of an epoch that was never noted
    here nothing is known: another database, another machine, or a new folder."""
    known = _noted()
    return epoch.hex in known and (known[epoch.hex] > head or list(known)[-1] != epoch.hex)


def last_number() -> int:
    return max(_noted().values(), default=0)


def _file() -> Path:
    return Path(settings.DATA_DIR) / "feed-given-out.json"


def _noted() -> dict[str, int]:
    try:
        return {str(epoch): int(head) for epoch, head in json.loads(_file().read_text())}
    except (OSError, ValueError, TypeError):
        return {}


def _write(text: str) -> None:
    """Whole or not at all. Nobody waits for the disk: after a power failure an older note, or none, notices less, and
    never too much."""
    new = _file().with_suffix(".new")
    new.write_text(text)
    new.replace(_file())


@contextmanager
def _held() -> Iterator[None]:
    """One process or thread at a time."""
    with _file().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
