"""Finding by words means reading every row: where few rows are found, that is done once."""

from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
# As many ids are handed back to the database at once. Where there are more, an order's index comes upon them soon.
FEW: Final = 2000


def few_ids(found: QuerySet[M]) -> list[UUID] | None:
    """The ids of all that is found, in no order; None where they are many.

    Without an order the database reads row after row and stops when it has enough; in order, it would look up row after
    row through the order's index."""
    ids = list(found.order_by().values_list("pk", flat=True)[: FEW + 1])
    return None if len(ids) > FEW else ids


def among(found: QuerySet[M], ids: list[UUID]) -> QuerySet[M]:
    """The records of these ids in the order of `found`."""
    return found.model._base_manager.filter(pk__in=ids).order_by(*found.query.order_by)
