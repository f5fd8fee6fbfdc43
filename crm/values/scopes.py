"""What a token may be used for."""

import re
from collections.abc import Collection
from typing import Final

SCOPES: Final = ("read", "write", "feed", "personal")
# Of one resource only.
_OF_ONE: Final = re.compile(r"(?:read|write):[a-z]+(?:-[a-z]+)*")


def is_scope(word: str) -> bool:
    return word in SCOPES or _OF_ONE.fullmatch(word) is not None


def covers(scopes: Collection[str], deed: str, resource: str, also: Collection[str] = ()) -> bool:
    """Whether they allow to `read` or `write` the resource, which takes the scopes of `also` too."""
    return (deed in scopes or f"{deed}:{resource}" in scopes) and set(also) <= set(scopes)
