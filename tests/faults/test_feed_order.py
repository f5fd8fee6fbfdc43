"""Clocks that go wrong, backups that come back, and a batch in which every tenth row is bad."""

import json
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from crm import given_out
from crm.actions.demonstrations import archive_demonstration
from crm.actions.organisations import record_organisation, update_organisation
from crm.models import FeedEntry, FeedReader, Organisation, guard
from crm.models.feed import FeedState
from crm.sequencer import begin_anew, number_committed
from examples.mirror import Mirror
from tests.builders import make_organisation, system
from tests.builders_demonstrations import make_demonstration
from tests.faults.feed_clients import Reader, company, token

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


def _record(name: str, hours: int = 0) -> str:
    caller = replace(system(), now=timezone.now() + timedelta(hours=hours))
    return str(record_organisation(caller, name=name).pk)


def test_a_clock_that_is_an_hour_off_changes_no_order() -> None:
    reader = Reader(token())
    reader.read()
    made = [_record("㈜지금"), _record("㈜한시간뒤", 1), _record("㈜한시간앞", -1), _record("㈜다시지금")]
    reader.read()
    assert [pk for _seq, pk, _version in reader.seen if pk in made] == made


class Backup:
    """The whole database as it stood, and the way back to it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._name = folder, str(connection.settings_dict["NAME"])
        self._copy = str(folder / "backup.sqlite3") if connection.vendor == "sqlite" else f"{self._name}_backup"

    def take(self) -> None:
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self._name)) as source, closing(sqlite3.connect(self._copy)) as target:
                source.backup(target)
        else:
            self._from_outside(f'DROP DATABASE IF EXISTS "{self._copy}"', self._copied(self._name, self._copy))

    def restore(self) -> None:
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self._copy)) as source, closing(sqlite3.connect(self._name)) as target:
                source.backup(target)
            connections.close_all()
        else:
            self._from_outside(
                f'DROP DATABASE "{self._name}" WITH (FORCE)',
                self._copied(self._copy, self._name),
                f'DROP DATABASE "{self._copy}"',
            )

    @staticmethod
    def _copied(source: str, target: str) -> str:
        return f'CREATE DATABASE "{target}" TEMPLATE "{source}"'

    def _from_outside(self, *statements: str) -> None:
        """A database that somebody is connected to is neither copied nor dropped."""
        import psycopg

        told = connection.settings_dict
        connections.close_all()
        with psycopg.connect(host=told["HOST"], user=told["USER"], dbname="postgres", autocommit=True) as outside:
            ends = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
            )
            outside.execute(ends, [self._name])
            for statement in statements:
                outside.execute(statement.encode())


@pytest.mark.parametrize("is_announced", [True, False])
def test_a_restored_backup_makes_every_place_of_before_lead_nowhere(
    tmp_path: Path, settings: Any, is_announced: bool
) -> None:
    """Whether or not somebody runs the command."""
    settings.API_REQUESTS_A_MINUTE = 10**9
    key, backup = token(), Backup(tmp_path)
    epoch = number_committed().epoch
    kept = [_record(company(f"전 {number}")) for number in range(20)]
    reader = Reader(key)
    reader.read()
    backup.take()
    lost = [_record(company(f"뒤 {number}")) for number in range(20)]
    reader.read()
    places = [seq for seq, _pk, _version in reader.seen]
    backup.restore()
    other = [_record(company(f"다른 {number}")) for number in range(20)]
    if is_announced:
        call_command("begin_feed_anew")
    refused = [_asked(key, after) for after in places]
    assert set(refused) == {410}
    anew = Reader(key)
    anew.read()
    told = {pk for _seq, pk, _version in anew.seen}
    assert told >= {*kept, *other} and not told & set(lost)
    assert min(anew.numbers()) > max(places)
    assert FeedState.objects.get().epoch != epoch


def test_a_folder_that_was_lost_begins_nothing_anew(settings: Any) -> None:
    _record("㈜하나")
    at = number_committed()
    (settings.DATA_DIR / "feed-given-out.json").unlink()
    _record("㈜둘")
    now = number_committed()
    assert (now.epoch, now.head) == (at.epoch, at.head + 1)


def test_another_database_beside_the_same_folder_begins_nothing_anew() -> None:
    """As a machine has that serves two installations, or a trial beside the real one."""
    _record("㈜하나")
    at = number_committed()
    given_out.note(uuid4(), at.head + 1000)
    _record("㈜둘")
    now = number_committed()
    assert (now.epoch, now.head) == (at.epoch, at.head + 1)


def test_a_backup_of_before_the_feed_began_anew_is_noticed(tmp_path: Path) -> None:
    """It knows of as much as was given out in its own epoch, and of nothing that was given out since."""
    backup = Backup(tmp_path)
    _record("㈜전")
    before = number_committed()
    backup.take()
    since = begin_anew(timezone.now())
    backup.restore()
    now = number_committed()
    assert now.epoch not in (before.epoch, since.epoch) and now.floor > since.head


def test_who_is_first_to_notice_a_restored_backup_begins_anew_for_all(tmp_path: Path) -> None:
    backup = Backup(tmp_path)
    _record("㈜전")
    before = number_committed()
    backup.take()
    _record("㈜뒤")
    number_committed()
    backup.restore()
    with ThreadPoolExecutor(4) as pool:
        found = {(at.epoch, at.floor) for at in pool.map(lambda _turn: _numbered_alone(), range(8))}
    assert len(found) == 1 and found != {(before.epoch, before.floor)}


def test_a_tag_of_before_the_backup_stands_for_nothing_after_it(tmp_path: Path) -> None:
    """The same version of the same record may say something else by now."""
    key, backup = token(), Backup(tmp_path)
    pk = _record("㈜그대로")
    number_committed()
    backup.take()
    place, told = f"/api/v1/organisations/{pk}", {"authorization": f"Bearer {key}"}
    client = Client()
    tag = client.get(place, headers=told)["ETag"]
    client.patch(place, {"region": "서울"}, "application/json", headers={**told, "if-match": tag})
    number_committed()
    was = client.get(place, headers=told)["ETag"]
    backup.restore()
    client.patch(place, {"region": "부산"}, "application/json", headers={**told, "if-match": tag})
    answer = client.get(place, headers={**told, "if-none-match": f"{tag}, {was}"})
    assert answer.status_code == 200 and answer["ETag"] not in (tag, was)
    for old in (tag, was):
        change = client.patch(place, {"region": "대전"}, "application/json", headers={**told, "if-match": old})
        assert (change.status_code, change["ETag"]) == (412, answer["ETag"])


def _numbered_alone() -> FeedState:
    try:
        return number_committed()
    finally:
        connection.close()


def _asked(key: str, after: int, **query: str) -> int:
    told = {"authorization": f"Bearer {key}"}
    return Client().get("/api/v1/changes", {"after": str(after), **query}, headers=told).status_code


def test_a_feed_begun_anew_while_a_client_waits_is_told_as_that() -> None:
    """It would else be answered with everything, as if all of it were new behind its place."""
    _record("㈜이미")
    key, at, stops = token(), number_committed().head, threading.Event()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(_asked, key, at, wait="20")
        while not FeedReader.objects.exists() and not waiting.done():
            stops.wait(0.02)
        begin_anew(timezone.now())
        assert waiting.result(timeout=30) == 410


def test_an_entry_that_was_left_before_a_newer_one_and_committed_after_it_takes_nothing_back() -> None:
    """What is about a record whose audience changes is told anew as it was read, and may have been changed meanwhile."""
    company_, trial = make_organisation("㈜바뀌는"), make_demonstration("사라지는 실증")
    pks = company_.pk, trial.pk
    old = [
        FeedEntry(
            record_type=one.feed_type, record_id=one.pk, version=one.version, changed_at=timezone.now(), action="x"
        )
        for one in (company_, trial)
    ]
    update_organisation(system(), company_, region="서울")
    archive_demonstration(system(), trial, "잘못 기록")
    reader = Reader(token())
    reader.read()
    before = reader.after
    with guard.declared(FeedEntry._meta.db_table):
        FeedEntry.objects.bulk_create(old)
    reader.read()
    again = {pk: version for seq, pk, version in reader.seen if seq > before}
    assert again == {str(pk): 2 for pk in pks}, "told anew, as they are by now"
    stands = FeedEntry.objects.filter(record_id__in=pks).values_list("record_id", "version", "deleted", "reason")
    assert set(stands) == {(company_.pk, 2, False, ""), (trial.pk, 2, True, "deleted")}


@pytest.fixture
def push(settings: Any) -> Callable[..., Any]:
    settings.API_REQUESTS_A_MINUTE = 10**9
    key = token()

    def push(rows: list[Any], **options: bool) -> Any:
        return Client().post(
            "/api/v1/bulk/organisations", json.dumps({"rows": rows, **options}), content_type="application/json",
            headers={"authorization": f"Bearer {key}"},
        )  # fmt: skip

    return push


def test_bad_rows_of_several_kinds_in_one_batch_are_each_named(push: Callable[..., Any]) -> None:
    known = [_record(company(f"있는 {number}")) for number in range(20)]
    for pk in known:
        record = Organisation.objects.get(pk=pk)
        update_organisation(system(), record, version=record.version, note="두 번째")
    rows: list[dict[str, Any]] = [
        {"name": company(number), "external_id": {"source": "push", "value": str(number)}} for number in range(1000)
    ]
    expected = [201] * 1000
    for place in range(5, 1000, 10):
        bad: list[tuple[dict[str, Any], int]] = [
            ({"name": ""}, 422),
            ({"name": "㈜모름", "nothing": 1}, 422),
            ({"id": known[place // 50], "version": 1, "note": "낡은"}, 412),
            ({"name": "㈜되풀이", "external_id": {"source": "push", "value": "0"}}, 409),
            ({"name": "㈜없는", "version": 3}, 404),
        ]
        rows[place], expected[place] = bad[place // 10 % len(bad)]
    refused = push(rows, atomic=True)
    assert refused.status_code == 422 and len(refused.json()["errors"]) >= 100
    assert not Organisation.objects.filter(name__in=[company(0), company(999)]).exists()

    results = push(rows).json()["results"]
    assert [one["status"] for one in results] == expected
    assert all(one["errors"][0]["pointer"].startswith(f"/rows/{one['index']}") for one in results if "errors" in one)
    assert Organisation.objects.filter(name__startswith="㈜").count() == 900 + len(known)


def test_the_example_mirror_is_whole_after_a_batch(
    push: Callable[..., Any], live_server: LiveServer, tmp_path: Path
) -> None:
    push([{"name": company(number)} for number in range(300)])
    mirror = Mirror(live_server.url, token("mirror"), str(tmp_path / "mirror.sqlite3"))
    assert mirror.pull() >= 300 and mirror.is_whole()
