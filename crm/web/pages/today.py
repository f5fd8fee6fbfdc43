"""The day's page: what is due, what has no owner, what rests on too little."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.models import Account, Approval, Concurrence, FollowUp, Outcome
from crm.permissions import may, readable
from crm.queries import work_lists
from crm.queries.concurrence import (
    WAITS,
    approvals_waiting_with,
    unsettled_of,
    waiting_for,
    waiting_with,
    with_askers,
    with_deciders,
)
from crm.queries.follow_ups import our_follow_ups
from crm.queries.outcome_lists import NO_UNIT, OutcomesAsked, listed_of_units, outcomes_asked
from crm.queries.visibility import OURS, follow_ups_with_cooperation, outcomes_with_cooperation, own_units, units_of
from crm.values.measures import Role, Standing
from crm.web.pages.approval import ApprovalLine, approval_line
from crm.web.pages.concurrence import RequestLine, request_lines
from crm.web.pages.follow_ups import FollowUpLine, follow_up_lines
from crm.web.pages.links import Link, address_of
from crm.web.pages.outcome_lines import OutcomeLine, outcome_lines, rows_for
from crm.web.pages.paging import in_order
from crm.web.text import day_text

M = TypeVar("M", bound=Model)
SHORT: Final = 5
CITY: Final = "city"
# Beyond this it does not matter how many there are, and counting on would take its time.
MOST_COUNTED: Final = 200


@dataclass(frozen=True, slots=True)
class FollowUpList:
    key: str
    heading: str
    empty: str
    count: str
    all: str
    lines: tuple[FollowUpLine, ...]


@dataclass(frozen=True, slots=True)
class OutcomeList:
    """`deed` is what the reader may do about a line in place (lead, evidence or ""), to the outcomes in `open_to`."""

    key: str
    heading: str
    empty: str
    count: str
    all: str
    lines: tuple[OutcomeLine, ...]
    deed: str
    open_to: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits with the reader's unit: requests to answer and approvals to decide, the first of each."""

    requests: str
    request_lines: tuple[RequestLine, ...]
    approvals: str
    approval_lines: tuple[ApprovalLine, ...]


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The lists of outcomes come later, by the address `outcomes_at`. `scopes`: (whose, its name, whether shown), where
    the reader has a department of which there is a choice."""

    day: str
    today: str
    exchange: Waiting
    follow_ups: tuple[FollowUpList, ...]
    scopes: tuple[tuple[str, str, bool], ...]
    outcomes_at: str
    may_record: bool


def whose_day(reader: Account, typed: str) -> str:
    """`ours` or `city`: as typed; else that of the reader's department, but for those who answer for all of them."""
    if not reader.org_unit_id:
        return CITY
    if typed in (OURS, CITY):
        return typed
    return CITY if reader.role in (Role.LEADERSHIP, Role.ADMINISTRATOR) else OURS


def today_page(reader: Account, today: date, whose: str) -> TodayPage:
    ours = our_follow_ups(reader) if whose == OURS else Q()
    to_reader = Q(escalated_to=reader) | (Q(escalated_to=None) & ours)
    asked = (
        ("overdue", _("Overdue"), _("Nothing is overdue."), work_lists.overdue(today).filter(ours)),
        (
            "escalated",
            _("Escalated to you, or to nobody"),
            _("Nothing is escalated."),
            work_lists.escalated().filter(to_reader),
        ),
        ("soon", _("Due within 14 days"), _("Nothing is due within 14 days."), work_lists.due_soon(today).filter(ours)),
        ("unassigned", _("Unassigned"), _("Everything has an owner and a day."), work_lists.unassigned().filter(ours)),
    )
    names = ((OURS, _("My department and those below it")), (CITY, _("The whole city's")))
    only = "&whose=ours" if whose == OURS else ""
    ids = {key: _ids(readable(reader, found)) for key, _heading, _empty, found in asked}
    shown = {pk for found in ids.values() for pk in found[:SHORT]}
    listed = work_lists.follow_ups_listed(FollowUp.objects.filter(pk__in=shown))
    rows = follow_ups_with_cooperation(units_of(reader), listed)
    lines = {line.id: line for line in follow_up_lines(rows, reader, today)}
    return TodayPage(
        day=day_text(today),
        today=today.isoformat(),
        exchange=_waiting(reader, today),
        follow_ups=tuple(
            FollowUpList(
                key,
                heading,
                empty,
                count_text(ids[key]),
                f"{reverse('follow-ups')}?show={key}{'' if key == 'escalated' else only}",
                tuple(lines[pk] for pk in ids[key][:SHORT] if pk in lines),
            )
            for key, heading, empty, _found in asked
        ),
        scopes=tuple((key, name, key == whose) for key, name in names) if reader.org_unit_id else (),
        outcomes_at=f"{reverse('today-outcomes')}?whose={whose}",
        may_record=may(reader, "outcome.record"),
    )


