"""A client that is told by webhooks and reads the feed: whatever becomes of the hints, it holds what the server has."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from standardwebhooks import Webhook

from api.registry import BY_TYPE
from crm.actions.base import Caller
from crm.actions.organisations import record_organisation, update_organisation
from crm.actions.webhooks import open_webhook
from crm.models import ApiToken, WebhookDelivery, WebhookEndpoint
from crm.values.measures import Role
from crm.values.webhooks import TYPES
from crm.webhooks.sending import send_due
from examples.mirror import Mirror
from tests.api.conftest import ApiClient
from tests.builders import system
from tests.laws.scenarios import World
from tests.receiver import Arrived, Receiver, receiving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def mirror(live_server: LiveServer, client_of: Callable[..., ApiClient], tmp_path: Path) -> Mirror:
    token = client_of(Role.ADMINISTRATOR, ("read", "feed", "personal")).token
    found = Mirror(live_server.url, token, str(tmp_path / "mirror.sqlite3"))
    found.pull()
    return found


@pytest.fixture
def endpoint(mirror: Mirror, receiver: Receiver) -> WebhookEndpoint:
    account = ApiToken.objects.latest("created_at").account
    return open_webhook(system(), account, "거울", receiver.address)


def send() -> int:
    return send_due(lambda: Caller(system().account, timezone.now(), "job"))


def heed(mirror: Mirror, endpoint: WebhookEndpoint, hint: Arrived) -> None:
    """What docs/how-to/receive-webhooks.md tells a receiver to do: verify, then read the feed."""
    told = Webhook(endpoint.secret).verify(hint.body, hint.headers)
    known = mirror.database.execute("SELECT after FROM place").fetchone()[0]
    if told["seq"] > known:
        mirror.pull()


def change(world: World) -> None:
    for name in ("가", "나", "다", "라"):
        made = record_organisation(world.caller, name=f"회사 {name}")
        if name in "나라":
            update_organisation(world.caller, made, region="부산")


@pytest.mark.parametrize("seed", range(3))
def test_told_five_times_and_in_any_order_it_holds_what_the_server_has(
    mirror: Mirror, endpoint: WebhookEndpoint, receiver: Receiver, world: World, seed: int
) -> None:
    change(world)
    assert send() == 4 and not mirror.is_whole()
    hints = receiver.arrived * 5
    Random(seed).shuffle(hints)
    for hint in hints:
        heed(mirror, endpoint, hint)
    assert mirror.is_whole()


def test_a_late_hint_of_an_old_version_undoes_nothing(
    mirror: Mirror, endpoint: WebhookEndpoint, receiver: Receiver, world: World
) -> None:
    update_organisation(world.caller, world.company, name="㈜솔 옛 이름")
    send()
    late = receiver.arrived.pop()
    world.company.refresh_from_db()
    update_organisation(world.caller, world.company, name="㈜솔 새 이름")
    send()
    heed(mirror, endpoint, receiver.arrived[0])
    heed(mirror, endpoint, late)
    assert mirror.is_whole()
    row = mirror.database.execute("SELECT data ->> 'name' FROM record WHERE id = ?", (str(world.company.pk),))
    assert row.fetchone() == ("㈜솔 새 이름",)


def test_hints_that_were_lost_are_made_up_for_by_the_next(
    mirror: Mirror, endpoint: WebhookEndpoint, receiver: Receiver, world: World
) -> None:
    change(world)
    send()
    receiver.arrived.clear()
    record_organisation(world.caller, name="마지막")
    send()
    (hint,) = receiver.arrived
    heed(mirror, endpoint, hint)
    assert mirror.is_whole()


def test_each_hint_names_a_change_that_the_feed_tells_the_client(
    mirror: Mirror, endpoint: WebhookEndpoint, receiver: Receiver, world: World, client_of: Callable[..., ApiClient]
) -> None:
    change(world)
    send()
    told = {(hint["type"], hint["id"], hint["seq"]) for hint in (json.loads(one.body) for one in receiver.arrived)}
    client = client_of(Role.ADMINISTRATOR, ("read", "feed", "personal"))
    results = client.get("changes", {"limit": "1000"}).json()["results"]
    assert told <= {(entry["type"], entry["id"], entry["seq"]) for entry in results}
    assert len(told) == 4 == WebhookDelivery.objects.count()


def test_webhooks_tell_of_what_the_feed_tells_of() -> None:
    assert TYPES == BY_TYPE
