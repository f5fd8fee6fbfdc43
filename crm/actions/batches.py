"""Many new records at once, for those who sync."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from crm.actions.base import Caller, action, gathering
from crm.actions.merges import compared_together
from crm.models.base import Record, current_work

R = TypeVar("R", bound=Record)
Make = Callable[[Caller], R]


@action("bulk.record")
def record_batch(caller: Caller, /, makes: Sequence[Make[R]]) -> list[R]:
    """What each of `makes` records by an action of its own, written together: all or nothing. Each is asked what it
    may as if it came alone. Raises what they raise, without saying which of them it was."""
    work, made = current_work(), []
    with gathering(), compared_together():
        for make in makes:
            work.takes_alone = True
            made.append(make(caller))
    work.takes_alone = False
    return made
