"""Many records at once, for those who sync."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from crm.actions.base import Caller, action, gathering
from crm.actions.merges import compared_together
from crm.models.base import Record, current_work

R = TypeVar("R", bound=Record)
Make = Callable[[Caller], R]


@action("bulk.record")
def record_batch(
    caller: Caller, /, makes: Sequence[Make[R]], compare_later: Callable[[list[UUID]], None] | None = None
) -> list[R]:
    """What each of `makes` records or changes by an action of its own, written together: all or nothing. Each is asked
    what it may as if it came alone. `compare_later`: as in `compared_together`. Raises what they raise, without saying
    which of them it was."""
    work, made = current_work(), []
    with gathering(), compared_together(compare_later):
        for make in makes:
            work.takes_alone = True
            made.append(make(caller))
    work.takes_alone = False
    return made
