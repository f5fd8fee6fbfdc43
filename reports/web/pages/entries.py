"""The entries behind a number: what the trace of a report's figure opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.models.labels import label
from crm.permissions import Sight
from crm.values.measures import Disclosure
from crm.values.periods import format_date, parse_as_of
from reports.building.details import entries_table, shared_entries_table
from reports.building.sight import masked_entries
from reports.figures.asked import NotAnswerable
from reports.figures.trace import Trace, trace
from reports.web.pages.tables import MOST_ROWS, PageTable, part_of_table


@dataclass(frozen=True, slots=True)
class Paging:
    """Addresses are empty where there is no such page."""

    number: int
    pages: int
    earlier: str
    later: str


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
    names = {pk: label(Disclosure.CLOSED) if pk in sight.hidden else name for pk, name in found.names.items()}
    shown = masked_entries(found.entries, sight)
    table = shared_entries_table(shown, names, found.shares) if found.shares else entries_table(shown, names)
    count = len(found.entries)
    pages = max(1, -(-count // MOST_ROWS))
    typed = query.get("page", "")
    number = min(max(int(typed), 1), pages) if typed.isdecimal() and len(typed) < 9 else 1
    span = f"{format_date(first) if first else ''} ~ {format_date(asked.last)}".strip()
    shown_part = part_of_table(table, (number - 1) * MOST_ROWS)

    def address(page: int) -> str:
        return "?" + urlencode({**query, "page": page, "as_of": asked.as_of.isoformat()}) if 0 < page <= pages else ""

    paging = Paging(number, pages, address(number - 1), address(number + 1))
    return EntriesPage(span, asked.as_of, count, shown_part, paging)
