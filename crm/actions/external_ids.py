"""What other systems call our records."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from crm.actions.base import Caller, Conflict, action, store
from crm.models import ExternalId, Record
from crm.models.base import current_work, record_types
from crm.queries.names import is_put_away

R = TypeVar("R", bound=Record)


@action("external_id.name")
def name_externally(caller: Caller, /, record: Record, source: str, value: str) -> ExternalId:
    """Ties the record to the name another system gives it. Raises ValidationError where the name is taken."""
    fields = {"record_type": record.feed_type, "record_id": record.pk, "source": source, "value": value}
    return store(ExternalId.blank(), fields)


@action("external_id.name")
def record_by_name(
    caller: Caller, /, source: str, value: str, make: Callable[[Caller], R], was_of: UUID | None = None
) -> R:
    """Records what `make` makes, by an action of its own, under the name that another system has for it: both or
    neither. `was_of` is the record that had the name and was put away: the name is the new one's from now on. Raises
    what these raise; Conflict where another record got the name meanwhile, or that one came back."""
    # It is the record's own action that knows what the record is about, and asks who may write there.
    current_work().takes_alone = True
    record = make(caller)
    if was_of is not None:
        _free(record.feed_type, was_of, source, value)
    name_externally(caller, record, source, value)
    return record


def _free(kind: str, pk: UUID, source: str, value: str) -> None:
    named = {"record_type": kind, "record_id": pk, "source": source, "value": value, "archived_at": None}
    for name in ExternalId.objects.filter(**named):
        holder = record_types()[kind]._base_manager.select_for_update().get(pk=pk)
        if not is_put_away(holder):
            raise Conflict(_("Another change came first. Load the record again and repeat yours."))
        name.archived_at = current_work().recorded_at
        name.save()
