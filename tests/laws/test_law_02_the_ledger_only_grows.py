"""Law 2: the ledger only grows; a correction is a reversal and a new entry with a cause."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from crm.actions import ledger, outcomes, posting, stages
from crm.actions.base import Conflict
from crm.models import LedgerEntry, guard, triggers
from crm.values.evidence import Grade
from crm.values.measures import Basis, Cause, Measure, Series, Standing
from crm.values.stages import Stage
from tests.laws.scenarios import World, figure, make_world

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "update": "UPDATE crm_ledgerentry SET source = 'x'",
    "delete": "DELETE FROM crm_ledgerentry",
    "update the access log": "UPDATE crm_accesslog SET deed = 'x'",
}


@pytest.fixture
def world() -> World:
    world = make_world()
    from crm.actions.personal_data import disclose

    disclose(world.caller, world.contact, "연락")
    return world


def _run(sql: str) -> None:
    with guard.declared("crm_ledgerentry", "crm_accesslog"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses_to_change_what_is_only_added(world: World, statement: str) -> None:
    with pytest.raises(DatabaseError, match="only grows"):
        _run(STATEMENTS[statement])


def test_postgresql_refuses_truncate(world: World) -> None:
    if connection.vendor == "sqlite":
        assert "TRUNCATE" not in " ".join(triggers.create_statements("sqlite", "crm_ledgerentry"))
        return
    # The foreign keys of rows just written are checked late; a table with checks to come is not truncated at all.
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="only grows"):
        _run("TRUNCATE crm_ledgerentry CASCADE")


def test_without_the_triggers_the_same_statement_would_pass(world: World) -> None:
    triggers.drop(connection)
    try:
        _run("UPDATE crm_ledgerentry SET source = 'x'")
    finally:
        triggers.create(connection)


def test_python_refuses_too(world: World) -> None:
    with pytest.raises(TypeError):
        world.money.delete()
    with pytest.raises(TypeError):
        world.money.save()


def test_a_correction_reverses_and_posts_anew_with_its_reason(world: World) -> None:
    new = ledger.correct_figure(world.caller, world.money, figure(value=Decimal("900000")), "보도자료 오기")
    reversal = LedgerEntry.objects.get(reverses=world.money)
    assert (reversal.value, reversal.cause, reversal.reason) == (Decimal(-1000000), Cause.CORRECTION, "보도자료 오기")
    assert (new.value, new.cause, new.replaces) == (Decimal(900000), Cause.CORRECTION, world.money)
    money = LedgerEntry.objects.filter(outcome=world.outcome, measure=Measure.MONEY)
    assert money.aggregate(stands=Sum("value"))["stands"] == Decimal(900000)


def test_the_same_figure_is_not_corrected_twice(world: World) -> None:
    ledger.correct_figure(world.caller, world.money, figure(value=Decimal(1)), "오기")
    with pytest.raises(Conflict):
        ledger.correct_figure(world.caller, world.money, figure(value=Decimal(2)), "오기")


def test_a_correction_without_a_reason_is_refused(world: World) -> None:
    with pytest.raises(ValidationError):
        ledger.correct_figure(world.caller, world.money, figure(value=Decimal(1)), "  ")


@pytest.mark.parametrize("grade", [Grade.CITY_STATEMENT, Grade.PRESS, Grade.VERBAL])
def test_no_realised_value_without_evidence_of_the_first_three_grades(world: World, grade: Grade) -> None:
    with pytest.raises(ValidationError) as refusal:
        ledger.post_figure(world.caller, world.outcome, figure(series=Series.REALISED, evidence_grade=grade))
    assert "evidence_grade" in refusal.value.message_dict


def test_a_grade_without_its_document_is_no_evidence(world: World) -> None:
    with pytest.raises(ValidationError) as refusal:
        ledger.post_figure(
            world.caller, world.outcome, figure(series=Series.REALISED, evidence_grade=Grade.SIGNED_DOCUMENT)
        )
    assert "evidence" in refusal.value.message_dict


def test_a_realised_value_with_its_document_is_posted(world: World) -> None:
    entry = ledger.post_figure(
        world.caller,
        world.outcome,
        figure(series=Series.REALISED, evidence_grade=Grade.SIGNED_DOCUMENT, evidence=world.document),
    )
    assert entry.evidence == world.document


def test_the_database_holds_the_evidence_gate_too(world: World) -> None:
    reached = posting._copied(world.money) | {"series": Series.REALISED, "recorded_by": world.caller.account}
    entry = LedgerEntry(
        **reached, cause=Cause.FIRST, recorded_at=world.caller.now, entered_at=world.caller.now, action="none"
    )
    with pytest.raises(DatabaseError), guard.declared("crm_ledgerentry"), transaction.atomic():
        LedgerEntry.objects.bulk_create([entry])


def test_what_an_outcome_becomes_is_posted_as_a_reclassification(world: World) -> None:
    stages.take_step(world.caller, world.outcome, Stage.PLAN_CHANGED, taken_on=date(2023, 2, 1), reason="사업계획 변경")
    stands = posting.live_entries(world.outcome)
    assert {e.stage for e in stands} == {Stage.PLAN_CHANGED}
    assert {e.cause for e in stands} == {Cause.RECLASSIFICATION}


def test_a_withdrawal_is_posted_as_such(world: World) -> None:
    stages.take_step(world.caller, world.outcome, Stage.WITHDRAWN, taken_on=date(2023, 2, 1), reason="경영 악화")
    assert {e.cause for e in posting.live_entries(world.outcome)} == {Cause.WITHDRAWAL}
    assert {e.reason for e in posting.live_entries(world.outcome)} == {"경영 악화"}


def test_a_changed_signing_date_moves_the_entries_by_correction(world: World) -> None:
    outcomes.update_outcome(world.caller, world.outcome, signed_on=date(2023, 1, 8))
    assert {e.value_date for e in posting.live_entries(world.outcome)} == {date(2023, 1, 8)}
    assert {e.cause for e in posting.live_entries(world.outcome)} == {Cause.CORRECTION}


def test_archiving_takes_the_figures_out_by_reversal(world: World) -> None:
    outcomes.archive_outcome(world.caller, world.outcome, "두 번 기록됨")
    assert posting.live_entries(world.outcome) == []
    money = LedgerEntry.objects.filter(outcome=world.outcome, measure=Measure.MONEY)
    assert money.aggregate(stands=Sum("value"))["stands"] == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": Decimal(0)}, "value"),
        ({"value": Decimal(-5)}, "value"),
        ({"value": Decimal("0.00001")}, "value"),
        ({"value": Decimal(10) ** 16}, "value"),
        ({"currency": "XXX"}, "currency"),
        ({"currency": ""}, "currency"),
        ({"source": " "}, "source"),
        ({"measure": Measure.JOBS, "currency": "", "value": Decimal("1.5")}, "value"),
        ({"measure": Measure.COUNT, "currency": "", "value": Decimal(1)}, "measure"),
        ({"series": Series.COMMITTED}, "series"),
    ],
)
def test_a_wrong_figure_is_refused_at_its_field(world: World, changes: dict[str, object], field: str) -> None:
    before = LedgerEntry.objects.count()
    with pytest.raises(ValidationError) as refusal:
        ledger.post_figure(world.caller, world.outcome, figure(**changes))
    assert field in refusal.value.message_dict
    assert LedgerEntry.objects.count() == before


def test_a_promise_never_carries_a_value(world: World) -> None:
    promise = outcomes.record_outcome(
        world.caller, outcomes.Testimony("press"), kind="promise", title="논의 기약", event=world.event
    )
    with pytest.raises(ValidationError):
        ledger.post_figure(world.caller, promise, figure())
    with pytest.raises(ValidationError):
        outcomes.update_outcome(world.caller, world.outcome, kind="promise")


def test_sums_are_exact_on_this_database(world: World) -> None:
    for text in ("0.1", "0.2", "922337203685.4775", "0.0001"):
        ledger.post_figure(world.caller, world.event, figure(value=Decimal(text), basis=Basis.TOTAL))
    total = LedgerEntry.objects.filter(event=world.event).aggregate(total=Sum("value"))["total"]
    assert total == Decimal("922337203685.7776")


def test_standing_is_carried_by_every_entry(world: World) -> None:
    outcomes.update_outcome(world.caller, world.outcome, standing=Standing.UNCONFIRMED)
    assert {e.standing for e in posting.live_entries(world.outcome)} == {Standing.UNCONFIRMED}
