"""The day's page: what is due, what has no owner, what rests on too little."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.models import Account, FollowUp, Outcome
from crm.permissions import may
from crm.queries import work_lists
from crm.queries.outcome_lists import ORDERS, with_lines
from crm.web.pages.follow_ups import FollowUpLine, follow_up_lines
from crm.web.pages.outcome_lines import OutcomeLine, outcome_line
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
    key: str
    heading: str
    empty: str
    count: int
    all: str
    lines: tuple[OutcomeLine, ...]


@dataclass(frozen=True, slots=True)
class TodayPage:
    day: str
    today: str
    follow_ups: tuple[FollowUpList, ...]
    outcomes: tuple[OutcomeList, ...]
    may_record: bool


def today_page(reader: Account, today: date) -> TodayPage:
    follow_ups = (
        ("overdue", _("Overdue"), _("Nothing is overdue."), work_lists.overdue(today)),
        ("soon", _("Due within 14 days"), _("Nothing is due within 14 days."), work_lists.due_soon(today)),
        ("unassigned", _("Unassigned"), _("Everything has an owner and a day."), work_lists.unassigned()),
    )
    outcomes = (
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
        follow_ups=tuple(_follow_ups(*parts, reader, today) for parts in follow_ups),
        outcomes=tuple(_outcomes(*parts) for parts in outcomes),
        may_record=may(reader, "outcome.record"),
    )


def _follow_ups(
    key: str, heading: str, empty: str, found: QuerySet[FollowUp], reader: Account, today: date
) -> FollowUpList:
    address = f"{reverse('follow-ups')}?show={key}"
    return FollowUpList(key, heading, empty, found.count(), address, follow_up_lines(found[:SHORT], reader, today))


def _outcomes(query: str, heading: str, empty: str, found: QuerySet[Outcome]) -> OutcomeList:
    lines = tuple(outcome_line(outcome) for outcome in with_lines(found.order_by(*ORDERS["-signed"]))[:SHORT])
    return OutcomeList(query.partition("=")[0], heading, empty, found.count(), f"{reverse('outcomes')}?{query}", lines)
