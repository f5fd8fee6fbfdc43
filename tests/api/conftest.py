"""Clients of the API: real HTTP through Django's client, with a real token."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from crm.actions.accounts import issue_token, open_account, system_caller
from crm.values.measures import Role
from tests.laws.scenarios import World, make_world


@dataclass(frozen=True, slots=True)
class ApiClient:
    """Sends JSON with a bearer token."""

    token: str

    def get(self, path: str, query: Any = None, **headers: str) -> HttpResponse:
        return Client().get(f"/api/v1/{path}", query, headers=self._headers(headers))

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self._send("patch", path, body, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> HttpResponse:
        send = getattr(Client(raise_request_exception=False), method)
        return send(f"/api/v1/{path}", body, content_type="application/json", headers=self._headers(headers))

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}


@pytest.fixture
def world() -> World:
    return make_world(timezone.now())


@pytest.fixture
def client_of(world: World) -> Callable[..., ApiClient]:
    made = iter(range(100))

    def client_of(role: Role = Role.API_CLIENT, scopes: tuple[str, ...] = ("read", "write", "personal")) -> ApiClient:
        caller = system_caller(timezone.now())
        account = open_account(caller, None, username=f"client{next(made)}", name="연계 시스템", role=role)
        return ApiClient(issue_token(caller, account, "test", list(scopes))[1])

    return client_of


@pytest.fixture
def api(client_of: Callable[..., ApiClient]) -> ApiClient:
    """One that may do everything: what a role may not is tried by name."""
    return client_of(Role.ADMINISTRATOR)
