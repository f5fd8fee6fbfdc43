"""How a command ends where a file or a value is refused: every fault on a line of its own, exit status 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from crm.importing.refusal import Refused


@contextmanager
def refusals(name: str) -> Iterator[None]:
    """Turns a refusal into the command's last words. `name` is the file's."""
    try:
        yield
    except Refused as error:
        faults = "\n".join(f"  {fault}" for fault in error.faults)
        raise CommandError(f"{name} is refused, nothing was written:\n{faults}") from error
    except ValidationError as error:
        raise CommandError("; ".join(error.messages)) from error


def read_file(path: str) -> bytes:
    """The file's content. Ends the command where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
