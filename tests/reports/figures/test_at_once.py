"""What is read in one statement is what is read by itself, of every kind of record and to the last column."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.actions import outcomes, targets
from crm.actions.accounts import system_caller
from crm.models import Consultation, CooperatingUnit, Event, Organisation, Outcome, Party
from crm.models.base import Record
from reports.figures.at_once import at_once, last_of, many, parts, records
from reports.figures.standing import Hex, many_as_of, parts_as_of, record_as_of
from tests.builders import make_organisation, make_unit
from tests.builders_demonstrations import make_competition, make_demonstration, make_pitch
from tests.laws.scenarios import NOW, World, make_world

pytestmark = pytest.mark.django_db
EVERY_KIND = [model for model in apps.get_app_config("crm").get_models() if issubclass(model, Record)]


@pytest.fixture
def world() -> World:
    """Records of most kinds, with their parts."""
    world = make_world()
    make_pitch(make_competition())
    make_demonstration()
    money: dict[str, Any] = {"currency": "USD", "source": "계획"}
    targets.set_target(world.caller, year=2023, measure="money", series="announced", value=Decimal("12.5"), **money)
    targets.record_cost(
        world.caller, event=world.event, item="부스", payer="city", amount=Decimal(3), currency="USD", source="계획"
    )
    return world


def columns(model: type[Record]) -> list[str]:
    fields = model.history.model._meta.get_fields()
    own = {field.attname for field in model._meta.concrete_fields if not isinstance(field, models.FileField)}
    return [field.attname for field in fields if getattr(field, "attname", "") in own - {"id"}]


def told(found: dict[Any, Any], names: list[str]) -> dict[Any, Any]:
    return {pk: [getattr(row, name) for name in ("id", *names)] for pk, row in found.items()}


def times() -> list[datetime]:
    return [NOW - timedelta(days=1), NOW, timezone.now() + timedelta(seconds=1)]


def test_every_column_of_every_record_comes_as_it_does_by_itself(world: World) -> None:
    compared = 0
    for model in EVERY_KIND:
        names, ids = columns(model), list(model._default_manager.values_list("pk", flat=True))
        for as_of in times():
            (found,) = at_once(as_of, records(model, ids, *names))
            alone = record_as_of(model, ids, as_of, *names)
            assert told(found, names) == told(alone, names), model.__name__
            compared += len(found)
    assert compared > 90


def test_kinds_of_different_width_do_not_get_into_one_another(world: World) -> None:
    ids = [world.outcome.pk]
    for as_of in times():
        own, others, nobody, parties = at_once(
            as_of,
            records(Outcome, ids, "title", "signed_on", "binding", "also_called"),
            records(Organisation, [world.company.pk, None], "name"),
            records(Event, [], "name"),
            parts(Party, "outcome", ids, as_of, "role"),
        )
        names = ["title", "signed_on", "binding", "also_called"]
        assert told(own, names) == told(record_as_of(Outcome, ids, as_of, *names), names)
        assert [row.name for row in others.values()] == [world.company.name]
        assert nobody == {}
        alone = parts_as_of(Party, "outcome", ids, as_of, "role")
        assert {pk: [(one.id, one.role) for one in rows] for pk, rows in parties.items()} == {
            pk: [(one.id, one.role) for one in rows] for pk, rows in alone.items()
        }


def test_of_thousands_it_is_the_same_and_takes_one_query(world: World) -> None:
    outcome, caller = world.outcome, system_caller(timezone.now())
    for title in ("둘째 이름", "셋째 이름"):
        outcomes.update_outcome(caller, Outcome.objects.get(pk=outcome.pk), title=title)
    ids = Outcome.objects.order_by().values("pk")
    for as_of in times():
        with CaptureQueriesContext(connection) as asked:
            (found,) = at_once(as_of, many(Outcome, ids, "title", "lead_unit_id"))
        assert len(asked) == 1
        alone = {
            pk.hex: (row.title, row.lead_unit_id.hex if row.lead_unit_id else None)
            for pk, row in record_as_of(Outcome, Outcome.objects.values_list("pk", flat=True), as_of).items()
        }
        assert found == alone == many_as_of(Outcome, ids, as_of, "title", Hex("lead_unit_id"))
        nobodys = [f"{number:032x}" for number in range(3000)]
        assert many_as_of(Outcome, [*nobodys, outcome.pk.hex], as_of, "title") == {
            outcome.pk.hex: (alone[outcome.pk.hex][0],)
        }


def test_a_part_that_was_put_away_is_told_as_of_before_alone(world: World) -> None:
    """As parts are: `last_of` tells of it still."""
    before = timezone.now()
    units = [make_unit("하나과"), make_unit("둘과")]
    outcomes.update_outcome(
        system_caller(before), Outcome.objects.get(pk=world.outcome.pk), outcomes.Circle(cooperating_units=units)
    )
    between = timezone.now()
    later = system_caller(between + timedelta(seconds=1))
    outcomes.update_outcome(
        later, Outcome.objects.get(pk=world.outcome.pk), outcomes.Circle(cooperating_units=units[:1])
    )
    counted = []
    for as_of in (between, between + timedelta(seconds=2)):
        kept = parts(CooperatingUnit, "outcome", [world.outcome.pk], as_of, "org_unit_id")
        ever = last_of(CooperatingUnit, models.Q(outcome_id=world.outcome.pk), as_of, "org_unit_id", "archived_at")
        found, said = at_once(as_of, kept, ever)
        names = {row.org_unit_id for row in found[world.outcome.pk]}
        counted.append((len(names & {unit.pk for unit in units}), len({row.org_unit_id for row in said})))
    assert counted[0][0] == 2 and counted[1][0] == 1
    assert counted[1][1] >= counted[0][1]


def test_a_record_entered_later_is_told_as_first_entered(world: World) -> None:
    ids = Consultation.objects.values_list("pk", flat=True)
    company = make_organisation("㈜나중")
    as_of = NOW - timedelta(days=400)
    (found,) = at_once(as_of, records(Organisation, [company.pk], "name"))
    assert found[company.pk].name == "㈜나중"
    assert at_once(as_of, records(Consultation, ids, "event_id"))[0].keys() == set(ids)
