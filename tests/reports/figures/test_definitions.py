"""Definitions: each has code, a version and a set that names it; what a changed rule did is a cause of its own."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import import_module

import pytest

from crm.actions import ledger
from crm.actions.base import Caller
from crm.models import Publication
from crm.values.measures import Measure
from crm.values.periods import Quarter
from reports.building.restatement import build_restatement
from reports.catalogue import REPORTS, ReportKind
from reports.figures import definitions
from reports.figures.definitions import (
    DEFINITIONS,
    SETS,
    VERSION,
    UnknownDefinitions,
    in_force,
    number_of,
    set_numbered,
)
from reports.figures.quarterly import quarterly
from reports.figures.restatement import DEFINITION, restatement
from reports.publishing import publish, run_again
from tests.laws.scenarios import NOW, World, figure, make_world
from tests.reports.next_rules import lay_down_next_rules
from tests.reports.published import question_of

PERIOD = Quarter(2023, 1)
FIRST, LAST = date(2023, 1, 1), date(2023, 3, 31)
EARLIER = NOW + timedelta(days=1)


def test_the_code_that_a_definition_names_is_there() -> None:
    for one in DEFINITIONS:
        module, _dot, name = one.computed_by.rpartition(".")
        assert callable(getattr(import_module(module), name)), one.computed_by


def test_every_definition_of_a_set_is_kept_with_its_version() -> None:
    kept = {(one.key, one.version) for one in DEFINITIONS}
    assert len(kept) == len(DEFINITIONS)
    for rules in SETS.values():
        assert set(rules.items()) <= kept
    assert {one.key for one in DEFINITIONS} == {one.key for one in in_force(VERSION)}


def test_a_set_that_is_not_kept_is_refused_by_name() -> None:
    with pytest.raises(UnknownDefinitions, match="quarterly-0"):
        in_force("quarterly-0")


def test_a_trace_code_has_a_number_for_every_set() -> None:
    assert [number_of(name) for name in SETS] == [0, 0, *range(1, len(SETS) - 1)]
    assert [set_numbered(number_of(name)) for name in SETS] == [list(SETS)[1], *list(SETS)[1:]]
    assert len(SETS) - 1 <= 8, "a restatement's trace code has no room for another: give it a format of its own"
    for unknown in (lambda: number_of("quarterly-0"), lambda: set_numbered(len(SETS) - 1)):
        with pytest.raises(UnknownDefinitions):
            unknown()


@pytest.fixture
def next_rules(monkeypatch: pytest.MonkeyPatch) -> str:
    return lay_down_next_rules(monkeypatch)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def money(of: datetime, rules: str) -> list[Decimal | None]:
    return [one.total for one in quarterly(PERIOD, of, rules).quarter.money]


def test_a_quarter_is_read_by_the_rules_that_are_asked_for(world: World, next_rules: str) -> None:
    assert Decimal(1_000_000) in money(EARLIER, VERSION)
    assert Decimal(1_000_000) not in money(EARLIER, next_rules)
    assert quarterly(PERIOD, EARLIER, next_rules).definition == next_rules


def test_what_a_changed_rule_did_is_a_cause_and_the_bridge_still_closes(world: World, next_rules: str) -> None:
    later = NOW + timedelta(days=60)
    ledger.post_figure(_at(world, later), world.outcome, figure(value=Decimal(50_000)))
    found = restatement(FIRST, LAST, EARLIER, later + timedelta(days=1), VERSION, next_rules)
    amounts = [one for one in found.bridges if one.measure == Measure.MONEY]
    assert [dict(one.by_cause)[DEFINITION] for one in amounts] == [Decimal(-1_000_000)]
    for one in found.bridges:
        assert one.opening + sum(value for _cause, value in one.by_cause) == one.closing
    report = build_restatement(found, {world.outcome.pk: "㈜솔 투자협약"}, PERIOD, "ko")
    told = {column.label for section in report.sections for table in section.tables for column in table.columns}
    assert "산정 기준" in told
    assert len(report.outcomes.rows) == 3, "the two sets, and the rule that is another"


def test_by_the_same_rules_no_definition_is_a_cause(world: World) -> None:
    ledger.correct_figure(_at(world, NOW + timedelta(days=30)), world.money, figure(value=Decimal(900_000)), "오기")
    found = restatement(FIRST, LAST, EARLIER, NOW + timedelta(days=60))
    assert found.bridges
    assert not any(DEFINITION in dict(one.by_cause) for one in found.bridges)
    report = build_restatement(found, {world.outcome.pk: "㈜솔 투자협약"}, PERIOD, "ko")
    columns = {column.key for section in report.sections for table in section.tables for column in table.columns}
    assert DEFINITION not in columns


@pytest.mark.parametrize("kind", REPORTS.values(), ids=list(REPORTS))
def test_an_edition_is_made_again_by_the_rules_that_it_went_out_with(
    world: World, next_rules: str, monkeypatch: pytest.MonkeyPatch, kind: ReportKind
) -> None:
    question = question_of(kind, EARLIER, "ko", event=world.event, unit=world.unit, programme=world.programme)
    edition = publish(_at(world, EARLIER + timedelta(hours=1)), kind, question)
    monkeypatch.setattr(definitions, "VERSION", next_rules)
    assert run_again(Publication.objects.get(pk=edition.pk)).is_same


def _at(world: World, moment: datetime) -> Caller:
    return replace(world.caller, now=moment)
