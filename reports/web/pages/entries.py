"""The entries behind a number: what the trace of a report's figure opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.models.labels import label
from crm.permissions import Sight
from crm.values.measures import Disclosure
from crm.values.periods import parse_as_of
from reports.building.details import entries_table, shared_entries_table
from reports.building.sight import masked_entries
from reports.figures.asked import NotAnswerable
from reports.figures.trace import Trace, trace
from reports.web.pages.tables import PageTable, page_table


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """The entries, and the words of what was asked."""

    span: str
    as_of: datetime
    count: int
    table: PageTable


def entries_page(query: Mapping[str, str], now: datetime, sight: Sight) -> EntriesPage:
    """Raises NotAnswerable where the address is malformed."""
    try:
        first = date.fromisoformat(query["from"]) if query.get("from") else None
        asked = Trace(
            first,
            date.fromisoformat(query["to"]),
            parse_as_of(query["as_of"]) if query.get("as_of") else now,
            {name: query[name] for name in Trace.FILTERS if name in query},
        )
        found = trace(asked)
    except (KeyError, ValueError, ValidationError) as error:
        raise NotAnswerable("address", _("This address of a number is not complete.")) from error
    names = {pk: label(Disclosure.CLOSED) if pk in sight.hidden else name for pk, name in found.names.items()}
    shown = masked_entries(found.entries, sight)
    table = shared_entries_table(shown, names, found.shares) if found.shares else entries_table(shown, names)
    return EntriesPage(f"{query.get('from', '')} ~ {query['to']}", asked.as_of, len(found.entries), page_table(table))
