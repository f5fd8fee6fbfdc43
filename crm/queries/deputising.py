"""What a deputy is shown because it is to answer or decide in another's place (대결·전결), and for no other reason.

A deputy may belong to no department that takes part. What is kept from such readers is open to a deputy as long as the
delegation is in force: where an answer or a decision waits for the one in whose place the deputy stands, and where the
deputy itself has given it."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from crm.models import Account, Approval, Concurrence
from crm.queries.authority import given_to, may_answer, may_decide, units_answered_by
from crm.values.concurrence import PENDING

Outcomes = frozenset[UUID]


def on_this_day(account: Account, today: date) -> None:
    """Tells which day it is to what is asked about the account later. Said where the clock is read: at the edge."""
    account.__dict__["_day"] = today


def lent_to(account: Account) -> Outcomes:
    """The outcomes that the account may read as a deputy. Read once an account object: that is once a request. Nothing
    for an account of which nobody has said the day."""
    today: date | None = account.__dict__.get("_day")
    if today is None:
        return frozenset()
    known: tuple[date, Outcomes] | None = account.__dict__.get("_lent_to")
    if known is None or known[0] != today:
        found = _answered(account, today) | _decided(account, today) if given_to(account, today) else frozenset()
        known = account.__dict__["_lent_to"] = (today, found)
    return known[1]


def _answered(account: Account, today: date) -> Outcomes:
    waits = Q(answer="", overridden_at=None) | Q(answered_by=account)
    asked = Concurrence.objects.filter(waits, archived_at=None, outcome__archived_at=None).select_related("org_unit")
    asked = asked.filter(org_unit__in=units_answered_by(account, today))
    givers = [delegation.giver for delegation in given_to(account, today)]
    return frozenset(
        one.outcome_id for one in asked if any(may_answer(account, one.org_unit, today, giver) for giver in givers)
    )


def _decided(account: Account, today: date) -> Outcomes:
    waits = Q(status__in=PENDING) | Q(decided_by=account)
    submitted = Approval.objects.filter(waits, archived_at=None, outcome__archived_at=None).select_related("outcome")
    submitted = submitted.filter(outcome__lead_unit__in=units_answered_by(account, today))
    givers = [delegation.giver for delegation in given_to(account, today)]
    return frozenset(
        one.outcome_id for one in submitted if any(may_decide(account, one.outcome, today, giver) for giver in givers)
    )
