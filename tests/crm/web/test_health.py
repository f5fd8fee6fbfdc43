"""Whether the process is up, and whether it can serve."""

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

pytestmark = pytest.mark.django_db


def test_up_and_ready(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_not_ready_while_migrations_are_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *a, **k: [("crm", "0001")])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content.count(b"\n")) == (503, 1)
    assert b"migrations" in answer.content


def test_not_ready_but_up_while_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*args: object) -> None:
        raise OperationalError("could not connect to server at 10.0.0.1")

    monkeypatch.setattr("crm.web.views.health.MigrationExecutor", silent)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"10.0.0.1" not in answer.content
    assert client.get("/healthz").status_code == 200


def test_asking_only(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
