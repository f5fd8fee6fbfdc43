"""What can be changed at once of a list: the rows that are ticked, or all that it finds."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from crm.actions.bulk_changes import MOST
from crm.models import Account
from crm.permissions import may
from crm.web.pages.links import Link

# In an address: what a list was asked, where all that it finds is meant.
FOUND: Final = "found"


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
    """`form` is the name of the form that takes the ticked ones, `everything` leads to all that the list finds; without
    an address it says why they are too many."""

    form: str
    everything: Link


def ticks_of(place: str, query: str, count: int, reader: Account) -> Ticks | None:
    """None for who may not change many at once. `query` is what the list was asked."""
    if not may(reader, "bulk.change"):
        return None
    if count > MOST:
        return Ticks("ticked", Link(str(TooMany(count))))
    told = ngettext("Change the %(n)s found", "Change all %(n)s found", count) % {"n": count}
    return Ticks("ticked", Link(told, f"{reverse('bulk-edit', args=[place])}?{urlencode({FOUND: query})}"))
