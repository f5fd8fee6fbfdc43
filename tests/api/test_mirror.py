"""The example client: it mirrors, proves itself, starts over, and may be killed between any two pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from crm import sequencer
from crm.actions.demonstrations import archive_demonstration, record_demonstration
from crm.actions.organisations import record_organisation, update_organisation
from crm.models import FeedEntry, Organisation, guard
from crm.values.measures import Role
from examples.mirror import Mirror
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def token(client_of: Callable[..., ApiClient]) -> str:
    return client_of(Role.ADMINISTRATOR, ("read", "feed", "personal")).token


@pytest.fixture
def mirror(live_server: LiveServer, token: str, tmp_path: Path) -> Mirror:
    return Mirror(live_server.url, token, str(tmp_path / "mirror.sqlite3"))


def names(mirror: Mirror) -> set[str]:
    rows = mirror.database.execute("SELECT data ->> 'name' FROM record WHERE type = 'organisation'")
    return {name for (name,) in rows}


def test_it_mirrors_and_proves_it(mirror: Mirror, world: World) -> None:
    assert mirror.pull() > 10 and mirror.is_whole()
    assert mirror.pull() == 0
    update_organisation(world.caller, world.company, version=world.company.version, name="㈜솔라")
    assert not mirror.is_whole()
    assert mirror.pull() == 1 and mirror.is_whole() and "㈜솔라" in names(mirror)


def test_what_was_put_away_goes(mirror: Mirror, world: World) -> None:
    trial = record_demonstration(world.caller, title="실증", applicant=world.company, technology="로봇")
    mirror.pull()
    archive_demonstration(world.caller, trial, "잘못 기록")
    assert mirror.pull() and mirror.is_whole()
    assert mirror.database.execute("SELECT count(*) FROM record WHERE id = ?", (str(trial.pk),)).fetchone() == (0,)


def test_a_lost_row_is_found_by_the_digest(mirror: Mirror, world: World) -> None:
    mirror.pull()
    mirror.database.execute("DELETE FROM record WHERE id = ?", (str(world.company.pk),))
    assert not mirror.is_whole()


def test_after_a_restored_backup_it_starts_over_and_drops_what_is_not_there(mirror: Mirror, world: World) -> None:
    lost = record_organisation(world.caller, name="㈜사라진")
    mirror.pull()
    # What a backup from before the company was recorded would not have.
    with guard.suspended():
        FeedEntry.objects.filter(record_id=lost.pk).delete()
        Organisation.history.filter(id=lost.pk).delete()
        Organisation.objects.filter(pk=lost.pk)._raw_delete("default")
    sequencer.begin_anew(timezone.now())
    assert mirror.pull() > 10 and mirror.is_whole()
    assert "㈜사라진" not in names(mirror)


def test_after_a_restored_backup_what_it_says_replaces_what_came_later(mirror: Mirror, world: World) -> None:
    company = update_organisation(world.caller, world.company, name="㈜그때")
    with_it = FeedEntry.objects.filter(record_id=company.pk).latest("id")
    for name in ("㈜나중", "㈜더 나중"):
        company = update_organisation(world.caller, company, name=name)
    mirror.pull()
    assert "㈜더 나중" in names(mirror)
    # What a backup from between would have.
    with guard.suspended():
        Organisation.history.filter(id=company.pk, version__gt=with_it.version).delete()
        Organisation.objects.filter(pk=company.pk).update(name="㈜그때", version=with_it.version)
        FeedEntry.objects.filter(record_id=company.pk).update(version=with_it.version)
    sequencer.begin_anew(timezone.now())
    assert mirror.pull() > 10 and mirror.is_whole()
    assert "㈜그때" in names(mirror) and "㈜더 나중" not in names(mirror)


def test_what_comes_with_the_version_that_it_has_is_applied(mirror: Mirror, world: World) -> None:
    """What a client may see of a version may change."""
    mirror.pull()
    (after,) = mirror.database.execute("SELECT after FROM place").fetchone()
    kept = mirror.database.execute("SELECT type, id, version FROM record WHERE type = 'organisation'").fetchone()
    entry = dict(zip(("type", "id", "version"), kept, strict=True)) | {"deleted": False, "data": {"name": "㈜가려짐"}}
    mirror.apply({"results": [entry], "has_more": False, "next": None, "next_after": after})
    assert "㈜가려짐" in names(mirror)
    older = entry | {"version": entry["version"] - 1, "data": {"name": "㈜옛날"}}
    mirror.apply({"results": [older], "has_more": False, "next": None, "next_after": after})
    assert "㈜옛날" not in names(mirror)
    gone = entry | {"deleted": True, "reason": "access_lost", "data": None}
    mirror.apply({"results": [gone], "has_more": False, "next": None, "next_after": after})
    assert "㈜가려짐" not in names(mirror)


def test_cut_off_between_any_two_pages_it_goes_on(
    mirror: Mirror, live_server: LiveServer, token: str, tmp_path: Path, monkeypatch: Any
) -> None:
    """Each run applies one page and ends, as if it was killed then."""
    import examples.mirror as module

    monkeypatch.setattr(module, "PAGE", 3)

    class Cut(Exception):
        pass

    runs = 0
    while runs < 200:
        runs += 1
        one = Mirror(live_server.url, token, str(tmp_path / "cut.sqlite3"))
        applied = one.apply

        def once(page: dict[str, Any], apply: Any = applied) -> None:
            apply(page)
            raise Cut

        one.apply = once  # type: ignore[method-assign]
        with pytest.raises(Cut):
            one.pull()
        one.database.close()
        if Mirror(live_server.url, token, str(tmp_path / "cut.sqlite3")).is_whole():
            break
    assert 5 < runs < 200


def test_a_link_that_the_server_no_longer_knows_does_not_stop_it(mirror: Mirror, world: World) -> None:
    """As after the server's key was changed between two pages."""
    mirror.pull()
    record_organisation(world.caller, name="㈜다음")
    mirror.database.execute("UPDATE place SET next = ?", (f"{mirror.base}/changes?cursor=of-another-key",))
    assert mirror.pull() == 1 and mirror.is_whole()
