"""Review and approval: who drafts, reviews and decides, what is missing, and what a later edit does."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from crm.actions import approval, concurrence, delegations, ledger, outcomes
from crm.actions.base import Conflict, Forbidden, Stale
from crm.models import Account, Approval, Document
from crm.queries.content import content_hash
from crm.values.concurrence import Answer, ApprovalStatus, Capacity
from crm.values.evidence import Grade
from crm.values.measures import Role, Series, Standing
from tests.builders import figure, make_document, make_outcome, make_unit, money_of, system
from tests.builders_concurrence import Exchange, agree_all, answer, as_caller, make_exchange, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange() -> Exchange:
    return make_exchange()


def submitted(exchange: Exchange, **more: Any) -> Approval:
    return approval.submit(as_caller(exchange.drafter), exchange.now(), **more)


def approved(exchange: Exchange, by: Account, found: Approval, **more: Any) -> Approval:
    seen = more.pop("content_hash", None) or content_hash(exchange.now())
    return approval.approve(as_caller(by), found, content_hash=seen, **more)


class TestTheRoad:
    def test_drafted_concurred_reviewed_approved(self, exchange: Exchange) -> None:
        agree_all(exchange)
        assert exchange.now().standing == Standing.CONFIRMED
        found = submitted(exchange, note="검토 요청")
        assert exchange.now().standing == Standing.PROVISIONAL
        seen = content_hash(exchange.now())
        approval.review(as_caller(exchange.reviewer), found, "이상 없음", content_hash=seen)
        assert (found.status, found.reviewed_by, found.review_opinion) == ("reviewed", exchange.reviewer, "이상 없음")
        done = approved(exchange, exchange.head, found, document_number="AI국-123")
        assert (done.status, done.decided_by, done.capacity) == ("approved", exchange.head, Capacity.OWN)
        assert (done.document_number, done.content_hash) == ("AI국-123", seen)
        assert exchange.now().standing == Standing.CONFIRMED

    def test_the_review_may_be_left_out(self, exchange: Exchange) -> None:
        agree_all(exchange)
        assert approved(exchange, exchange.head, submitted(exchange)).status == ApprovalStatus.APPROVED

    def test_missing_concurrences_are_named(self, exchange: Exchange) -> None:
        answer(exchange.climate_head, exchange.asked(exchange.climate), Answer.DISAGREE, opinion="부지 미정")
        found = submitted(exchange)
        with pytest.raises(ValidationError) as refused:
            approved(exchange, exchange.head, found)
        told = " ".join(refused.value.message_dict["concurrences"])
        assert "기후국" in told
        assert "경제국" in told

    def test_an_override_is_enough(self, exchange: Exchange) -> None:
        answer(exchange.economy_head, exchange.asked(exchange.economy))
        concurrence.override_concurrence(as_caller(exchange.head), exchange.asked(exchange.climate), "시급함")
        assert approved(exchange, exchange.head, submitted(exchange)).status == ApprovalStatus.APPROVED

    def test_returned_and_submitted_again(self, exchange: Exchange) -> None:
        agree_all(exchange)
        back = approval.return_draft(as_caller(exchange.head), submitted(exchange), "금액 확인")
        assert (back.status, back.decision_opinion) == ("returned", "금액 확인")
        assert exchange.now().standing == Standing.PROVISIONAL
        assert approved(exchange, exchange.head, submitted(exchange)).status == ApprovalStatus.APPROVED
        assert Approval.objects.count() == 2

    def test_returning_says_why(self, exchange: Exchange) -> None:
        with pytest.raises(ValidationError) as refused:
            approval.return_draft(as_caller(exchange.head), submitted(exchange), "")
        assert "opinion" in refused.value.message_dict

    def test_recalled_by_who_submitted_it(self, exchange: Exchange) -> None:
        agree_all(exchange)
        found = submitted(exchange)
        with pytest.raises(ValidationError):
            approval.recall(as_caller(exchange.reviewer), found)
        assert approval.recall(as_caller(exchange.drafter), found).status == ApprovalStatus.RECALLED
        assert exchange.now().standing == Standing.CONFIRMED

    def test_recalling_does_not_free_what_was_returned(self, exchange: Exchange) -> None:
        agree_all(exchange)
        approval.return_draft(as_caller(exchange.head), submitted(exchange), "금액 확인")
        approval.recall(as_caller(exchange.drafter), submitted(exchange))
        assert exchange.now().standing == Standing.PROVISIONAL

    def test_one_round_at_a_time(self, exchange: Exchange) -> None:
        submitted(exchange)
        with pytest.raises((ValidationError, Conflict)):
            submitted(exchange)


class TestWho:
    def test_only_the_lead_unit_submits(self, exchange: Exchange) -> None:
        with pytest.raises((ValidationError, Forbidden)):
            approval.submit(as_caller(exchange.climate_officer), exchange.now())

    def test_without_a_lead_unit_nobody_does(self) -> None:
        with pytest.raises(ValidationError, match=r"주관부서|lead unit"):
            approval.submit(system(), make_outcome())

    @pytest.mark.parametrize("who", ["drafter", "climate_head", "climate_officer"])
    def test_others_do_not_review(self, exchange: Exchange, who: str) -> None:
        found = submitted(exchange)
        with pytest.raises((ValidationError, Forbidden)):
            approval.review(as_caller(getattr(exchange, who)), found, content_hash=content_hash(exchange.now()))

    @pytest.mark.parametrize("who", ["drafter", "reviewer", "climate_head", "economy_head", "climate_officer"])
    def test_others_do_not_approve(self, exchange: Exchange, who: str) -> None:
        agree_all(exchange)
        found = submitted(exchange)
        with pytest.raises((ValidationError, Forbidden)):
            approved(exchange, getattr(exchange, who), found)
        assert Approval.objects.get().status == ApprovalStatus.SUBMITTED

    def test_nobody_approves_what_they_submitted(self, exchange: Exchange) -> None:
        agree_all(exchange)
        found = approval.submit(as_caller(exchange.head), exchange.now())
        with pytest.raises(ValidationError):
            approved(exchange, exchange.head, found)

    def test_nor_does_who_stands_in_for_them(self, exchange: Exchange) -> None:
        agree_all(exchange)
        delegate(exchange, exchange.reviewer, Capacity.DELEGATED)
        found = approval.submit(as_caller(exchange.head), exchange.now())
        with pytest.raises(ValidationError):
            approved(exchange, exchange.reviewer, found)

    @pytest.mark.parametrize("capacity", [Capacity.DELEGATED, Capacity.ACTING])
    def test_a_team_lead_by_delegation(self, exchange: Exchange, capacity: Capacity) -> None:
        agree_all(exchange)
        delegate(exchange, exchange.reviewer, capacity)
        done = approved(exchange, exchange.reviewer, submitted(exchange))
        assert (done.capacity, done.on_behalf_of) == (capacity, exchange.head)

    def test_an_officer_acting_for_the_head(self, exchange: Exchange) -> None:
        agree_all(exchange)
        colleague = person("colleague", Role.OFFICER, exchange.lead)
        delegate(exchange, colleague, Capacity.ACTING)
        assert approved(exchange, colleague, submitted(exchange)).capacity == Capacity.ACTING

    def test_the_team_lead_of_a_leading_team(self, exchange: Exchange) -> None:
        team = make_unit("협력팀", level="team", parent_unit=exchange.lead)
        outcome = make_outcome("협약", lead_unit=team)
        found = approval.submit(system(), outcome)
        lead = person("team-lead", Role.TEAM_LEAD, team)
        assert approval.approve(as_caller(lead), found, content_hash=content_hash(outcome)).decided_by == lead

    def test_the_team_lead_where_nobody_stands_above(self) -> None:
        unit = make_unit("작은 국")
        outcome = make_outcome("협약", lead_unit=unit)
        found, lead = approval.submit(system(), outcome), person("lead", Role.TEAM_LEAD, unit)
        assert approval.approve(as_caller(lead), found, content_hash=content_hash(outcome)).decided_by == lead


def delegate(exchange: Exchange, deputy: Account, capacity: Capacity) -> None:
    today = timezone.localdate()
    delegations.give_delegation(
        as_caller(exchange.head), exchange.head, deputy, capacity=capacity, from_on=today, until_on=today
    )


class TestTheContent:
    def test_other_than_was_read_is_refused_with_what_changed(self, exchange: Exchange) -> None:
        agree_all(exchange)
        found = submitted(exchange)
        read = found.content_hash
        outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
        with pytest.raises(ValidationError) as refused:
            approved(exchange, exchange.head, found, content_hash=read)
        assert "㈜솔 투자협약 → ㈜솔 변경협약" in " ".join(refused.value.message_dict["content_hash"])

    @pytest.mark.parametrize("what", ["title", "figure", "lead unit"])
    def test_a_later_edit_reopens_what_was_approved(self, exchange: Exchange, what: str) -> None:
        agree_all(exchange)
        approved(exchange, exchange.head, submitted(exchange))
        outcome = exchange.now()
        if what == "title":
            outcomes.update_outcome(system(), outcome, title="㈜솔 변경협약")
        elif what == "figure":
            ledger.correct_figure(system(), money_of(outcome), figure(2_000_000), "오기")
        else:
            outcomes.update_outcome(system(), outcome, lead_unit=exchange.climate)
        found = Approval.objects.get()
        assert (found.status, found.closed_at is not None) == ("reopened", True)
        assert exchange.now().standing == Standing.PROVISIONAL

    def test_the_approved_content_is_kept_with_it(self, exchange: Exchange) -> None:
        agree_all(exchange)
        done = approved(exchange, exchange.head, submitted(exchange))
        outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
        assert Approval.objects.get(pk=done.pk).content["title"] == "㈜솔 투자협약"

    def test_a_realised_figure_and_a_note_reopen_nothing(self, exchange: Exchange) -> None:
        agree_all(exchange)
        approved(exchange, exchange.head, submitted(exchange))
        proof: Document = make_document(exchange.now())
        realised = figure(500_000, series=Series.REALISED, evidence=proof, evidence_grade=Grade.SIGNED_DOCUMENT)
        ledger.post_figure(system(), exchange.now(), realised)
        outcomes.update_outcome(system(), exchange.now(), note="참고")
        assert Approval.objects.get().status == ApprovalStatus.APPROVED
        assert exchange.now().standing == Standing.CONFIRMED

    def test_an_answer_is_not_changed_after_the_approval(self, exchange: Exchange) -> None:
        agree_all(exchange)
        approved(exchange, exchange.head, submitted(exchange))
        with pytest.raises(Conflict):
            answer(exchange.climate_head, exchange.asked(exchange.climate), Answer.DISAGREE, opinion="생각이 바뀜")

    def test_nobody_confirms_by_hand_what_waits(self, exchange: Exchange) -> None:
        with pytest.raises(ValidationError) as refused:
            outcomes.update_outcome(system(), exchange.now(), standing=Standing.CONFIRMED)
        assert "standing" in refused.value.message_dict


def test_the_second_of_two_decisions_is_stale(exchange: Exchange) -> None:
    agree_all(exchange)
    one = submitted(exchange)
    two = Approval.objects.get()
    approved(exchange, exchange.head, one, version=one.version)
    with pytest.raises(Stale):
        approval.return_draft(as_caller(exchange.head), two, "금액 확인", version=two.version)


def test_submitting_what_somebody_edited_is_stale(exchange: Exchange) -> None:
    seen = exchange.now()
    outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
    with pytest.raises(Stale):
        approval.submit(as_caller(exchange.drafter), exchange.now(), version=seen.version)
