"""Steps from stage to stage: what is missing is named before and at the attempt, and the ledger follows."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.actions.base import Stale
from crm.actions.chains import link_chain
from crm.actions.realisation import Realised, record_realisation
from crm.actions.stages import take_step
from crm.models import LedgerEntry, Outcome, StageStep
from crm.queries.gates import lacks_for, stages_ahead
from crm.values.evidence import Grade
from crm.values.measures import Cause, Measure, OutcomeKind, PartyRole, Series
from crm.values.stages import FULFILMENT, STAGES, Stage
from reports.figures.standing import entries, standing
from tests.builders import Cast, figure, make_cast, make_document, make_organisation, make_outcome, money_of, system

pytestmark = pytest.mark.django_db
DAY = date(2023, 9, 1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def mou(cast: Cast) -> Outcome:
    parties = [(make_organisation("㈜솔"), PartyRole.INVESTOR)]
    return make_outcome(figures=[figure(50_000_000_000, currency="KRW")], parties=parties, lead_unit=cast.unit)


def step(outcome: Outcome, stage: Stage, **how: Any) -> Outcome:
    return take_step(system(), Outcome.objects.get(pk=outcome.pk), stage, **{"taken_on": DAY, **how})


def refusal(outcome: Outcome, stage: Stage, **how: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        step(outcome, stage, **how)
    told: dict[str, list[str]] = refused.value.message_dict
    return told


def realise(outcome: Outcome, value: int = 300_000_000, **changes: Any) -> LedgerEntry:
    told: dict[str, Any] = {"grade": Grade.OFFICIAL_RECORD, "source": "투자신고서", "value_date": DAY, **changes}
    wanted = {"measure": Measure.MONEY, "currency": "KRW", "document_number": "투자-1", **told}
    return record_realisation(system(), outcome, Realised(value=Decimal(value), **wanted))


def now_counted(outcome: Outcome) -> LedgerEntry:
    found = LedgerEntry.objects.filter(outcome=outcome, measure=Measure.COUNT, reverses=None, reversed_by=None)
    return found.get()


def test_the_missing_is_named_before_the_attempt_and_at_it(mou: Outcome) -> None:
    lacks = lacks_for(mou, Stage.INVESTED)
    assert [lack.what for lack in lacks] == ["realised"]
    told = refusal(mou, Stage.INVESTED)["stage"]
    assert told[1:] == [lack.text for lack in lacks]
    assert not StageStep.objects.exists() and now_counted(mou).stage == Stage.PLANNED


def test_everything_missing_is_told_at_once() -> None:
    bare = make_outcome("빈 협약")
    assert [lack.what for lack in lacks_for(bare, Stage.INVESTED)] == ["lead_unit", "parties", "realised"]
    assert len(refusal(bare, Stage.INVESTED)["stage"]) == 4


def test_a_step_moves_the_count_by_reversal_and_is_kept_with_who_when_and_why(mou: Outcome) -> None:
    realise(mou)
    before = now_counted(mou)
    moved = step(mou, Stage.INVESTED)
    entry = now_counted(moved)
    assert (entry.stage, entry.replaces, entry.cause) == (Stage.INVESTED, before, Cause.RECLASSIFICATION)
    assert LedgerEntry.objects.filter(reverses=before).exists()
    kept = StageStep.objects.get()
    assert (kept.from_stage, kept.stage, kept.taken_on, kept.taken_by.username) == (
        "planned",
        "invested",
        DAY,
        "system",
    )
    assert kept.created_at.date() != kept.taken_on


def test_what_was_known_before_a_step_stays_as_it_was(mou: Outcome) -> None:
    realise(mou)
    before = now_counted(mou).recorded_at
    step(mou, Stage.INVESTED)
    year = date(2023, 1, 1), date(2023, 12, 31)
    counted = standing(entries(*year, before).filter(measure=Measure.COUNT), before)
    assert [entry.stage for entry in counted] == [Stage.PLANNED]


@pytest.mark.parametrize("stage", [s for s in FULFILMENT if s not in (Stage.PLANNED, Stage.INVESTED)])
def test_leaving_the_road_takes_a_reason_that_stays(mou: Outcome, stage: Stage) -> None:
    assert "reason" in refusal(mou, stage)
    assert "reason" in refusal(mou, stage, reason="   ")
    moved = step(mou, stage, reason="본사 방침 변경")
    assert (moved.stage, moved.stage_reason) == (stage, "본사 방침 변경")
    assert now_counted(moved).reason == "본사 방침 변경"


def test_a_withdrawal_is_told_as_one_in_the_ledger(mou: Outcome) -> None:
    assert now_counted(step(mou, Stage.WITHDRAWN, reason="철회 통보")).cause == Cause.WITHDRAWAL


def test_a_fulfilment_status_is_one_of_six(mou: Outcome) -> None:
    assert {rule.stage for rule in STAGES[OutcomeKind.INVESTMENT_MOU]} == set(FULFILMENT) and len(FULFILMENT) == 6
    assert "stage" in refusal(mou, Stage.FULFILLED, reason="다른 유형의 단계")
    assert "stage" in refusal(mou, Stage.PLANNED, reason="그대로")


def test_a_stage_left_out_and_a_way_back_take_a_reason(cast: Cast) -> None:
    contract = make_outcome("수출계약", kind=OutcomeKind.EXPORT_CONTRACT, lead_unit=cast.unit)
    realise(contract)
    assert "reason" in refusal(contract, Stage.FULFILLED)
    assert step(contract, Stage.FULFILLED, reason="한 번에 모두 납품").stage == Stage.FULFILLED
    assert "reason" in refusal(contract, Stage.DELIVERING)
    assert step(contract, Stage.DELIVERING, reason="일부 반품").stage == Stage.DELIVERING


def test_a_gate_wants_evidence_of_its_grade(cast: Cast) -> None:
    mou = make_outcome("업무협약", kind=OutcomeKind.BUSINESS_MOU, lead_unit=cast.unit)
    step(mou, Stage.IN_PROGRESS)
    make_document(mou, grade=Grade.PRESS)
    assert [lack.what for lack in lacks_for(mou, Stage.FULFILLED)] == ["evidence"]
    make_document(mou, grade=Grade.PARTNER_CONFIRMED)
    assert lacks_for(mou, Stage.FULFILLED) == ()


def test_what_is_said_to_have_led_to_something_names_it(cast: Cast) -> None:
    promise = make_outcome("협력 약속", kind=OutcomeKind.PROMISE, lead_unit=cast.unit)
    promise = step(promise, Stage.IN_TALKS)
    assert [lack.what for lack in lacks_for(promise, Stage.SETTLED)] == ["leads_to"]
    came = make_outcome("업무협약", kind=OutcomeKind.BUSINESS_MOU)
    link_chain(system(), from_outcome=promise, to_outcome=came)
    assert step(promise, Stage.SETTLED).stage == Stage.SETTLED


def test_a_step_is_not_recorded_ahead_of_its_day(mou: Outcome) -> None:
    tomorrow = system().now.date() + timedelta(days=2)
    assert "taken_on" in refusal(mou, Stage.CLOSED, reason="폐업", taken_on=tomorrow)


def test_the_second_of_two_who_step_at_once_is_told(mou: Outcome) -> None:
    seen = Outcome.objects.get(pk=mou.pk).version
    step(mou, Stage.PLAN_CHANGED, reason="면적 축소", version=seen)
    with pytest.raises(Stale):
        step(mou, Stage.CLOSED, reason="폐업", version=seen)
    assert Outcome.objects.get(pk=mou.pk).stage == Stage.PLAN_CHANGED


@pytest.mark.parametrize("kind", list(OutcomeKind))
def test_every_kind_has_a_road_that_begins(kind: OutcomeKind) -> None:
    outcome = make_outcome("기록", kind=kind)
    assert outcome.stage == STAGES[kind][0].stage
    assert [a.stage for a in stages_ahead(outcome)] == [rule.stage for rule in STAGES[kind][1:]]


def test_money_moves_with_its_outcome(mou: Outcome) -> None:
    before = money_of(mou)
    step(mou, Stage.WITHDRAWN, reason="철회 통보")
    after = money_of(mou)
    assert (after.replaces, after.value, after.stage) == (before, before.value, Stage.WITHDRAWN)
    assert after.series == Series.ANNOUNCED
