"""All that a list finds, to be changed at once: what the list's own address finds, every page of it."""

from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict

from crm.actions.bulk_changes import MOST
from crm.models import Account, ListedOutcome, Record
from crm.permissions import kept_from, readable
from crm.queries.outcome_lists import outcomes_asked
from crm.web.forms.outcomes import OutcomesForm
from crm.web.pages.events import EVENTS
from crm.web.pages.follow_ups import FOLLOW_UPS
from crm.web.pages.listing import Asking, Listing
from crm.web.pages.organisations import ORGANISATIONS
from crm.web.pages.participations import PARTICIPATIONS
from crm.web.pages.ticks import TooMany

_LISTINGS: Final[dict[str, Listing]] = {
    listing.place: listing for listing in (EVENTS, FOLLOW_UPS, ORGANISATIONS, PARTICIPATIONS)
}


def ids_found(place: str, query: QueryDict, reader: Account, today: date) -> list[UUID]:
    """The ids of what the list of this place finds for the reader, asked by its address. Raises TooMany."""
    found = readable(reader, _found(place, query, reader, today))
    ids = list(found.values_list("pk", flat=True)[: MOST + 1])
    if len(ids) > MOST:
        raise TooMany(found.count())
    return ids


def _found(place: str, query: QueryDict, reader: Account, today: date) -> QuerySet[ListedOutcome] | QuerySet[Record]:
    if place == "outcomes":
        return outcomes_asked(OutcomesForm(query, reader=reader).asked(), kept_from(reader))
    listing = _LISTINGS[place]
    form = listing.form(query, reader=reader, today=today)
    form.is_valid()
    return listing.found(Asking(form, reader, today))
