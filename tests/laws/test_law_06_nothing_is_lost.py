"""Law 6: records are archived, not deleted; showing and purging personal data is logged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crm.actions import ledger, outcomes, personal_data, posting
from crm.models import AccessLog, Contact, FeedEntry, KeptAnswer, Notification, Outcome, WebhookDelivery, guard
from crm.models.base import Entry, Record
from crm.values.measures import Cause, Measure
from tests.laws.scenarios import NOW, World, make_world
from tests.laws.sources import calls, modules

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_an_archived_outcome_is_still_there_with_its_history(world: World) -> None:
    outcomes.archive_outcome(world.caller, world.outcome, "두 번 기록됨")
    kept = Outcome.objects.get(pk=world.outcome.pk)
    assert kept.archived_at == NOW
    assert kept.history.count() >= 2
    assert FeedEntry.objects.filter(record_id=kept.pk).count() >= 2


def test_an_archived_outcome_comes_back_with_its_figures(world: World) -> None:
    stood = [(e.measure, e.series, e.value, e.kind) for e in posting.live_entries(world.outcome)]
    outcomes.archive_outcome(world.caller, world.outcome, "두 번 기록됨")
    later = replace(world.caller, now=NOW + timedelta(hours=1))
    outcomes.restore_outcome(later, world.outcome, "잘못 보관함")
    assert Outcome.objects.get(pk=world.outcome.pk).archived_at is None
    assert [(e.measure, e.series, e.value, e.kind) for e in posting.live_entries(world.outcome)] == stood
    outcomes.archive_outcome(replace(later, now=NOW + timedelta(hours=2)), world.outcome, "다시")
    outcomes.restore_outcome(replace(later, now=NOW + timedelta(hours=3)), world.outcome, "다시")
    assert [(e.measure, e.series, e.value, e.kind) for e in posting.live_entries(world.outcome)] == stood


def test_what_was_taken_back_before_the_archiving_stays_taken_back(world: World) -> None:
    ledger.reverse_figure(world.caller, world.money, Cause.WITHDRAWAL, "철회")
    later = replace(world.caller, now=NOW + timedelta(hours=1))
    outcomes.archive_outcome(later, world.outcome, "두 번 기록됨")
    outcomes.restore_outcome(replace(later, now=NOW + timedelta(hours=2)), world.outcome, "잘못 보관함")
    assert [e.measure for e in posting.live_entries(world.outcome)] == [Measure.COUNT]


def test_no_action_deletes_a_record() -> None:
    deleting = {
        path: [name for name in calls(tree) if name.endswith(".delete")] for path, tree in modules("crm/actions")
    }
    assert {path: names for path, names in deleting.items() if names} == {}


# What is no record, each deleted by the one module that keeps it.
DELETED = {
    "crm/notices.py": Notification,  # decision 0012: read long ago
    "crm/sequencer.py": FeedEntry,  # decision 0018: another entry stands for the record, or the tombstone is old
    "crm/deliveries.py": WebhookDelivery,  # decision 0020: arrived long ago
    "crm/answers.py": KeptAnswer,  # a first answer that is asked for no more
}


def test_only_what_is_no_record_is_deleted_and_by_the_module_that_keeps_it() -> None:
    """Nothing else of the house deletes anything."""
    deleting = {path for path, tree in modules("crm", "api", "reports") for n in calls(tree) if n.endswith(".delete")}
    assert deleting == set(DELETED)
    assert [model for model in DELETED.values() if issubclass(model, Record | Entry)] == []


def test_no_record_goes_with_another(world: World) -> None:
    from django.apps import apps
    from django.db import models

    for model in apps.get_app_config("crm").get_models():
        for field in model._meta.concrete_fields:
            if issubclass(model, Record) and isinstance(field, models.ForeignKey):
                assert field.remote_field.on_delete is models.PROTECT, f"{model.__name__}.{field.name}"


def test_showing_personal_data_is_logged(world: World) -> None:
    personal_data.disclose(replace(world.caller, address="10.0.0.7"), world.contact, "후속 연락")
    entry = AccessLog.objects.get()
    assert (entry.deed, entry.purpose, entry.address, entry.subject_id) == (
        "viewed",
        "후속 연락",
        "10.0.0.7",
        world.contact.pk,
    )


def test_personal_data_past_its_date_is_purged_history_included_and_logged(world: World) -> None:
    assert personal_data.purge_expired_contacts(world.caller) == 1
    left = Contact.objects.get(pk=world.contact.pk)
    rows = [left, *Contact.history.filter(id=left.pk)]
    assert not any("담당" in row.name or row.position or row.email or row.phone for row in rows)
    assert AccessLog.objects.get().deed == "purged"
    assert personal_data.purge_expired_contacts(world.caller) == 0


def test_personal_data_within_its_date_stays(world: World) -> None:
    early = replace(world.caller, now=NOW - timedelta(days=365))
    assert personal_data.purge_expired_contacts(early) == 0


def test_a_delete_round_the_actions_breaks(world: World) -> None:
    with pytest.raises(guard.UndeclaredWrite):
        Outcome.objects.filter(pk=world.outcome.pk)._raw_delete("default")
