"""What the feed has given out, noted in a file outside of the database. A database that knows of less was restored from
a backup, whether or not anybody said so: what it numbers next would be taken for what clients have had before."""

import fcntl
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings

# So many epochs are remembered, the latest last; several databases may be kept beside one folder.
_KEPT: Final = 32
log = logging.getLogger("crm.feed")


class Noted(NamedTuple):
    """Up to which number an epoch was given out, and whether another has taken its place since."""

    head: int
    is_over: bool = False


def note(epoch: UUID, head: int, *, instead_of: UUID | None = None) -> None:
    """Notes that numbers up to `head` were given out, and which epoch is over with that. Called when they are, by any
    process of this machine."""
    try:
        with _held():
            known = _noted()
            if instead_of is not None:
                known[instead_of.hex] = Noted(known.get(instead_of.hex, Noted(0)).head, is_over=True)
            was = known.pop(epoch.hex, Noted(0))
            told = [*known.items(), (epoch.hex, was._replace(head=max(head, was.head)))]
            _write(json.dumps(told[-_KEPT:]))
    except OSError as error:
        log.warning("what the feed gave out cannot be noted: %s", error)


def is_more_than(epoch: UUID, head: int) -> bool:
    """Whether more was given out than a database knows of that stands at this head. Of an epoch that was never noted
    here nothing is known: another database, another machine, or a new folder."""
    noted = _noted().get(epoch.hex)
    return noted is not None and (noted.is_over or noted.head > head)


def last_number() -> int:
    return max((noted.head for noted in _noted().values()), default=0)


def _file() -> Path:
    return Path(settings.DATA_DIR) / "feed-given-out.json"


def _noted() -> dict[str, Noted]:
    try:
        return {epoch: Noted(*noted) for epoch, noted in json.loads(_file().read_text())}
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
