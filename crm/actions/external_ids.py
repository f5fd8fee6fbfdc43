"""What other systems call our records."""

from crm.actions.base import Caller, action, store
from crm.models import ExternalId, Record


@action("external_id.name")
def name_externally(caller: Caller, /, record: Record, source: str, value: str) -> ExternalId:
    """Ties the record to the name another system gives it. Raises ValidationError where the name is taken."""
    fields = {"record_type": record.feed_type, "record_id": record.pk, "source": source, "value": value}
    return store(ExternalId(), fields)
