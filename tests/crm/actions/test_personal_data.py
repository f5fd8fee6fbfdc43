"""Personal data: a basis, an end, a log of every showing; purged it stays purged."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from crm.actions import organisations, personal_data
from crm.actions.base import Conflict
from crm.models import AccessLog, Contact
from tests.laws.scenarios import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize("field", ["legal_basis", "retention_until", "name"])
def test_a_contact_needs(world: World, field: str) -> None:
    fields = {"organisation": world.buyer, "name": "x", "legal_basis": "동의", "retention_until": date(2030, 1, 1)}
    with pytest.raises(ValidationError) as error:
        organisations.record_contact(world.caller, **{**fields, field: None})
    assert set(error.value.message_dict) == {field}


def test_a_phone_keeps_what_was_typed(world: World) -> None:
    contact = organisations.update_contact(world.caller, world.contact, phone="062-613-2114")
    assert (contact.phone, contact.phone_as_typed) == ("+82626132114", "062-613-2114")


def test_a_showing_is_logged(world: World) -> None:
    personal_data.disclose(world.caller, world.contact, "연락")
    entry = AccessLog.objects.get()
    assert (entry.subject_id, entry.deed, entry.purpose) == (world.contact.pk, "viewed", "연락")


def test_the_person_is_gone_from_the_history_too(world: World) -> None:
    organisations.update_contact(world.caller, world.contact, email="x@example.com")
    assert personal_data.purge_expired_contacts(world.caller) == 1
    rows = [Contact.objects.get(pk=world.contact.pk), *Contact.history.filter(id=world.contact.pk)]
    assert {(r.name, r.email, r.phone, r.phone_as_typed, r.position) for r in rows} == {("–", "", "", "", "")}
    assert personal_data.purge_expired_contacts(world.caller) == 0


@pytest.mark.parametrize(("hour", "purged"), [(14, 0), (15, 1)])  # midnight in Seoul is 15:00 UTC
def test_the_day_ends_in_seoul(world: World, hour: int, purged: int) -> None:
    caller = replace(world.caller, now=datetime(2023, 2, 1, hour, tzinfo=UTC))
    assert personal_data.purge_expired_contacts(caller) == purged


def test_a_purged_contact_takes_no_new_person(world: World) -> None:
    """It would never be purged again."""
    personal_data.purge_expired_contacts(world.caller)
    with pytest.raises(ValidationError):
        organisations.update_contact(world.caller, Contact.objects.get(pk=world.contact.pk), name="새 사람")


def test_who_asks_for_it_is_removed_before_the_day_and_only_once(world: World) -> None:
    organisations.update_contact(world.caller, world.contact, email="x@example.com")
    with pytest.raises(ValidationError):
        personal_data.remove_person(world.caller, world.contact, "  ")
    personal_data.remove_person(world.caller, world.contact, "본인 요청")
    rows = [Contact.objects.get(pk=world.contact.pk), *Contact.history.filter(id=world.contact.pk)]
    assert {(r.name, r.email, r.phone, r.phone_as_typed, r.position) for r in rows} == {("–", "", "", "", "")}
    entry = AccessLog.objects.get()
    assert (entry.subject_id, entry.deed, entry.purpose) == (world.contact.pk, "purged", "본인 요청")
    with pytest.raises(Conflict):
        personal_data.remove_person(world.caller, world.contact, "다시")
    assert personal_data.purge_expired_contacts(world.caller) == 0
