"""The entries behind a number: what the trace of a report's figure opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.dates import day_text
from crm.permissions import Sight
from crm.values.periods import parse_as_of
from reports.building.details import entries_table, shared_entries_table
from reports.building.sight import seen_entries
from reports.figures.asked import NotAnswerable
from reports.figures.trace import Trace, trace
from reports.web.pages.tables import PageTable, Paging, turned_to


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """The entries, and the words of what was asked."""

    span: str
    as_of: datetime
    count: int
    table: PageTable
    paging: Paging


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
    shown = seen_entries(found.listed, sight)
    table = shared_entries_table(shown, found.shares) if found.shares else entries_table(shown)
    again = urlencode({**{k: v for k, v in query.items() if k != "page"}, "as_of": asked.as_of.isoformat()})
    turned, paging = turned_to(table, query.get("page", ""), f"?{again}")
    last = day_text(asked.last)
    span = f"{day_text(first)} ~ {last}" if first else _("until %(day)s") % {"day": last}
    return EntriesPage(span, asked.as_of, len(shown), turned, paging)
