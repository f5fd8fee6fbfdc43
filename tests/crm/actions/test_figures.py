"""Figures: what may be posted, corrected and taken back, and what is refused at its field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.actions import documents, ledger, outcomes
from crm.actions.base import Conflict
from crm.models import LedgerEntry
from crm.values.evidence import Grade
from crm.values.measures import Cause, Measure, Series
from tests.laws.scenarios import World, figure, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def refused(world: World, **changes: Any) -> set[str]:
    before = LedgerEntry.objects.count()
    with pytest.raises(ValidationError) as error:
        ledger.post_figure(world.caller, world.outcome, figure(**changes))
    assert LedgerEntry.objects.count() == before
    return set(error.value.message_dict)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"value": Decimal(0)}, "value"),
        ({"value": Decimal(-1)}, "value"),
        ({"value": Decimal("NaN")}, "value"),
        ({"value": Decimal("Infinity")}, "value"),
        ({"value": Decimal("0.00001")}, "value"),
        ({"value": Decimal(10) ** 18}, "value"),
        ({"currency": "WON"}, "currency"),
        ({"currency": ""}, "currency"),
        ({"measure": Measure.JOBS}, "currency"),
        ({"measure": Measure.JOBS, "currency": "", "value": Decimal("1.5")}, "value"),
        ({"measure": Measure.COUNT, "currency": ""}, "measure"),
        ({"source": " "}, "source"),
        ({"source": "a\0b"}, "source"),
        ({"source": "x" * 301}, "source"),
        ({"series": Series.COMMITTED}, "series"),
        ({"series": Series.REALISED}, "evidence_grade"),
        ({"series": Series.REALISED, "evidence_grade": Grade.SIGNED_DOCUMENT}, "evidence"),
        ({"value_date": date(1800, 1, 1)}, "value_date"),
        ({"value_date": date(2200, 1, 1)}, "value_date"),
    ],
)
def test_a_wrong_figure_is_refused_at_its_field(world: World, changes: dict[str, Any], wrong: str) -> None:
    assert refused(world, **changes) == {wrong}


def test_a_realised_value_rests_on_its_evidence(world: World) -> None:
    realised = figure(series=Series.REALISED, evidence_grade=Grade.SIGNED_DOCUMENT, evidence=world.document)
    assert ledger.post_figure(world.caller, world.outcome, realised).evidence == world.document


def test_evidence_of_another_outcome_is_refused(world: World) -> None:
    other = outcomes.record_outcome(
        world.caller, outcomes.Testimony("press"), kind="business_mou", title="x", event=world.event
    )
    paper = documents.attach_document(world.caller, title="x", grade=Grade.PRESS, outcome=other, source="press")
    assert refused(world, evidence=paper) == {"evidence"}


def test_a_correction_is_a_reversal_and_a_new_entry(world: World) -> None:
    new = ledger.correct_figure(world.caller, world.money, figure(value=Decimal(5)), "오기")
    reversal = LedgerEntry.objects.get(reverses=world.money)
    assert (new.replaces_id, reversal.value, new.value) == (world.money.pk, -world.money.value, 5)
    assert {new.reason, reversal.reason} == {"오기"}


def test_a_figure_is_corrected_once(world: World) -> None:
    ledger.correct_figure(world.caller, world.money, figure(value=Decimal(5)), "오기")
    with pytest.raises(Conflict):
        ledger.correct_figure(world.caller, world.money, figure(value=Decimal(6)), "오기")


def test_a_refused_correction_leaves_the_figure(world: World) -> None:
    before = LedgerEntry.objects.count()
    with pytest.raises(ValidationError):
        ledger.correct_figure(world.caller, world.money, figure(value=Decimal(-5)), "오기")
    assert LedgerEntry.objects.count() == before


def test_money_is_not_corrected_into_jobs(world: World) -> None:
    jobs = figure(measure=Measure.JOBS, currency="")
    with pytest.raises(ValidationError) as error:
        ledger.correct_figure(world.caller, world.money, jobs, "오기")
    assert set(error.value.message_dict) == {"measure"}


@pytest.mark.parametrize("cause", [Cause.FIRST, Cause.FX, Cause.LATE_ENTRY, Cause.RECLASSIFICATION])
def test_people_do_not_give_the_system_s_causes(world: World, cause: Cause) -> None:
    with pytest.raises(ValidationError):
        ledger.reverse_figure(world.caller, world.money, cause, "x")


def test_a_reversal_is_not_reversed(world: World) -> None:
    reversal = ledger.reverse_figure(world.caller, world.money, Cause.WITHDRAWAL, "철회")
    with pytest.raises(ValidationError):
        ledger.reverse_figure(world.caller, reversal, Cause.WITHDRAWAL, "철회")


def test_taking_back_needs_a_reason(world: World) -> None:
    with pytest.raises(ValidationError):
        ledger.reverse_figure(replace(world.caller), world.money, Cause.WITHDRAWAL, " ")
