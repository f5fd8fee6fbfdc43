"""The founding case on a live server, and people who sign in."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from crm.demo.accounts import open_demo_accounts

CASE = Path(settings.BASE_DIR) / "crm" / "demo" / "ces-2023.yaml"
PASSWORD = "a-long-demo-password"


@pytest.fixture
def site(transactional_db: None, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the founding case with the demonstration's accounts."""
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    call_command("load_founding_case", str(CASE), stdout=io.StringIO())
    open_demo_accounts(timezone.now())
    yield live_server.url
