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
from reports.building.behind import behind_table, behind_text
from reports.building.sight import seen_entries
from reports.figures.asked import NotAnswerable
from reports.figures.trace import Trace, outcomes_behind, sums_behind, tells_of, trace
from reports.web.pages.tables import PageTable, Paging, turned_to


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """The entries, and the words of what was asked. `told`: what they add up to, how many outcomes they are about and
    how many they are."""

    span: str
    as_of: datetime
    told: str
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
    # The sum over few outcomes would tell the values that are kept from the reader.
    added = None if tells_of(found, sight.masked) else sums_behind(found)
    told = behind_text(added, outcomes_behind(found), len(shown))
    table = behind_table(shown, found.shares)
    again = urlencode({**{k: v for k, v in query.items() if k != "page"}, "as_of": asked.as_of.isoformat()})
    turned, paging = turned_to(table, query.get("page", ""), f"?{again}")
    last = day_text(asked.last)
    span = f"{day_text(first)} ~ {last}" if first else _("until %(day)s") % {"day": last}
    return EntriesPage(span, asked.as_of, told, turned, paging)
