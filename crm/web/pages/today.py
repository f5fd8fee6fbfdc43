"""The day's page: what is due, what has no owner, what rests on too little."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.models import Account, FollowUp, Outcome
from crm.permissions import may, readable
from crm.queries import work_lists
from crm.queries.concurrence import approvals_waiting_with, waiting_with
from crm.queries.outcome_lists import ORDERS, with_lines
from crm.web.pages.approval import ApprovalLine, approval_line
from crm.web.pages.concurrence import RequestLine, request_lines
from crm.web.pages.follow_ups import FollowUpLine, follow_up_lines
from crm.web.pages.outcome_lines import OutcomeLine, outcome_lines
from crm.web.text import day_text

SHORT: Final = 5


@dataclass(frozen=True, slots=True)
class FollowUpList:
    key: str
    heading: str
    empty: str
    count: int
    all: str
    lines: tuple[FollowUpLine, ...]


@dataclass(frozen=True, slots=True)
class OutcomeList:
    """`deed` is what the reader may do about a line in place (lead, evidence or ""), to the outcomes in `open_to`."""

    key: str
    heading: str
    empty: str
    count: int
    all: str
    lines: tuple[OutcomeLine, ...]
    deed: str
    open_to: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits with the reader's unit: requests to answer and approvals to decide, the first of each."""

    requests: int
    request_lines: tuple[RequestLine, ...]
    approvals: int
    approval_lines: tuple[ApprovalLine, ...]


@dataclass(frozen=True, slots=True)
class TodayPage:
    day: str
    today: str
    exchange: Waiting
    follow_ups: tuple[FollowUpList, ...]
    outcomes: tuple[OutcomeList, ...]
    may_record: bool


def today_page(reader: Account, today: date) -> TodayPage:
    follow_ups = (
        ("overdue", _("Overdue"), _("Nothing is overdue."), work_lists.overdue(today)),
        (
            "escalated",
            _("Escalated to you, or to nobody"),
            _("Nothing is escalated."),
            work_lists.escalated().filter(Q(escalated_to=reader) | Q(escalated_to=None)),
        ),
        ("soon", _("Due within 14 days"), _("Nothing is due within 14 days."), work_lists.due_soon(today)),
        ("unassigned", _("Unassigned"), _("Everything has an owner and a day."), work_lists.unassigned()),
    )
    outcomes = (
        (
            "standing=provisional",
            _("Provisional outcomes"),
            _("No outcome is provisional."),
            work_lists.provisional_outcomes(),
        ),
        (
            "standing=unconfirmed",
            _("Unconfirmed outcomes"),
            _("Every outcome is confirmed."),
            work_lists.unconfirmed_outcomes(),
        ),
        (
            "evidence=missing",
            _("Outcomes that lack evidence"),
            _("Every outcome has evidence of the first three grades."),
            work_lists.without_strong_evidence(),
        ),
        (
            "unit=none",
            _("Outcomes without a lead unit"),
            _("Every outcome has a lead unit."),
            work_lists.without_lead_unit(),
        ),
    )
    return TodayPage(
        day=day_text(today),
        today=today.isoformat(),
        exchange=_waiting(reader, today),
        follow_ups=tuple(_follow_ups(*parts, reader, today) for parts in follow_ups),
        outcomes=tuple(_outcomes(*parts, reader) for parts in outcomes),
        may_record=may(reader, "outcome.record"),
    )


def _waiting(reader: Account, today: date) -> Waiting:
    requests = readable(reader, waiting_with(reader, today))
    approvals = readable(reader, approvals_waiting_with(reader, today))
    return Waiting(
        requests=requests.count(),
        request_lines=request_lines(requests[:SHORT], reader, today),
        approvals=approvals.count(),
        approval_lines=tuple(approval_line(approval) for approval in approvals[:SHORT]),
    )


def _follow_ups(
    key: str, heading: str, empty: str, found: QuerySet[FollowUp], reader: Account, today: date
) -> FollowUpList:
    found, address = readable(reader, found), f"{reverse('follow-ups')}?show={key}"
    return FollowUpList(key, heading, empty, found.count(), address, follow_up_lines(found[:SHORT], reader, today))


# What can be done in place about what a list shows, and the verb that it takes.
_DEEDS: Final = {"unit=none": ("lead", "outcome.update"), "evidence=missing": ("evidence", "document.attach")}


def _outcomes(query: str, heading: str, empty: str, found: QuerySet[Outcome], reader: Account) -> OutcomeList:
    found = readable(reader, found)
    rows = list(with_lines(found.order_by(*ORDERS["-signed"]))[:SHORT])
    deed, verb = _DEEDS.get(query, ("", ""))
    open_to = frozenset(o.pk for o in rows if may(reader, verb, o)) if deed else frozenset()
    return OutcomeList(
        query.replace("=", "-"),
        heading,
        empty,
        found.count(),
        f"{reverse('outcomes')}?{query}",
        outcome_lines(rows, reader),
        deed if deed != "lead" or reader.org_unit_id else "",
        open_to,
    )
