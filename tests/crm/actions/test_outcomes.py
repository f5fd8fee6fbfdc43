"""Outcomes: every kind can be recorded, tied, changed, confirmed and archived; the ledger follows."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.actions import documents, ledger, outcomes, posting, stages
from crm.actions.base import Caller, Conflict, Forbidden, Stale
from crm.models import Event, LedgerEntry, Outcome
from crm.values.evidence import Grade
from crm.values.measures import KIND_RULES, Cause, OutcomeKind, PartyRole, Series
from crm.values.stages import FULFILMENT, Stage, off_road
from tests.laws.scenarios import NOW, World, figure, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def record(world: World, kind: OutcomeKind, **fields: Any) -> Outcome:
    values = {"kind": kind, "title": "성과", "event": world.event, **fields}
    return outcomes.record_outcome(world.caller, outcomes.Testimony("press", Grade.PRESS), **values)


def wrong_fields(world: World, **fields: Any) -> set[str]:
    before = Outcome.objects.count()
    with pytest.raises(ValidationError) as error:
        record(world, **{"kind": OutcomeKind.BUSINESS_MOU, **fields})
    assert Outcome.objects.count() == before
    return set(error.value.message_dict)


def live(outcome: Outcome, measure: str = "count") -> LedgerEntry:
    (entry,) = [e for e in posting.live_entries(outcome) if e.measure == measure]
    return entry


@pytest.mark.parametrize("kind", OutcomeKind)
def test_every_kind_counts_itself_once(world: World, kind: OutcomeKind) -> None:
    outcome = record(world, kind)
    entry = live(outcome)
    assert (entry.value, entry.kind, entry.series) == (1, kind, KIND_RULES[kind].count_series)
    assert outcome.standing == ("unconfirmed" if KIND_RULES[kind].realised_only else "confirmed")


def test_the_circle_is_taken_away_and_brought_back(world: World) -> None:
    def tied() -> tuple[int, int, int]:
        parts = (world.outcome.parties, world.outcome.cooperating_units, world.outcome.programmes)
        return tuple(part.filter(archived_at=None).count() for part in parts)  # type: ignore[return-value]

    everything = outcomes.Circle([(world.company, PartyRole.INVESTOR)], [world.unit], [world.programme])
    outcomes.update_outcome(world.caller, world.outcome, outcomes.Circle([], [], []))
    assert tied() == (0, 0, 0)
    outcomes.update_outcome(world.caller, world.outcome, everything)
    assert tied() == (1, 1, 1)
    assert world.outcome.parties.count() == 1
    outcomes.update_outcome(world.caller, world.outcome, outcomes.Circle())
    assert tied() == (1, 1, 1)


def test_the_same_party_twice_is_one(world: World) -> None:
    pair = (world.buyer, PartyRole.BUYER)
    outcomes.update_outcome(world.caller, world.outcome, outcomes.Circle(parties=[pair, pair]))
    assert world.outcome.parties.filter(archived_at=None).count() == 1


@pytest.mark.parametrize("status", [s for s in FULFILMENT if off_road(OutcomeKind.INVESTMENT_MOU, s)])
def test_leaving_the_normal_road_takes_a_reason(world: World, status: Stage) -> None:
    day = date(2023, 2, 1)
    with pytest.raises(ValidationError) as error:
        stages.take_step(world.caller, world.outcome, status, taken_on=day, reason="  ")
    assert set(error.value.message_dict) == {"reason"}
    stages.take_step(world.caller, world.outcome, status, taken_on=day, reason="사정 변경")
    assert live(world.outcome).stage == status


def test_only_an_investment_mou_is_invested(world: World) -> None:
    assert wrong_fields(world, stage="invested") == {"stage"}


def test_a_stage_is_reached_by_a_step_and_not_by_an_edit(world: World) -> None:
    with pytest.raises(ValidationError):
        outcomes.update_outcome(world.caller, world.outcome, stage=Stage.INVESTED)
    assert Outcome.objects.get(pk=world.outcome.pk).stage == Stage.PLANNED


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"event": None}, "signed_on"),
        ({"title": ""}, "title"),
        ({"title": "  "}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"also_called": ["\ud800"]}, "also_called"),
        ({"kind": "handshake"}, "kind"),
        ({"term_years": 0}, "term_years"),
        ({"signed_on": date(1800, 1, 1)}, "value_date"),
        ({"period_from": 2025, "period_to": 2023}, "__all__"),
        ({"created_at": NOW}, "__all__"),
    ],
)
def test_a_wrong_field_is_named(world: World, fields: dict[str, Any], wrong: str) -> None:
    assert wrong_fields(world, **fields) == {wrong}


def test_taking_event_and_date_away_is_refused_at_the_field(world: World) -> None:
    with pytest.raises(ValidationError) as error:
        outcomes.update_outcome(world.caller, world.outcome, event=None, signed_on=None)
    assert set(error.value.message_dict) == {"signed_on"}


def test_what_is_realised_needs_evidence_to_be_confirmed(world: World) -> None:
    arrived = record(world, OutcomeKind.FDI_ARRIVED)
    for grade in (None, Grade.PRESS):
        if grade:
            documents.attach_document(world.caller, title="기사", grade=grade, outcome=arrived, source="press")
        with pytest.raises(ValidationError) as error:
            outcomes.update_outcome(world.caller, Outcome.objects.get(pk=arrived.pk), standing="confirmed")
        assert set(error.value.message_dict) == {"standing"}
    documents.attach_document(
        world.caller, title="도착 확인", grade=Grade.OFFICIAL_RECORD, outcome=arrived, document_number="투자-1"
    )
    outcome = outcomes.update_outcome(world.caller, Outcome.objects.get(pk=arrived.pk), standing="confirmed")
    assert live(outcome).standing == "confirmed"


def test_a_moved_signing_moves_the_figures(world: World) -> None:
    outcomes.update_outcome(world.caller, world.outcome, signed_on=date(2023, 4, 3))
    assert {e.value_date for e in posting.live_entries(world.outcome)} == {date(2023, 4, 3)}


def test_a_figure_with_its_own_date_does_not_move(world: World) -> None:
    ledger.post_figure(world.caller, world.outcome, figure(series=Series.EXPECTED, value_date=date(2023, 2, 1)))
    outcomes.update_outcome(world.caller, world.outcome, signed_on=date(2023, 4, 3))
    found = {(e.series, e.value_date) for e in posting.live_entries(world.outcome)}
    assert ("expected", date(2023, 2, 1)) in found


def test_a_kind_without_value_takes_no_money_along(world: World) -> None:
    with pytest.raises(ValidationError) as error:
        outcomes.update_outcome(world.caller, world.outcome, kind=OutcomeKind.PROMISE)
    assert set(error.value.message_dict) == {"kind"}


def test_another_kind_is_a_reclassification(world: World) -> None:
    outcome = outcomes.update_outcome(world.caller, world.outcome, kind=OutcomeKind.BUSINESS_MOU)
    assert (outcome.stage, outcome.binding) == ("signed", False)
    assert {(e.kind, e.cause) for e in posting.live_entries(outcome)} == {("business_mou", Cause.RECLASSIFICATION)}


def test_archived_it_leaves_the_totals_and_takes_no_change(world: World) -> None:
    outcomes.archive_outcome(world.caller, world.outcome, "두 번 기록됨")
    assert posting.live_entries(world.outcome) == []
    for attempt in (
        lambda: outcomes.update_outcome(world.caller, world.outcome, title="x"),
        lambda: ledger.post_figure(world.caller, world.outcome, figure()),
    ):
        with pytest.raises(ValidationError):
            attempt()


def test_archiving_takes_a_reason_and_twice_is_once(world: World) -> None:
    with pytest.raises(ValidationError):
        outcomes.archive_outcome(world.caller, world.outcome, " ")
    outcomes.archive_outcome(world.caller, world.outcome, "두 번 기록됨")
    before = LedgerEntry.objects.count()
    outcomes.archive_outcome(world.caller, world.outcome, "두 번 기록됨")
    assert LedgerEntry.objects.count() == before


def test_a_copy_read_before_the_archiving_posts_nothing(world: World) -> None:
    old = Outcome.objects.get(pk=world.outcome.pk)
    outcomes.archive_outcome(world.caller, world.outcome, "두 번 기록됨")
    with pytest.raises(ValidationError):
        ledger.post_figure(world.caller, old, figure())
    assert posting.live_entries(old) == []


def test_a_copy_read_before_a_reclassification_turns_nothing_back(world: World) -> None:
    old = Outcome.objects.get(pk=world.outcome.pk)
    outcomes.update_outcome(world.caller, world.outcome, standing="unconfirmed")
    with pytest.raises(Stale):
        outcomes.update_outcome(world.caller, old)
    assert live(world.outcome).standing == "unconfirmed"


def test_an_old_version_is_stale(world: World) -> None:
    outcomes.update_outcome(world.caller, world.outcome, title="새 이름")
    with pytest.raises(Stale):
        outcomes.update_outcome(world.caller, world.outcome, version=1, title="옛 이름")


def test_nobody_takes_a_count_back_by_hand(world: World) -> None:
    """Else an outcome would stand in the lists and in no report."""
    count = live(world.outcome)
    with pytest.raises(ValidationError):
        ledger.reverse_figure(world.caller, count, Cause.WITHDRAWAL, "철회")
    with pytest.raises(ValidationError):
        ledger.correct_figure(world.caller, count, figure(), "오기")
    assert live(world.outcome).pk == count.pk


def test_an_officer_archives_nothing_and_makes_nothing_synthetic(world: World) -> None:
    officer = Caller(world.officer, NOW, "page")
    with pytest.raises(Forbidden):
        outcomes.archive_outcome(officer, world.outcome, "x")
    with pytest.raises(Forbidden):
        outcomes.record_outcome(
            officer, outcomes.Testimony("x"), kind="promise", title="x", event=world.event, is_synthetic=True
        )


def test_the_same_figure_id_is_one_figure(world: World) -> None:
    with pytest.raises(Conflict):
        ledger.post_figure(world.caller, world.outcome, figure(id=world.money.pk))


def test_a_moved_meeting_moves_what_was_talked_about(world: World) -> None:
    outcomes.update_consultation(world.caller, world.consultation, met_on=date(2023, 4, 8))
    assert {e.value_date for e in posting.live_entries(world.consultation)} == {date(2023, 4, 8)}


def test_a_moved_event_moves_what_it_dates(world: World) -> None:
    from crm.actions.events import update_event

    undated = record(world, OutcomeKind.BUSINESS_MOU)
    update_event(world.caller, Event.objects.get(pk=world.event.pk), starts_on=date(2022, 1, 5))
    assert live(undated).value_date == date(2022, 1, 5)
    assert live(world.outcome).value_date == date(2023, 1, 7)


def test_what_becomes_an_investment_mou_is_planned(world: World) -> None:
    outcome = record(world, OutcomeKind.BUSINESS_MOU)
    outcomes.update_outcome(world.caller, outcome, kind=OutcomeKind.INVESTMENT_MOU)
    assert live(outcome).stage == "planned"
