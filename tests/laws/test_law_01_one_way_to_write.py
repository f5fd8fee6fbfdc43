"""Law 1: every change goes through an action, and a way round it breaks loudly."""

import threading

import pytest
from django.db import connection

from crm.actions import events, organisations
from crm.actions.accounts import system_caller
from crm.actions.base import Caller, Forbidden, Stale, action, store, update_each
from crm.models import Account, Event, FeedEntry, Notification, Organisation, Outcome, writing
from crm.models.base import OutsideAction
from crm.models.guard import UndeclaredWrite, tables_written
from crm.values.measures import Role
from tests.laws.scenarios import NOW, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_an_action_writes_record_history_and_feed_entry_together(world: World) -> None:
    before = FeedEntry.objects.count()
    events.update_event(world.caller, world.event, city="Las Vegas")
    history = list(world.event.history.order_by("version"))
    assert [row.city for row in history[-2:]] == ["", "Las Vegas"]
    assert history[-1].history_user == world.caller.account
    assert history[-1].action == "update_event"
    entry = FeedEntry.objects.latest("pk")
    assert FeedEntry.objects.count() == before + 1
    assert (entry.record_type, entry.record_id, entry.version) == ("event", world.event.pk, world.event.version)


def test_a_failing_action_writes_nothing(world: World) -> None:
    @action("event.update")
    def rename_and_fail(caller: Caller, event: Event) -> None:
        store(event, {"name": "nobody sees this"})
        raise RuntimeError

    feed, history = FeedEntry.objects.count(), world.event.history.count()
    with pytest.raises(RuntimeError):
        rename_and_fail(world.caller, world.event)
    assert Event.objects.get(pk=world.event.pk).name == "CES 2023"
    assert (FeedEntry.objects.count(), world.event.history.count()) == (feed, history)


def test_what_changes_nothing_leaves_no_version_and_no_entry(world: World) -> None:
    feed, version = FeedEntry.objects.count(), world.event.version
    events.update_event(world.caller, world.event, name=world.event.name)
    assert (FeedEntry.objects.count(), Event.objects.get(pk=world.event.pk).version) == (feed, version)


def test_a_part_raises_the_version_of_its_record_once(world: World) -> None:
    before = Organisation.objects.get(pk=world.company.pk).version
    organisations.add_alias(world.caller, world.company, name="솔바이오")
    assert Organisation.objects.get(pk=world.company.pk).version == before + 1
    assert FeedEntry.objects.latest("pk").record_type == "organisation"


def test_the_set_wise_write_leaves_history_and_entry_for_each(world: World) -> None:
    @action("organisation.update")
    def move_all(caller: Caller) -> int:
        return update_each(Organisation.objects.all(), region="서울")

    feed = FeedEntry.objects.count()
    assert move_all(world.caller) == 2
    assert FeedEntry.objects.count() == feed + 2
    assert all(o.history.latest().region == "서울" for o in Organisation.objects.all())


def test_two_who_changed_the_same_record_do_not_overwrite_each_other(world: World) -> None:
    mine, theirs = Event.objects.get(pk=world.event.pk), Event.objects.get(pk=world.event.pk)
    events.update_event(world.caller, theirs, city="Los Angeles")
    with pytest.raises(Stale) as refusal:
        events.update_event(world.caller, mine, city="Las Vegas")
    assert refusal.value.current.city == "Los Angeles"
    assert Event.objects.get(pk=world.event.pk).city == "Los Angeles"


def test_a_role_without_the_verb_is_refused(world: World) -> None:
    leader = Account(username="leader", role=Role.LEADERSHIP)
    with pytest.raises(Forbidden):
        events.update_event(Caller(leader, NOW, "page"), world.event, city="x")


WAYS_ROUND = {
    "save": lambda w: Event(name="x", kind="briefing", starts_on=NOW.date()).save(),
    "queryset.update": lambda w: Event.objects.update(name="x"),
    "bulk_create": lambda w: Organisation.objects.bulk_create([Organisation(name="x", created_at=NOW, updated_at=NOW)]),
    "bulk_update": lambda w: Event.objects.bulk_update([w.event], ["name"]),
    "delete": lambda w: w.follow_up.delete(),
    "queryset.delete": lambda w: FeedEntry.objects.all().delete(),
    "get_or_create": lambda w: Event.objects.get_or_create(name="x", kind="briefing", starts_on=NOW.date()),
    "history rewritten": lambda w: Event.history.update(name="x"),
    "a notification of one's own": lambda w: Notification.objects.create(
        account=w.officer, who=w.officer, kind="outcome_changed", record_type="outcome", record_id=w.outcome.pk, at=NOW
    ),
    "notifications cleared": lambda w: Notification.objects.filter(account=w.officer).delete(),
    "raw update": lambda w: _run("UPDATE crm_event SET name = 'x'"),
    "raw insert": lambda w: _run("INSERT INTO \"crm_event\" (name) VALUES ('x')"),
    "raw delete": lambda w: _run("DELETE FROM crm_followup"),
    "many at once": lambda w: writing.insert([FeedEntry(record_type="x", record_id=w.outcome.pk, changed_at=NOW)]),
    "cte": lambda w: _run("WITH gone AS (SELECT 1) DELETE FROM crm_followup"),
}


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("way", WAYS_ROUND)
def test_a_way_round_the_actions_breaks(world: World, way: str) -> None:
    with pytest.raises((UndeclaredWrite, OutsideAction)):
        WAYS_ROUND[way](world)


def test_an_update_after_a_save_inside_an_action_breaks_too(world: World) -> None:
    @action("event.update")
    def sneak(caller: Caller, event: Event) -> None:
        store(event, {"name": "declared"})
        Outcome.objects.update(title="not declared")

    with pytest.raises(UndeclaredWrite):
        sneak(world.caller, world.event)


def test_another_thread_is_watched_from_its_first_statement(world: World) -> None:
    caught: list[BaseException] = []

    def write() -> None:
        try:
            Event.objects.update(name="x")
        except BaseException as error:
            caught.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert isinstance(caught[0], UndeclaredWrite)


def test_reading_is_free() -> None:
    assert tables_written("SELECT * FROM crm_event FOR UPDATE OF crm_event") == set()
    assert tables_written("SELECT 1; DELETE FROM crm_event") == {"crm_event"}
    assert tables_written('UPDATE "crm_event" SET x = 1') == {"crm_event"}
    assert tables_written("TRUNCATE crm_event, crm_outcome") == {"crm_event", "crm_outcome"}


def test_a_backfill_takes_the_permission_for_it(world: World) -> None:
    officer = Caller(world.officer, NOW, "page", known_at=NOW.replace(year=2022))
    with pytest.raises(Forbidden):
        events.record_event(officer, kind="briefing", name="x", starts_on=NOW.date())
    assert system_caller(NOW).account.is_active is False
