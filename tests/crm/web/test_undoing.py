"""What is taken away at a click comes back at a click: the message that tells of it has the way."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from crm.actions import calendars, delegations, saved_filters, targets
from crm.actions.accounts import update_account
from crm.actions.base import Caller
from crm.models import Account, CalendarFeed, Delegation, Event, EventCost, Record, SavedFilter, Target
from crm.values.concurrence import Capacity
from crm.values.measures import Measure, Series
from tests.builders import Cast, make_event, system
from tests.builders_concurrence import as_caller

SignIn = Callable[[Account], Client]


def a_target(caller: Caller) -> Target:
    return targets.set_target(
        caller, year=2023, measure=Measure.COUNT, series=Series.ANNOUNCED, value=Decimal(4), source="계획"
    )


def a_cost(caller: Caller) -> EventCost:
    return targets.record_cost(
        caller, event=Event.objects.get(), item="통역", amount=Decimal(9), currency="KRW", source="정산서"
    )


def a_filter(caller: Caller) -> SavedFilter:
    return saved_filters.save_filter(caller, "outcomes", "우리 과 협약", "kind=investment_mou")


def a_delegation(caller: Caller) -> Delegation:
    deputy = Account.objects.get(username="officer")
    given = {"capacity": Capacity.DELEGATED, "from_on": date(2023, 3, 1)}
    return delegations.give_delegation(caller, caller.account, deputy, **given)


def a_feed(caller: Caller) -> CalendarFeed:
    return calendars.open_calendar(caller)[0]


@pytest.mark.parametrize(
    ("make", "removal", "again"),
    [
        (a_target, "targets/{}/remove/", a_target),
        (a_cost, "costs/{}/remove/", None),
        (a_filter, "filters/{}/remove/", a_filter),
        (a_delegation, "delegations/{}/end/", None),
        (a_feed, "calendar/{}/close/", a_feed),
    ],
)
def test_what_was_taken_away_at_a_click_comes_back_at_one(
    cast: Cast, signed_in: SignIn, make: Callable[[Caller], Record], removal: str, again: Any
) -> None:
    """Unless the like of it was made meanwhile: then that is said and stands."""
    make_event()
    mine, client = as_caller(cast.teamlead), signed_in(cast.teamlead)
    record = make(mine)

    def stands() -> bool:
        record.refresh_from_db()
        return record.archived_at is None and getattr(record, "revoked_at", None) is None

    def remove() -> str:
        sent = {"version": record.version}
        page = client.post(f"/{removal.format(record.pk)}", sent, follow=True).content.decode()
        found = re.search(r'class="messages".*?<form[^>]*action="([^"]+)"', page, re.DOTALL)
        assert found and not stands()
        return found[1]

    undo = remove()
    if make in (a_filter, a_delegation, a_feed):  # what is one person's own
        assert signed_in(cast.outsider).post(undo).status_code in (403, 404) and not stands()
    assert client.get(undo).status_code == 405
    told = client.post(undo, follow=True).content.decode()
    assert 'class="notice success"' in told and stands()
    if again is not None:
        undo = remove()
        again(mine)
        told = client.post(undo, follow=True).content.decode()
        assert 'class="notice error"' in told and not stands()


def test_a_delegation_to_somebody_who_left_does_not_go_on(cast: Cast, signed_in: SignIn) -> None:
    given = a_delegation(as_caller(cast.teamlead))
    delegations.end_delegation(as_caller(cast.teamlead), given)
    update_account(system(), cast.officer, is_active=False)
    told = signed_in(cast.teamlead).post(f"/delegations/{given.pk}/resume/", follow=True).content.decode()
    given.refresh_from_db()
    assert 'class="notice error"' in told and given.archived_at is not None
