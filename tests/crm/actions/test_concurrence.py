"""Concurrence: who is asked, who answers, what an answer holds for, and when the outcome counts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from crm.actions import concurrence, delegations, follow_ups, ledger, org_units, outcomes, stages
from crm.actions.base import Caller, Conflict, Forbidden, Stale
from crm.models import Concurrence, CooperatingUnit, Outcome
from crm.queries.content import content_hash
from crm.values.concurrence import Answer, Capacity
from crm.values.measures import OutcomeKind, Role, Standing
from crm.values.periods import Quarter
from crm.values.stages import Stage
from reports.figures.quarterly import quarterly
from tests.builders import figure, make_outcome, make_unit, money_of, system
from tests.builders_concurrence import Exchange, agree_all, answer, as_caller, make_exchange, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange() -> Exchange:
    return make_exchange()


def confirmed_count() -> list[tuple[int, int]]:
    counts = quarterly(Quarter(2023, 1), timezone.now()).quarter.counts
    return [(c.confirmed, c.provisional) for c in counts]


class TestAsking:
    def test_naming_a_cooperating_unit_asks_it_within_a_week(self, exchange: Exchange) -> None:
        asked = exchange.asked(exchange.climate)
        assert (asked.mandatory, asked.is_open) == (True, True)
        assert asked.due_on == timezone.localdate() + timedelta(7)
        assert asked.content_hash == content_hash(exchange.outcome)
        assert exchange.outcome.standing == Standing.PROVISIONAL

    def test_the_lead_unit_is_not_asked(self) -> None:
        unit = make_unit("주관국")
        outcome = make_outcome(cooperating=[unit], lead_unit=unit)
        assert (outcome.standing, Concurrence.objects.count()) == (Standing.CONFIRMED, 0)

    def test_history_that_is_loaded_asks_nobody(self) -> None:
        past = replace(system(), known_at=timezone.now() - timedelta(400))
        circle = outcomes.Circle(cooperating_units=[make_unit("협조국")])
        made = outcomes.record_outcome(
            past,
            outcomes.Testimony("보도자료"),
            circle,
            kind="investment_mou",
            title="협약",
            signed_on=date(2023, 1, 7),
        )
        assert (made.standing, Concurrence.objects.count()) == (Standing.CONFIRMED, 0)

    def test_a_unit_named_later_is_asked_and_one_removed_is_not_any_more(self, exchange: Exchange) -> None:
        third = make_unit("도시국")
        circle = outcomes.Circle(cooperating_units=[exchange.economy, third])
        outcomes.update_outcome(system(), exchange.now(), circle)
        live = Concurrence.objects.filter(archived_at=None)
        assert {c.org_unit for c in live} == {exchange.economy, third}

    def test_a_disagreement_is_not_removed_with_the_unit(self, exchange: Exchange) -> None:
        answer(exchange.climate_head, exchange.asked(exchange.climate), Answer.DISAGREE, opinion="부지 미정")
        answer(exchange.economy_head, exchange.asked(exchange.economy))
        outcomes.update_outcome(system(), exchange.now(), outcomes.Circle(cooperating_units=[]))
        assert exchange.now().standing == Standing.PROVISIONAL

    def test_another_unit_is_asked_a_question_until_a_day(self, exchange: Exchange) -> None:
        third, due = make_unit("도시국"), timezone.localdate() + timedelta(3)
        asked = concurrence.request_concurrence(
            as_caller(exchange.drafter), exchange.now(), third, due_on=due, question="부지 사용 가능 여부"
        )
        assert (asked.due_on, asked.question) == (due, "부지 사용 가능 여부")
        assert CooperatingUnit.objects.filter(outcome=exchange.outcome, org_unit=third).exists()

    def test_an_optional_answer_keeps_nothing_back(self) -> None:
        outcome = make_outcome(lead_unit=make_unit("주관국"))
        concurrence.request_concurrence(system(), outcome, make_unit("협조국"), mandatory=False)
        assert Outcome.objects.get().standing == Standing.CONFIRMED

    @pytest.mark.parametrize(
        ("which", "field"), [("lead", "org_unit"), ("twice", "org_unit"), ("ended", "org_unit"), ("past", "due_on")]
    )
    def test_who_and_when_is_checked(self, exchange: Exchange, which: str, field: str) -> None:
        units = {
            "lead": exchange.lead,
            "twice": exchange.climate,
            "ended": make_unit("폐지국", valid_to=date(2020, 1, 1)),
            "past": make_unit("도시국"),
        }
        due = timezone.localdate() - timedelta(1) if which == "past" else None
        with pytest.raises(ValidationError) as refused:
            concurrence.request_concurrence(system(), exchange.now(), units[which], due_on=due)
        assert list(refused.value.message_dict) == [field]

    def test_a_request_is_taken_back_until_it_is_answered(self, exchange: Exchange) -> None:
        answer(exchange.climate_head, exchange.asked(exchange.climate))
        concurrence.withdraw_request(as_caller(exchange.drafter), exchange.asked(exchange.economy), "관련 없음")
        assert exchange.now().standing == Standing.CONFIRMED
        with pytest.raises(ValidationError, match=r"회신|answered"):
            concurrence.withdraw_request(system(), exchange.asked(exchange.climate), "되돌림")

    def test_the_reason_of_taking_back_stays(self, exchange: Exchange) -> None:
        asked = exchange.asked(exchange.climate)
        concurrence.withdraw_request(system(), asked, "잘못 요청함")
        last = Concurrence.history.filter(id=asked.pk).order_by("history_id").last()
        assert (last.history_change_reason, last.archived_at is not None) == ("잘못 요청함", True)

    def test_taking_back_gives_a_reason(self, exchange: Exchange) -> None:
        with pytest.raises(ValidationError) as refused:
            concurrence.withdraw_request(system(), exchange.asked(exchange.climate), " ")
        assert "reason" in refused.value.message_dict


class TestAnswering:
    @pytest.mark.parametrize(
        ("said", "opinion", "stands"),
        [
            (Answer.AGREE, "", Standing.CONFIRMED),
            (Answer.AGREE_WITH_CONDITIONS, "환경영향평가 후", Standing.CONFIRMED),
            (Answer.NOT_CONCERNED, "", Standing.CONFIRMED),
            (Answer.DISAGREE, "부지 미정", Standing.PROVISIONAL),
        ],
    )
    def test_each_of_the_four_answers(self, exchange: Exchange, said: Answer, opinion: str, stands: Standing) -> None:
        answer(exchange.economy_head, exchange.asked(exchange.economy))
        assert exchange.now().standing == Standing.PROVISIONAL
        given = answer(exchange.climate_head, exchange.asked(exchange.climate), said, opinion=opinion)
        assert (given.answer, given.opinion, given.answered_by, given.capacity) == (
            said,
            opinion,
            exchange.climate_head,
            Capacity.OWN,
        )
        assert exchange.now().standing == stands

    def test_provisional_is_in_no_confirmed_figure(self, exchange: Exchange) -> None:
        assert confirmed_count() == [(0, 1)]
        agree_all(exchange)
        assert confirmed_count() == [(1, 0)]

    @pytest.mark.parametrize("said", [Answer.DISAGREE, Answer.AGREE_WITH_CONDITIONS])
    def test_disagreement_and_conditions_take_an_opinion(self, exchange: Exchange, said: Answer) -> None:
        with pytest.raises(ValidationError) as refused:
            answer(exchange.climate_head, exchange.asked(exchange.climate), said)
        assert "opinion" in refused.value.message_dict

    @pytest.mark.parametrize("who", ["climate_officer", "economy_head", "drafter", "head"])
    def test_only_the_heads_of_the_asked_unit_answer(self, exchange: Exchange, who: str) -> None:
        with pytest.raises((ValidationError, Forbidden)):
            answer(getattr(exchange, who), exchange.asked(exchange.climate))
        assert exchange.asked(exchange.climate).is_open

    def test_an_administrator_does_not_answer_by_that_role(self, exchange: Exchange) -> None:
        with pytest.raises((ValidationError, Forbidden)):
            answer(person("admin", Role.ADMINISTRATOR, exchange.climate), exchange.asked(exchange.climate))

    def test_the_head_of_the_unit_above_answers(self, exchange: Exchange) -> None:
        division = make_unit("기후과", parent_unit=exchange.climate, level="division")
        above = person("above", Role.BUREAU_HEAD, exchange.climate)
        asked = concurrence.request_concurrence(system(), exchange.now(), division)
        assert answer(above, asked).capacity == Capacity.OWN

    @pytest.mark.parametrize("capacity", [Capacity.DELEGATED, Capacity.ACTING])
    def test_in_another_s_place_by_delegation(self, exchange: Exchange, capacity: Capacity) -> None:
        today = timezone.localdate()
        delegations.give_delegation(
            as_caller(exchange.climate_head), exchange.climate_head, exchange.climate_officer,
            capacity=capacity, from_on=today, until_on=today,
        )  # fmt: skip
        given = answer(exchange.climate_officer, exchange.asked(exchange.climate))
        assert (given.capacity, given.on_behalf_of) == (capacity, exchange.climate_head)

    @pytest.mark.parametrize(("begins", "ends"), [(1, 2), (-5, -1)])
    def test_not_before_the_delegation_nor_after_it(self, exchange: Exchange, begins: int, ends: int) -> None:
        today = timezone.localdate()
        delegations.give_delegation(
            as_caller(exchange.climate_head, timezone.now() - timedelta(5)), exchange.climate_head,
            exchange.climate_officer, capacity=Capacity.ACTING, from_on=today + timedelta(begins),
            until_on=today + timedelta(ends),
        )  # fmt: skip
        with pytest.raises(ValidationError):
            answer(exchange.climate_officer, exchange.asked(exchange.climate))

    def test_not_in_the_place_of_somebody_without_the_right(self, exchange: Exchange) -> None:
        today = timezone.localdate()
        delegations.give_delegation(
            system(), exchange.economy_head, exchange.climate_officer, capacity=Capacity.DELEGATED, from_on=today
        )
        with pytest.raises(ValidationError):
            answer(exchange.climate_officer, exchange.asked(exchange.climate))

    def test_an_ended_delegation_gives_nothing(self, exchange: Exchange) -> None:
        given = delegations.give_delegation(
            system(), exchange.climate_head, exchange.climate_officer, capacity=Capacity.DELEGATED,
            from_on=timezone.localdate(),
        )  # fmt: skip
        delegations.end_delegation(as_caller(exchange.climate_head), given)
        with pytest.raises(ValidationError):
            answer(exchange.climate_officer, exchange.asked(exchange.climate))

    def test_an_answer_may_change_and_the_history_keeps_the_first(self, exchange: Exchange) -> None:
        asked = answer(exchange.climate_head, exchange.asked(exchange.climate), Answer.DISAGREE, opinion="부지 미정")
        answer(exchange.climate_head, asked, Answer.AGREE)
        said = Concurrence.history.filter(id=asked.pk).order_by("history_id").values_list("answer", flat=True)
        assert list(dict.fromkeys(said)) == ["", "disagree", "agree"]

    def test_other_content_than_was_read_is_refused_with_what_changed(self, exchange: Exchange) -> None:
        read = content_hash(exchange.outcome)
        ledger.correct_figure(system(), money_of(exchange.outcome), figure(2_000_000), "오기")
        outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
        with pytest.raises(ValidationError) as refused:
            answer(exchange.climate_head, exchange.asked(exchange.climate), content_hash=read)
        told = " ".join(refused.value.message_dict["content_hash"])
        assert "㈜솔 투자협약 → ㈜솔 변경협약" in told
        assert "USD 1,000,000" in told
        assert "USD 2,000,000" in told
        assert exchange.asked(exchange.climate).is_open


class TestALaterEdit:
    def test_of_what_was_agreed_to_asks_again(self, exchange: Exchange) -> None:
        agree_all(exchange)
        before = exchange.asked(exchange.climate)
        outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
        after = exchange.asked(exchange.climate)
        assert (after.follows, after.is_open) == (before, True)
        assert exchange.now().standing == Standing.PROVISIONAL

    def test_who_is_not_concerned_is_not_asked_again(self, exchange: Exchange) -> None:
        answer(exchange.climate_head, exchange.asked(exchange.climate), Answer.NOT_CONCERNED)
        outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
        assert exchange.asked(exchange.climate).answer == Answer.NOT_CONCERNED

    def test_of_something_else_leaves_the_answers(self, exchange: Exchange) -> None:
        agree_all(exchange)
        outcomes.update_outcome(system(), exchange.now(), note="참고", delay_reason="지연", disclosure_level="closed")
        follow_ups.plan_follow_up(system(), title="확인", outcome=exchange.outcome)
        assert exchange.asked(exchange.climate).answer == Answer.AGREE
        assert exchange.now().standing == Standing.CONFIRMED

    def test_a_step_leaves_the_answers(self, exchange: Exchange) -> None:
        agree_all(exchange)
        stages.take_step(
            system(), exchange.now(), Stage.PLAN_CHANGED, taken_on=timezone.localdate(), reason="사업계획 변경"
        )
        assert exchange.now().standing == Standing.CONFIRMED


class TestOverriding:
    def test_the_head_of_the_leading_bureau_goes_on_with_a_reason(self, exchange: Exchange) -> None:
        answer(exchange.economy_head, exchange.asked(exchange.economy))
        answer(exchange.climate_head, exchange.asked(exchange.climate), Answer.DISAGREE, opinion="부지 미정")
        done = concurrence.override_concurrence(as_caller(exchange.head), exchange.asked(exchange.climate), "시급함")
        assert (done.overridden_by, done.override_reason, done.answer) == (exchange.head, "시급함", "disagree")
        assert exchange.now().standing == Standing.CONFIRMED

    @pytest.mark.parametrize("who", ["drafter", "reviewer", "economy_head"])
    def test_nobody_else_does(self, exchange: Exchange, who: str) -> None:
        with pytest.raises((ValidationError, Forbidden)):
            concurrence.override_concurrence(
                as_caller(getattr(exchange, who)), exchange.asked(exchange.climate), "시급함"
            )

    def test_without_a_reason_it_is_refused(self, exchange: Exchange) -> None:
        with pytest.raises(ValidationError) as refused:
            concurrence.override_concurrence(as_caller(exchange.head), exchange.asked(exchange.climate), " ")
        assert "override_reason" in refused.value.message_dict

    def test_what_is_settled_is_not_overridden(self, exchange: Exchange) -> None:
        answer(exchange.climate_head, exchange.asked(exchange.climate))
        with pytest.raises(ValidationError):
            concurrence.override_concurrence(as_caller(exchange.head), exchange.asked(exchange.climate), "시급함")


class TestARenamedUnit:
    def test_its_successor_has_the_open_request(self, exchange: Exchange) -> None:
        heir = make_unit("기후에너지국")
        org_units.record_succession(system(), exchange.climate, heir, source="조직개편")
        asked = exchange.asked(heir)
        assert (asked.handed_from, asked.is_open) == (exchange.climate, True)
        assert answer(person("heir-head", Role.TEAM_LEAD, heir), asked).answer == Answer.AGREE

    def test_who_has_not_moved_yet_still_answers(self, exchange: Exchange) -> None:
        heir = make_unit("기후에너지국")
        org_units.record_succession(system(), exchange.climate, heir)
        assert answer(exchange.climate_head, exchange.asked(heir)).answered_by == exchange.climate_head

    def test_where_the_successor_is_asked_already_one_request_is_left(self, exchange: Exchange) -> None:
        org_units.record_succession(system(), exchange.climate, exchange.economy, kind="merged")
        assert {c.org_unit for c in Concurrence.objects.filter(archived_at=None)} == {exchange.economy}

    def test_asking_the_old_unit_asks_the_new_one(self, exchange: Exchange) -> None:
        old, heir = make_unit("옛 국"), make_unit("새 국")
        org_units.record_succession(system(), old, heir)
        assert concurrence.request_concurrence(system(), exchange.now(), old).org_unit == heir

    def test_a_split_unit_keeps_its_requests(self, exchange: Exchange) -> None:
        for name in ("기후국", "환경국"):
            org_units.record_succession(system(), exchange.climate, make_unit(name), kind="split")
        assert exchange.asked(exchange.climate).is_open

    def test_an_answer_stays_with_who_gave_it(self, exchange: Exchange) -> None:
        answer(exchange.climate_head, exchange.asked(exchange.climate))
        org_units.record_succession(system(), exchange.climate, make_unit("기후에너지국"))
        assert exchange.asked(exchange.climate).answer == Answer.AGREE


class TestDelegating:
    def give(self, caller: Caller, exchange: Exchange, **changes: Any) -> object:
        wanted: dict[str, Any] = {"capacity": Capacity.ACTING, "from_on": timezone.localdate()}
        wanted |= {"until_on": timezone.localdate() + timedelta(3), **changes}
        giver, deputy = wanted.pop("giver", exchange.climate_head), wanted.pop("deputy", exchange.climate_officer)
        return delegations.give_delegation(caller, giver, deputy, **wanted)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"capacity": Capacity.OWN}, "capacity"),
            ({"until_on": None}, "until_on"),
            ({"until_on": date(2020, 1, 1), "from_on": date(2019, 1, 1)}, "until_on"),
        ],
    )
    def test_it_says_how_and_until_when(self, exchange: Exchange, changes: Any, field: str) -> None:
        with pytest.raises(ValidationError) as refused:
            self.give(as_caller(exchange.climate_head), exchange, **changes)
        assert field in refused.value.message_dict

    def test_nobody_gives_another_s_right_away(self, exchange: Exchange) -> None:
        with pytest.raises(ValidationError) as refused:
            self.give(as_caller(exchange.economy_head), exchange)
        assert "giver" in refused.value.message_dict

    def test_an_officer_has_no_right_to_delegate(self, exchange: Exchange) -> None:
        with pytest.raises((ValidationError, Forbidden)):
            self.give(system(), exchange, giver=exchange.climate_officer, deputy=exchange.climate_head)

    def test_nobody_stands_in_for_themselves(self, exchange: Exchange) -> None:
        with pytest.raises(ValidationError):
            self.give(as_caller(exchange.climate_head), exchange, deputy=exchange.climate_head)


def test_the_second_of_two_answers_is_stale(exchange: Exchange) -> None:
    one, two = exchange.asked(exchange.climate), exchange.asked(exchange.climate)
    answer(exchange.climate_head, one, version=one.version)
    with pytest.raises(Stale):
        answer(exchange.climate_head, two, version=two.version)


def test_an_archived_outcome_is_not_answered(exchange: Exchange) -> None:
    outcomes.archive_outcome(system(), exchange.now(), "두 번 기록됨")
    with pytest.raises((ValidationError, Conflict)):
        answer(exchange.climate_head, exchange.asked(exchange.climate))


def test_what_is_realised_by_nature_is_not_confirmed_by_agreeing() -> None:
    exchange = make_exchange(kind=OutcomeKind.FDI_ARRIVED)
    agree_all(exchange)
    assert exchange.now().standing == Standing.UNCONFIRMED
