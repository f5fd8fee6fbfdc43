"""What other systems call our records."""

from collections.abc import Callable
from typing import TypeVar

from crm.actions.base import Caller, action, store
from crm.models import ExternalId, Record

R = TypeVar("R", bound=Record)


@action("external_id.name")
def name_externally(caller: Caller, /, record: Record, source: str, value: str) -> ExternalId:
    """Ties the record to the name another system gives it. Raises ValidationError where the name is taken."""
    fields = {"record_type": record.feed_type, "record_id": record.pk, "source": source, "value": value}
    return store(ExternalId(), fields)


@action("external_id.name")
def record_by_name(caller: Caller, /, source: str, value: str, make: Callable[[Caller], R]) -> R:
    """Records what `make` makes, by an action of its own, under the name that another system has for it: both or
    neither. Raises what these raise; Conflict where another record got the name meanwhile."""
    record = make(caller)
    name_externally(caller, record, source, value)
    return record
