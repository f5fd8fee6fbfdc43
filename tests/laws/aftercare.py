"""The scenarios of follow-ups by rule, of hand-over, mails, notifications and calendars: one an action, for the laws'
tests."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from crm.actions import (
    bulk_changes,
    calendars,
    digests,
    follow_up_rules,
    follow_ups,
    handing_over,
    imports,
    notifications,
    organisations,
    saved_filters,
    taking_back,
)
from crm.actions.base import Caller
from crm.actions.booking import Booking, NamedParty
from crm.models import BulkChange, CalendarFeed, FollowUp, ImportBatch, Notification, Organisation, SavedFilter
from crm.queries.follow_up_rules import Occasion
from crm.values.evidence import Grade
from crm.values.follow_up_rules import Trigger
from crm.values.measures import OutcomeKind, PartyRole

if TYPE_CHECKING:
    from tests.laws.scenarios import World

DAY = date(2023, 3, 1)


def _occasion(w: "World") -> Occasion:
    return Occasion(f"cadence:{w.outcome.pk}:3", Trigger.CADENCE, "3개월 점검", date(2023, 4, 8), outcome=w.outcome)


def _planned(w: "World") -> FollowUp:
    return follow_up_rules.plan_occasion(w.caller, _occasion(w))


def _hand_over_person(w: "World") -> object:
    follow_ups.update_follow_up(w.caller, w.follow_up, assignee=w.officer)
    return handing_over.hand_over_person(w.caller, w.officer)


def _hand_over_unit(w: "World") -> object:
    follow_ups.update_follow_up(w.caller, w.follow_up, org_unit=w.unit)
    return handing_over.hand_over_unit(w.caller, w.unit, w.heir)


def _close_calendar(w: "World") -> CalendarFeed:
    feed, _token = calendars.open_calendar(w.caller)
    return calendars.close_calendar(w.caller, feed)


def _officer(w: "World") -> Caller:
    return replace(w.caller, account=w.officer)


def _told(w: "World") -> Notification:
    follow_ups.update_follow_up(w.caller, w.follow_up, assignee=w.officer)
    return Notification.objects.get(account=w.officer)


def _saved(w: "World") -> SavedFilter:
    return saved_filters.save_filter(w.caller, "outcomes", "우리 과 협약", "kind=investment_mou", is_shared=True)


def _restore_filter(w: "World") -> object:
    return saved_filters.restore_filter(w.caller, saved_filters.remove_filter(w.caller, _saved(w)))


def _changed(w: "World") -> BulkChange:
    versions = {w.outcome.pk: w.outcome.version}
    return bulk_changes.change_many(w.caller, [w.outcome], "next_steps", "부지 확인", versions=versions)


def _sheet(w: "World") -> ImportBatch:
    told = {"headings": ["구분"], "columns": {"구분": "kind"}, "rows": [[2, ["투자협약"]]]}
    return imports.keep_sheet(w.caller, file_name="명단.xlsx", digest="0" * 64, **told)


def _applied(w: "World", parties: Sequence[NamedParty] = ()) -> ImportBatch:
    fields = {"kind": OutcomeKind.INVESTMENT_MOU, "title": "가져온 협약", "signed_on": DAY}
    rows = [imports.NewRow(2, Booking("명단", Grade.CITY_STATEMENT, list(parties)), fields)]
    return imports.apply_rows(w.caller, _sheet(w), rows, left={}, begins_at=0, position=1, total=1)


def _restored_company(w: "World") -> Organisation:
    """Put away with the sheet that put it on record."""
    parties = [NamedParty("가져온 회사", PartyRole.INVESTOR)]
    taking_back.undo_rows(w.caller, _applied(w, parties), begins_at=1, most=10)
    return organisations.restore_organisation(w.caller, Organisation.objects.get(name="가져온 회사"))


AFTERCARE: dict[str, Callable[["World"], object]] = {
    "set_rule": lambda w: follow_up_rules.set_rule(w.caller, Trigger.CADENCE, "promise", [0, 2]),
    "plan_occasion": _planned,
    "close_settled": lambda w: follow_up_rules.close_settled(w.caller, _planned(w), DAY),
    "escalate": lambda w: follow_up_rules.escalate(w.caller, w.follow_up, DAY),
    "snooze_follow_up": lambda w: follow_ups.snooze_follow_up(w.caller, w.follow_up, date(2023, 3, 9), "회신 대기"),
    "hand_over_person": _hand_over_person,
    "hand_over_unit": _hand_over_unit,
    "claim_digest": lambda w: digests.claim_digest(w.caller, w.officer, DAY, 3),
    "note_digest": lambda w: digests.note_digest(w.caller, digests.claim_digest(w.caller, w.officer, DAY, 3)),
    "mark_read": lambda w: notifications.mark_read(_officer(w), _told(w)),
    "mark_unread": lambda w: notifications.mark_unread(_officer(w), notifications.mark_read(_officer(w), _told(w))),
    "mark_all_read": lambda w: notifications.mark_all_read(w.caller, w.caller.now),
    "take_back_reading": lambda w: notifications.take_back_reading(w.caller, w.caller.now),
    "clear_read": lambda w: notifications.clear_read(w.caller),
    "open_calendar": lambda w: calendars.open_calendar(w.caller),
    "close_calendar": _close_calendar,
    "reopen_calendar": lambda w: calendars.reopen_calendar(w.caller, _close_calendar(w)),
    "change_many": _changed,
    "undo_change": lambda w: bulk_changes.undo_change(w.caller, _changed(w)),
    "keep_sheet": _sheet,
    "change_sheet": lambda w: imports.change_sheet(w.caller, _sheet(w), decisions={"2": "skip"}),
    "apply_rows": _applied,
    "undo_rows": lambda w: taking_back.undo_rows(w.caller, _applied(w), begins_at=1, most=10),
    "restore_organisation": _restored_company,
    "save_filter": _saved,
    "remove_filter": lambda w: saved_filters.remove_filter(w.caller, _saved(w)),
    "restore_filter": _restore_filter,
}
