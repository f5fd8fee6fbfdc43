"""What can be changed at once of a list: the rows that are ticked, or all that it finds."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import ngettext

from crm.actions.bulk_changes import MOST
from crm.models import Account
from crm.permissions import may
from crm.web.pages.links import Link
from crm.web.pages.paging import Paging

# In an address: what a list was asked, where all that it finds is meant.
FOUND: Final = "found"
# What it was asked where only some of its rows were ticked: the way back to it.
ASKED: Final = "asked"
# A server refuses an address of more than some four thousand letters: so many are left for what a list was asked.
_LONGEST_ASKED: Final = 2400


class TooMany(ValueError):
    """More than may be changed at once. str() says so to the reader."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        told = ngettext(
            "The list finds %(n)s record. At most %(most)d are changed at once: narrow the list.",
            "The list finds %(n)s records. At most %(most)d are changed at once: narrow the list.",
            self.count,
        )
        return told % {"n": f"{self.count:,}", "most": MOST}


@dataclass(frozen=True, slots=True)
class Ticks:
    """`form` is the name of the form that takes the ticked ones, with what the list was `asked`; `everything` leads to
    all that the list finds; without an address it says why they are too many."""

    form: str
    asked: str
    everything: Link


def ticks_of(place: str, query: str, paging: Paging, reader: Account) -> Ticks | None:
    """None for who may not change many at once. `query` is what the list was asked."""
    if not may(reader, "bulk.change"):
        return None
    count, page = paging.count, urlencode({"page": paging.number} if paging.number > 1 else {})
    asked = "&".join(part for part in (query, page) if part)
    asked = asked if len(quote(asked)) <= _LONGEST_ASKED else ""
    if count > MOST:
        return Ticks("ticked", asked, Link(str(TooMany(count))))
    told = ngettext("Change the %(n)s found", "Change all %(n)s found", count) % {"n": count}
    return Ticks("ticked", asked, Link(told, f"{reverse('bulk-edit', args=[place])}?{urlencode({FOUND: query})}"))


def list_address(place: str, asked: str) -> str:
    """The list as it was narrowed: whatever was `asked` is asked of this list, and leads nowhere else."""
    query = QueryDict(asked).urlencode()
    return f"{reverse(place)}?{query}" if query else reverse(place)


def with_asked(address: str, asked: str) -> str:
    """The address of a page that knows the way back to the list."""
    return f"{address}?{urlencode({ASKED: asked})}" if asked else address
