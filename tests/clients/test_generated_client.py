"""The client that openapi-python-client makes of the schema, unmodified, does the main job: push a deal under one's own
name for it, change it by who knows its version, read pages, follow the feed."""

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from tests.faults.feed_clients import token
from tests.laws.scenarios import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of the package."""
    folder = tmp_path_factory.mktemp("generated")
    call_command("spectacular", format="openapi-json", file=str(folder / "schema.json"))
    beside = Path(sys.executable).parent
    command = [str(beside / "openapi-python-client"), "generate", "--path", "schema.json", "--output-path", "ieum_client",
               "--meta", "none", "--fail-on-warning"]  # fmt: skip
    path = f"{beside}{os.pathsep}{os.environ['PATH']}"
    made = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield "ieum_client"
    sys.path.remove(str(folder))


@pytest.fixture
def world(settings: Any) -> World:
    settings.API_REQUESTS_A_MINUTE = 10**9
    return make_world(timezone.now())


@pytest.fixture
def client(generated: str, world: World, live_server: LiveServer) -> Any:
    made = importlib.import_module(f"{generated}.client")
    return made.AuthenticatedClient(base_url=live_server.url, token=token())


def _call(place: str) -> Any:
    return importlib.import_module(f"ieum_client.api.{place}").sync_detailed


def test_the_main_job(client: Any, world: World) -> None:
    models = importlib.import_module("ieum_client.models")
    put = _call("organisations.organisations_by_external_id_update")
    first = put("kotra", "K-1", client=client, body=models.OrganisationRequest(name="㈜연계"))
    assert (first.status_code, first.parsed.name, first.headers["ETag"]) == (201, "㈜연계", '"1"')
    changed = put("kotra", "K-1", client=client, body=models.OrganisationRequest(name="㈜연계2"), if_match='"1"')
    assert (changed.status_code, changed.parsed.name, changed.parsed.version) == (200, "㈜연계2", 2)
    stale = put("kotra", "K-1", client=client, body=models.OrganisationRequest(name="㈜연계3"), if_match='"1"')
    assert (stale.status_code, stale.parsed.current_version) == (412, 2)

    made = _call("outcomes.outcomes_create")(
        client=client,
        body=models.OutcomeRequest.from_dict(
            {
                "kind": "export_contract",
                "title": "수출계약",
                "event": str(world.event.pk),
                "parties": [{"organisation": str(first.parsed.id), "role": "exporter"}],
                "source": "연계",
                "evidence_grade": "press",
                "figures": [
                    {
                        "measure": "money", "series": "committed", "value": "10000000", "currency": "USD",
                        "basis": "annual", "source": "연계", "evidence_grade": "press",
                    }
                ],
            }
        ),
        idempotency_key="push-1",
    )  # fmt: skip
    assert made.status_code == 201, made.content
    listed = _call("outcomes.outcomes_list")(client=client, limit=1000)
    assert made.parsed.id in {one.id for one in listed.parsed.results}

    feed = _call("changes.changes_retrieve")(client=client, after=0, limit=1000)
    assert feed.status_code == 200 and not feed.parsed.has_more
    told = {entry.id: entry for entry in feed.parsed.results}
    assert told[made.parsed.id].data.additional_properties["title"] == "수출계약"
    nothing = _call("changes.changes_retrieve")(client=client, after=feed.parsed.next_after)
    assert nothing.parsed.results == []
    over = _call("changes.changes_retrieve")(client=client, after=feed.parsed.head + 1)
    assert over.status_code == 410 and over.parsed.resync_url