def _waiting(reader: Account, today: date) -> Waiting:
    requests = _ids(readable(reader, waiting_with(reader, today)))
    approvals = _ids(readable(reader, approvals_waiting_with(reader, today)))
    request_rows = in_order(requests[:SHORT], lambda ids: with_askers(Concurrence.objects.filter(pk__in=ids)))
    approval_rows = in_order(approvals[:SHORT], lambda ids: with_deciders(Approval.objects.filter(pk__in=ids)))
    return Waiting(
        requests=count_text(requests),
        request_lines=request_lines(request_rows, reader, today),
        approvals=count_text(approvals),
        approval_lines=tuple(approval_line(approval) for approval in approval_rows),
    )


def _ids(found: QuerySet[M]) -> list[UUID]:
    return list(found.values_list("pk", flat=True)[: MOST_COUNTED + 1])


def count_text(found: Sequence[object]) -> str:
    """Nothing for none."""
    if len(found) > MOST_COUNTED:
        return f"{MOST_COUNTED:,}+"
    return f"{len(found):,}" if found else ""


# What can be done in place about what a list shows, and the verb that it takes.
_DEEDS: Final = {"unit=none": ("lead", "outcome.update"), "evidence=missing": ("evidence", "document.attach")}


def outcome_lists(reader: Account, whose: str) -> tuple[OutcomeList, ...]:
    """The outcomes that lack something: the latest of each list, all of them read together. Those without a lead unit
    are everybody's."""
    units = own_units(reader) if whose == OURS else None
    # A department may have no outcomes at all: of those it does not say that all is well.
    none_of_ours = _("There is none of your department's.") if whose == OURS else ""
    ours, of_units = OutcomesAsked(unit=units), listed_of_units(units) if units is not None else None
    asked = (
        (
            "standing=provisional",
            _("Provisional outcomes"),
            none_of_ours or _("No outcome is provisional."),
            replace(ours, standing=Standing.PROVISIONAL),
        ),
        (
            "standing=unconfirmed",
            _("Unconfirmed outcomes"),
            none_of_ours or _("Every outcome is confirmed."),
            replace(ours, standing=Standing.UNCONFIRMED),
        ),
        (
            "evidence=missing",
            _("Outcomes that lack evidence"),
            none_of_ours or _("Every outcome has evidence of the first three grades."),
            replace(ours, evidence="missing"),
        ),
        (
            "unit=none",
            _("Outcomes without a lead unit"),
            _("Every outcome has a lead unit."),
            OutcomesAsked(unit=NO_UNIT),
        ),
    )
    only = "&unit=ours" if whose == OURS else ""
    ids = {
        query: _ids(readable(reader, outcomes_asked(found, of_units=of_units)))
        for query, _heading, _empty, found in asked
    }
    shown = {pk for found in ids.values() for pk in found[:SHORT]}
    rows = {row.pk: row for row in outcomes_with_cooperation(units_of(reader), rows_for(reader)(shown))}
    lines = {line.id: line for line in outcome_lines(rows.values())}
    for pk, waits in _waits(reader, ids["standing=provisional"][:SHORT]).items():
        lines[pk] = replace(lines[pk], waits=waits)
    return tuple(
        _outcomes(query, "" if query == "unit=none" else only, heading, empty, ids[query], rows, lines, reader)
        for query, heading, empty, _found in asked
    )


def _waits(reader: Account, outcomes: list[UUID]) -> dict[UUID, Link]:
    """What each of the provisional outcomes waits for: the first department that has not agreed, else the approval."""
    if not outcomes:
        return {}
    asked = readable(reader, unsettled_of(outcomes))
    rounds = readable(reader, Approval.objects.filter(outcome__in=outcomes, status__in=WAITS))
    found: dict[UUID, Link] = {}
    for outcome, pk, unit in waiting_for(asked, rounds):
        told = _("Waits for %(unit)s") % {"unit": unit} if unit else _("Waits for approval")
        found.setdefault(outcome, Link(told, address_of("concurrence" if unit else "approval", pk)))
    return found


def _outcomes(
    query: str,
    only: str,
    heading: str,
    empty: str,
    ids: list[UUID],
    rows: dict[UUID, Outcome],
    lines: dict[UUID, OutcomeLine],
    reader: Account,
) -> OutcomeList:
    deed, verb = _DEEDS.get(query, ("", ""))
    here = [pk for pk in ids[:SHORT] if pk in rows]
    return OutcomeList(
        query.replace("=", "-"),
        heading,
        empty,
        count_text(ids),
        f"{reverse('outcomes')}?{query}{only}",
        tuple(lines[pk] for pk in here),
        deed if deed != "lead" or reader.org_unit_id else "",
        frozenset(pk for pk in here if may(reader, verb, rows[pk])) if deed else frozenset(),
    )
