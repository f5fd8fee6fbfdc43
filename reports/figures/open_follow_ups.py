"""The open follow-ups of a unit or of a programme, as known at a time: read with others, and shown page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import FollowUp
from reports.figures.at_once import Wanted, last_of
from reports.figures.follow_up_status import IDS, TEXTS, FollowUpLine, FollowUpRow, lines_of, soonest
from reports.figures.listing import A_PAGE, Listing


def follow_ups_of(which: QuerySet[Any], as_of: datetime) -> Wanted:
    """The follow-ups of which these are rows of the history, to be read with others; archived ones left out."""
    names = (*IDS[1:], *TEXTS)
    found = last_of(FollowUp, Q(id__in=which.values("id")), as_of, "archived_at", *names)

    def made_of(rows: list[Any]) -> list[FollowUpRow]:
        known = [one for one in found.made_of(rows) if one.archived_at is None]
        return [FollowUpRow(*(_digits(getattr(one, name)) for name in ("id", *names))) for one in known]

    return replace(found, made_of=made_of)


def open_among(
    rows: Sequence[FollowUpRow], names: Mapping[UUID, str], as_of: datetime, told: Sequence[Any]
) -> Listing[FollowUpLine]:
    """The soonest due first; `told` is what `told_of` found of the outcomes of the `first_of` them."""
    first = {row.id for row in first_of(rows)}

    def read(some: Sequence[FollowUpRow]) -> list[FollowUpLine]:
        return lines_of(some, names, as_of, told if all(row.id in first for row in some) else None)

    return Listing(sorted(rows, key=soonest), read)


def first_of(rows: Sequence[FollowUpRow]) -> list[FollowUpRow]:
    """Those that a page shows at first."""
    return sorted(rows, key=soonest)[:A_PAGE]


def _digits(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value
