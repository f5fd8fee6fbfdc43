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
from tests.api.answers import hold
from tests.laws.scenarios import World, make_world


@dataclass(frozen=True, slots=True)
class ApiClient:
    """Sends JSON with a bearer token, and holds every answer against the OpenAPI document."""

    token: str

    def get(self, path: str, query: Any = None, **headers: str) -> HttpResponse:
        return self.send("get", path, query, headers)

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.send("post", path, body, headers, content_type="application/json")

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.send("patch", path, body, headers, content_type="application/json")

    def put(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.send("put", path, body, headers, content_type="application/json")

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.send("delete", path, None, headers)

    def send(self, method: str, path: str, body: Any, headers: dict[str, str], **how: str) -> HttpResponse:
        whole = path if path.startswith("/") else f"/api/v1/{path}"
        named = {"authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        answer: HttpResponse = getattr(Client(raise_request_exception=False), method)(
            whole, *([] if body is None and method == "delete" else [body]), headers=named, **how
        )
        hold(method, whole, body, answer)
        return answer

    def all(self, path: str, query: dict[str, str]) -> list[dict[str, Any]]:
        """Every record of a list, page after page, by the links that the pages give."""
        page = self.get(path, query).json()
        found = list(page["results"])
        while page["next"]:
            page = self.get(page["next"].removeprefix("http://testserver")).json()
            found += page["results"]
        return found


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
