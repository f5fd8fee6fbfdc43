"""Who may ask: tokens, their scopes, and the role of their account."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.actions.accounts import issue_token, revoke_token, system_caller, update_account
from crm.models import Account, ApiToken
from crm.values.measures import Role
from tests.api.answers import problem_of
from tests.api.conftest import ApiClient
from tests.api.resources import RESOURCES
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def test_a_token_opens_the_api_and_only_its_hash_is_kept(api: ApiClient) -> None:
    assert api.get("events").status_code == 200
    assert not ApiToken.objects.filter(digest=api.token).exists()


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer  ", "Basic eA==", "Bearer nobody's", "Bearer é"])
def test_without_a_token_that_is_known_there_is_no_answer(authorization: str | None) -> None:
    headers = {} if authorization is None else {"authorization": authorization}
    answer = Client().get("/api/v1/events", headers=headers)
    problem_of(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_an_expired_token_is_refused(world: World) -> None:
    long_ago = replace(system_caller(timezone.now()), now=timezone.now() - timedelta(days=400))
    _token, expired = issue_token(long_ago, world.officer, "old", ["read"])
    problem_of(ApiClient(expired).get("events"), 401)


def test_a_revoked_token_is_refused(world: World) -> None:
    token, plain = issue_token(world.caller, world.officer, "gone", ["read"])
    assert ApiClient(plain).get("events").status_code == 200
    revoke_token(world.caller, token)
    problem_of(ApiClient(plain).get("events"), 401)


def test_the_token_of_a_closed_account_is_refused(world: World, client_of: Any) -> None:
    client = client_of()
    update_account(world.caller, Account.objects.get(username="client0"), is_active=False)
    problem_of(client.get("events"), 401)


def test_each_scope_opens_what_it_names(world: World, client_of: Any) -> None:
    body = RESOURCES["events"].body(world)
    reader, writer = client_of(scopes=("read",)), client_of(scopes=("write",))
    assert reader.get("events").status_code == 200
    problem_of(reader.post("events", body), 403)
    assert writer.post("events", body).status_code == 201
    problem_of(writer.get("events"), 403)


def test_a_role_without_the_verb_is_refused(client_of: Any, world: World) -> None:
    problem_of(client_of(role=Role.LEADERSHIP).post("events", RESOURCES["events"].body(world)), 403)
    problem_of(client_of(role=Role.API_CLIENT).post("org-units", RESOURCES["org-units"].body(world)), 403)
