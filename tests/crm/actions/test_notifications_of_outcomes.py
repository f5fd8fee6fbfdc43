"""Who is told of what happens to outcomes, who is not, and how what was told is read and cleared."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.actions import (
    accounts,
    attribution,
    bulk_changes,
    confirmations,
    ledger,
    merges,
    notifications,
    outcomes,
    stages,
)
from crm.actions.base import Caller, Conflict, Forbidden
from crm.jobs.daily import run_daily
from crm.models import Account, Notification, Organisation, Outcome, PartnerConfirmation
from crm.notices import told
from crm.queries.audience import keepers_of, keepers_of_each
from crm.queries.notifications import unread_of
from crm.values.concurrence import PartnerAnswer
from crm.values.measures import AttributionRole, Disclosure, OutcomeKind, PartyRole, Role
from crm.values.notifications import KEPT_AFTER_READING
from crm.values.stages import Stage
from tests.builders import figure, make_follow_up, make_organisation, make_outcome, make_unit, money_of, system
from tests.builders_concurrence import Exchange, as_caller, person
from tests.builders_notifications import all_told, forget, make_told_exchange, told_to

pytestmark = pytest.mark.django_db
DAY = date(2023, 4, 7)


@pytest.fixture
def exchange() -> Exchange:
    return make_told_exchange()


# Outcomes


@pytest.fixture
def mine(exchange: Exchange) -> Outcome:
    """An outcome that the drafter recorded."""
    caller = as_caller(exchange.drafter)
    testimony = outcomes.Testimony("보도자료", figures=[figure()])
    fields = {"kind": OutcomeKind.INVESTMENT_MOU, "signed_on": date(2023, 1, 7), "lead_unit": exchange.lead}
    made = outcomes.record_outcome(caller, testimony, title="내 협약", **fields)
    forget()
    return made


DEEDS: dict[str, Callable[[Caller, Outcome], object]] = {
    "outcome_changed": lambda c, o: outcomes.update_outcome(c, o, note="다시 확인"),
    "outcome_step": lambda c, o: stages.take_step(c, o, Stage.WITHDRAWN, taken_on=DAY, reason="철회"),
    "outcome_archived": lambda c, o: outcomes.archive_outcome(c, o, "두 번 기록됨"),
    "outcome_figures": lambda c, o: ledger.correct_figure(c, money_of(o), figure(5), "오기"),
}


@pytest.mark.parametrize("kind", DEEDS)
def test_what_another_does_with_my_outcome_is_told(exchange: Exchange, mine: Outcome, kind: str) -> None:
    DEEDS[kind](as_caller(exchange.head), mine)
    assert told_to(exchange.drafter) == [kind]
    assert {name for name, kinds in all_told().items() if kind in kinds} == {"drafter"}


@pytest.mark.parametrize("kind", DEEDS)
def test_what_i_do_with_my_outcome_is_not(exchange: Exchange, mine: Outcome, kind: str) -> None:
    admin = accounts.update_account(system(), exchange.drafter, role=Role.TEAM_LEAD)
    DEEDS[kind](as_caller(admin), mine)
    assert all_told().get("drafter", []).count(kind) == 0


def test_restoring_and_attributing_are_told_too(exchange: Exchange, mine: Outcome) -> None:
    head = as_caller(exchange.head)
    outcomes.archive_outcome(head, mine, "두 번 기록됨")
    outcomes.restore_outcome(head, mine, "잘못 보관함")
    share = attribution.Share(AttributionRole.ORIGINATED, Decimal(100), org_unit=exchange.climate)
    attribution.attribute_outcome(head, mine, [share])
    assert told_to(exchange.drafter) == ["outcome_changed", "outcome_restored", "outcome_archived"]


def test_many_at_once_are_told_each(exchange: Exchange, mine: Outcome) -> None:
    head = as_caller(exchange.head)
    bulk_changes.change_many(head, [mine], "next_steps", "부지 확인", versions={mine.pk: mine.version})
    assert told_to(exchange.drafter) == ["outcome_changed"]


def test_whose_each_of_many_is_is_what_is_found_of_one(exchange: Exchange, mine: Outcome) -> None:
    someone = person("somebody-else", Role.OFFICER, exchange.lead)
    make_follow_up(outcome=make_outcome(title="할 일", lead_unit=exchange.lead), assignee=someone)
    person("another-head", Role.TEAM_LEAD, make_unit("다른 과"))
    elsewhere = Account.objects.get(username="another-head").org_unit
    record = {"kind": OutcomeKind.INVESTMENT_MOU, "signed_on": date(2023, 1, 7)}
    outcomes.record_outcome(
        as_caller(exchange.drafter), outcomes.Testimony("보도"), title="남의", lead_unit=elsewhere, **record
    )
    outcomes.record_outcome(as_caller(exchange.drafter), outcomes.Testimony("보도"), title="주관 없음", **record)
    found = list(Outcome.objects.order_by("created_at"))
    of_each = keepers_of_each(found, DAY)
    assert [set(of_each[one.pk]) for one in found] == [set(keepers_of(one, DAY)) for one in found]
    assert {one.username for some in of_each.values() for one in some} >= {
        "somebody-else",
        "another-head",
        exchange.drafter.username,
    }
    assert of_each[Outcome.objects.get(title="할 일").pk] == [someone]


def test_what_is_nobody_s_is_told_to_the_nearest_head(exchange: Exchange) -> None:
    outcome = make_outcome("아무도 맡지 않은 협약", lead_unit=exchange.lead)
    forget()
    outcomes.update_outcome(system(), outcome, note="다시 확인")
    assert told_to(exchange.reviewer) == told_to(exchange.head) == ["outcome_changed"]
    assert told_to(exchange.drafter) == []


def test_who_recorded_it_for_another_unit_is_not_told_what_that_unit_does(exchange: Exchange) -> None:
    testimony = outcomes.Testimony("명함")
    fields = {"kind": OutcomeKind.BUSINESS_MOU, "signed_on": date(2023, 1, 7), "lead_unit": exchange.lead}
    made = outcomes.record_outcome(as_caller(exchange.climate_officer), testimony, title="부스 협약", **fields)
    forget()
    outcomes.update_outcome(as_caller(exchange.drafter), made, note="정리")
    assert told_to(exchange.climate_officer) == []


def test_who_may_not_read_the_record_is_not_told_of_it(exchange: Exchange, mine: Outcome) -> None:
    helper = person("helper", Role.OFFICER, make_unit("회계과"))
    make_follow_up(outcome=mine, assignee=helper)
    outcomes.update_outcome(as_caller(exchange.head), mine, note="열린 기록")
    assert told_to(helper) == ["outcome_changed", "follow_up_assigned"]
    forget()
    outcomes.update_outcome(as_caller(exchange.head), mine, disclosure_level=Disclosure.CLOSED)
    assert told_to(helper) == [] and told_to(exchange.drafter) == ["outcome_changed"]


def test_what_is_kept_from_the_reader_since_is_not_read_out(exchange: Exchange, mine: Outcome) -> None:
    helper = person("helper", Role.OFFICER, make_unit("회계과"))
    make_follow_up(outcome=mine, assignee=helper)
    outcomes.update_outcome(as_caller(exchange.head), mine, note="열린 기록")
    outcomes.update_outcome(as_caller(exchange.head), mine, disclosure_level=Disclosure.CLOSED)
    lines = told(helper, list(unread_of(helper)))
    assert len(lines) == 2
    assert {(line.title, line.who, line.address) for line in lines} == {("", "", "")}


def test_nobody_is_told_of_history_that_is_loaded_nor_of_invented_records(exchange: Exchange, mine: Outcome) -> None:
    past = replace(system(), known_at=timezone.now() - timedelta(days=90))
    outcomes.update_outcome(past, mine, note="옛 기록")
    invented = make_outcome("합성", lead_unit=exchange.lead, is_synthetic=True)
    outcomes.update_outcome(system(), invented, note="합성")
    assert told_to(exchange.drafter) == told_to(exchange.head) == []


def test_who_has_left_is_not_told(exchange: Exchange, mine: Outcome) -> None:
    accounts.update_account(system(), exchange.drafter, is_active=False)
    outcomes.update_outcome(system(), mine, note="다시 확인")
    assert unread_of(exchange.drafter).count() == 0
    assert told_to(exchange.head) == ["outcome_changed"]


def test_a_refused_deed_is_told_to_nobody(exchange: Exchange, mine: Outcome) -> None:
    other = make_outcome("둘째", lead_unit=exchange.lead)
    with pytest.raises(Conflict):
        bulk_changes.change_many(
            as_caller(exchange.head),
            [mine, other],
            "next_steps",
            "부지 확인",
            versions={mine.pk: mine.version, other.pk: 9},
        )
    assert told_to(exchange.drafter) == []


# Partners and companies


def test_a_partner_s_answer_is_told_to_who_asked(exchange: Exchange, mine: Outcome) -> None:
    company = make_organisation()
    outcomes.update_outcome(as_caller(exchange.drafter), mine, outcomes.Circle(parties=[(company, PartyRole.INVESTOR)]))
    asked, _token = confirmations.ask_partner(as_caller(exchange.reviewer), mine, company)
    reply = confirmations.Reply(PartnerAnswer.CONFIRMED, asked.content_hash, position="대표이사")
    confirmations.answer_claim(system(), PartnerConfirmation.objects.get(pk=asked.pk), reply)
    assert told_to(exchange.reviewer) == told_to(exchange.drafter) == ["partner_answered"]
    (line,) = told(exchange.drafter, list(unread_of(exchange.drafter)))
    assert (line.title, line.who) == ("내 협약", "㈜솔")
    assert line.address == f"/outcomes/{mine.pk}/#confirmations"


def test_a_merge_of_a_party_and_its_undoing_are_told_once_each(exchange: Exchange, mine: Outcome) -> None:
    gone, kept = make_organisation("주식회사 솔"), make_organisation()
    parties = outcomes.Circle(parties=[(gone, PartyRole.INVESTOR)])
    outcomes.update_outcome(as_caller(exchange.drafter), mine, parties)
    make_outcome("둘째", lead_unit=exchange.lead, parties=[(gone, PartyRole.INVESTOR)])
    forget()
    merged = merges.merge_organisations(
        as_caller(exchange.reviewer), kept, Organisation.objects.get(pk=gone.pk), reason="같은 회사"
    )
    assert told_to(exchange.drafter) == told_to(exchange.head) == ["organisation_merged"]
    assert told_to(exchange.reviewer) == []
    merges.undo_merge(as_caller(exchange.reviewer), merged)
    assert told_to(exchange.drafter) == ["merge_undone", "organisation_merged"]


# Reading


def test_reading_one_making_it_unread_and_reading_all(exchange: Exchange, mine: Outcome) -> None:
    for kind in ("outcome_changed", "outcome_step"):
        DEEDS[kind](as_caller(exchange.head), Outcome.objects.get(pk=mine.pk))
    caller = as_caller(exchange.drafter)
    first = unread_of(exchange.drafter).earliest("at")
    notifications.mark_read(caller, first)
    assert told_to(exchange.drafter) == ["outcome_step"]
    notifications.mark_unread(caller, first)
    assert told_to(exchange.drafter) == ["outcome_step", "outcome_changed"]
    assert notifications.mark_all_read(caller, first.at) == 1  # what came after that moment is not swallowed
    assert told_to(exchange.drafter) == ["outcome_step"]
    assert notifications.take_back_reading(caller, caller.now) == 1
    assert told_to(exchange.drafter) == ["outcome_step", "outcome_changed"]


def test_somebody_else_s_is_not_read(exchange: Exchange, mine: Outcome) -> None:
    DEEDS["outcome_changed"](as_caller(exchange.head), mine)
    row = unread_of(exchange.drafter).get()
    for deed in (notifications.mark_read, notifications.mark_unread):
        with pytest.raises(Forbidden):
            deed(as_caller(exchange.head), row)
    assert notifications.mark_all_read(as_caller(exchange.head), timezone.now()) == 0
    assert told_to(exchange.drafter) == ["outcome_changed"]


def test_the_daily_run_clears_what_was_read_long_ago_and_nothing_unread(exchange: Exchange, mine: Outcome) -> None:
    for kind in ("outcome_changed", "outcome_step", "outcome_archived"):
        DEEDS[kind](as_caller(exchange.head), Outcome.objects.get(pk=mine.pk))
    rows = {row.kind: row for row in unread_of(exchange.drafter)}
    long_ago = timezone.now() - KEPT_AFTER_READING
    notifications.mark_read(as_caller(exchange.drafter, long_ago - timedelta(minutes=1)), rows["outcome_changed"])
    notifications.mark_read(as_caller(exchange.drafter, long_ago + timedelta(minutes=1)), rows["outcome_step"])
    assert run_daily(only="clear") == {"clear": 1}
    left = Notification.objects.filter(account=exchange.drafter, pk__in=[row.pk for row in rows.values()])
    assert {row.kind for row in left} == {"outcome_step", "outcome_archived"}
    assert run_daily(only="clear") == {"clear": 0}
