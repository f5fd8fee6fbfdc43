"""Law 10: take the state, run the action, apply the feed's entries to the old state: it is the new state."""

import importlib
import pkgutil
from typing import Any

import pytest

import crm.actions
from crm.actions.base import ACTIONS
from crm.models import FeedEntry, LedgerEntry, Organisation, guard, record_types
from crm.models.base import Record
from crm.sequencer import number_committed
from tests.laws.scenarios import SCENARIOS, WRITES_NO_RECORD, World, make_world

pytestmark = pytest.mark.django_db
Snapshot = dict[tuple[str, Any], Any]


@pytest.fixture
def world() -> World:
    return make_world()


def _types() -> dict[str, Any]:
    return {**record_types(), "ledger_entry": LedgerEntry}


def _part_types() -> list[type[Record]]:
    from django.apps import apps

    return [m for m in apps.get_app_config("crm").get_models() if issubclass(m, Record) and m.part_of]


def render(kind: str, record: Any) -> Any:
    """The record and its parts, every stored field of each."""
    fields = {f.attname: f.value_from_object(record) for f in record._meta.concrete_fields}
    parts = [
        {f.attname: str(f.value_from_object(part)) for f in part._meta.concrete_fields}
        for model in _part_types()
        if kind != "ledger_entry"
        for part in _parts_of(model, kind, record)
    ]
    return {**fields, "parts": sorted(parts, key=lambda p: p["id"])}


def _parts_of(model: type[Record], kind: str, record: Any) -> Any:
    if model.part_of == "record":
        return model._base_manager.filter(record_type=kind, record_id=record.pk)
    parent = model._meta.get_field(model.part_of).related_model
    return model._base_manager.filter(**{model.part_of: record}) if isinstance(record, parent) else []


def snapshot() -> Snapshot:
    return {
        (kind, record.pk): render(kind, record)
        for kind, model in _types().items()
        for record in model._base_manager.all()
    }


def applied(old: Snapshot, after: int) -> Snapshot:
    """The old state with what the feed says has changed read anew."""
    state = dict(old)
    latest = {(e.record_type, e.record_id): e for e in FeedEntry.objects.filter(pk__gt=after).order_by("pk")}
    for entry in latest.values():
        record = _types()[entry.record_type]._base_manager.get(pk=entry.record_id)
        assert entry.version == record.version, entry.record_type
        state[entry.record_type, record.pk] = render(entry.record_type, record)
    return state


def head() -> int:
    return FeedEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_every_action_has_its_scenario() -> None:
    for module in pkgutil.iter_modules(crm.actions.__path__, "crm.actions."):
        importlib.import_module(module.name)
    assert set(SCENARIOS) == {name for name, act in ACTIONS.items() if act.__module__.startswith("crm.")}


@pytest.mark.parametrize("name", SCENARIOS)
def test_snapshot_plus_feed_is_a_fresh_snapshot(world: World, name: str) -> None:
    old, at = snapshot(), head()
    SCENARIOS[name](world)
    new = snapshot()
    assert applied(old, at) == new
    assert (new != old) == (name not in WRITES_NO_RECORD)


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_an_action_wrote_is_numbered_behind_what_was_known(world: World, name: str) -> None:
    """As a client follows it: by the numbers alone, each record once."""
    old, at = snapshot(), number_committed().head
    SCENARIOS[name](world)
    new, state = snapshot(), number_committed()
    told = list(FeedEntry.objects.filter(seq__gt=at).order_by("seq"))
    assert {(entry.record_type, entry.record_id) for entry in told} >= {key for key in new if old.get(key) != new[key]}
    assert [entry.seq for entry in told] == list(range(at + 1, state.head + 1))
    assert not FeedEntry.objects.filter(seq=None).exists()


def test_a_change_without_its_entry_would_be_found(world: World) -> None:
    old, at = snapshot(), head()
    with guard.declared("crm_organisation"):
        Organisation.objects.filter(pk=world.company.pk).update(region="부산")
    assert applied(old, at) != snapshot()


def test_one_entry_a_record_and_action(world: World) -> None:
    at = head()
    SCENARIOS["update_outcome"](world)
    about = list(FeedEntry.objects.filter(pk__gt=at).values_list("record_type", "record_id"))
    assert len(about) == len(set(about))
