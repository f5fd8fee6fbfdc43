"""What holds below /api/ for every address: tokens, problems, languages, schema."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
import yaml
from django.test import Client
from django.utils import timezone

from crm.actions.accounts import issue_token, revoke_token, system_caller, update_account
from crm.models import AccessLog, Account, ApiToken
from crm.values.measures import Role
from tests.api.conftest import ApiClient
from tests.api.test_every_resource import READABLE, RESOURCES, problem_of
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def test_the_index_names_every_resource(api: ApiClient) -> None:
    named = api.get("").json()
    assert set(READABLE) | {"figures/quarterly"} == set(named)


def test_only_the_hash_of_a_token_is_kept(api: ApiClient) -> None:
    assert not ApiToken.objects.filter(digest=api.token).exists()


def test_an_expired_a_revoked_and_an_inactive_account_s_token_are_refused(world: World, client_of: Any) -> None:
    long_ago = replace(system_caller(timezone.now()), now=timezone.now() - timedelta(days=400))
    _token, expired = issue_token(long_ago, world.officer, "old", ["read"])
    problem_of(ApiClient(expired).get("events"), 401)
    token, revoked = issue_token(world.caller, world.officer, "gone", ["read"])
    revoke_token(world.caller, token)
    problem_of(ApiClient(revoked).get("events"), 401)
    client = client_of()
    update_account(world.caller, Account.objects.get(username="client0"), is_active=False)
    problem_of(client.get("events"), 401)


def test_personal_data_needs_its_scope_and_is_logged(world: World, client_of: Any) -> None:
    problem_of(client_of(scopes=("read", "write")).get("contacts"), 403)
    shown = client_of().get("contacts", x_purpose="연락").json()["results"]
    logged = AccessLog.objects.filter(deed="viewed")
    assert {str(entry.subject_id) for entry in logged} == {row["id"] for row in shown} != set()
    assert {(entry.channel, entry.purpose) for entry in logged} == {("api", "연락")}


def test_a_role_without_the_verb_is_refused(client_of: Any, world: World) -> None:
    problem_of(client_of(role=Role.LEADERSHIP).post("events", RESOURCES["events"].body(world)), 403)


@pytest.mark.parametrize("path", ["nothing", "events/", "events/x/y", "../api/x"])
def test_an_unknown_address_is_a_problem_too(api: ApiClient, path: str) -> None:
    problem_of(api.get(path), 404)


@pytest.mark.parametrize(("language", "word"), [("ko", "매개변수"), ("en", "parameter")])
def test_texts_follow_the_client_s_language_and_codes_do_not(api: ApiClient, language: str, word: str) -> None:
    body = problem_of(api.get("events", {"colour": "x"}, accept_language=language), 400)
    assert word in body["errors"][0]["detail"]
    assert body["errors"][0]["code"] == "unknown_parameter"


def test_moments_come_in_utc(api: ApiClient, world: World) -> None:
    row = api.get(f"outcomes/{world.outcome.pk}").json()
    assert row["created_at"].endswith("Z")


def test_the_client_s_request_id_comes_back(api: ApiClient) -> None:
    assert api.get("events", x_request_id="night-run-7")["X-Request-ID"] == "night-run-7"


def test_a_body_over_two_megabytes_is_refused(api: ApiClient) -> None:
    problem_of(api.post("events", {"name": "x" * 2_200_000}), 413)


def test_another_content_type_is_not_read(api: ApiClient) -> None:
    headers = {"authorization": f"Bearer {api.token}"}
    answer = Client().post(
        "/api/v1/events", "name=x", content_type="application/x-www-form-urlencoded", headers=headers
    )
    problem_of(answer, 415)


def test_html_is_not_offered(api: ApiClient) -> None:
    problem_of(api.get("events", accept="text/html"), 406)


def test_a_cursor_of_another_list_is_refused(api: ApiClient, client_of: Any, world: World) -> None:
    following = api.get("organisations", {"limit": "1"}).json()["next"]
    path = following.split("/api/v1/")[1]
    assert api.get(path).status_code == 200
    problem_of(api.get(path + "&country=KR"), 400)
    problem_of(client_of().get(path), 400)


@pytest.mark.parametrize("query", [{}, {"period": "2023"}, {"period": "2999Q1"}, {"period": "2023Q1", "as_of": "x"},
                                   {"period": "2023Q1", "as_of": "2999-01-01"}, {"period": "2023Q1", "x": "1"}])  # fmt: skip
def test_figures_that_cannot_be_given_are_refused(api: ApiClient, query: dict[str, str]) -> None:
    problem_of(api.get("figures/quarterly", query), 400)


def schema() -> dict[str, Any]:
    answer = Client().get("/api/v1/schema/")
    assert answer.status_code == 200
    found: dict[str, Any] = yaml.safe_load(answer.content)
    return found


def test_the_schema_is_openapi_3_1_and_names_every_address() -> None:
    found = schema()
    assert found["openapi"].startswith("3.1")
    assert {f"/api/v1/{name}" for name in READABLE} <= set(found["paths"])


@pytest.mark.parametrize("name", READABLE)
def test_what_comes_is_what_the_schema_says(api: ApiClient, world: World, name: str) -> None:
    found = schema()
    answer = found["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    page = api.get(name).json()
    jsonschema.validate(page, {**answer, "components": found["components"]})


def test_a_problem_is_what_the_schema_says(api: ApiClient) -> None:
    found = schema()
    body = problem_of(api.get("nothing"), 404)
    jsonschema.validate(body, found["components"]["schemas"]["Problem"])


@pytest.mark.parametrize("name", ["outcomes", "organisations", "events", "ledger-entries"])
def test_a_longer_list_takes_no_more_queries(
    api: ApiClient, world: World, name: str, django_assert_max_num_queries: Any
) -> None:
    if name != "ledger-entries":
        for _i in range(5):
            assert api.post(name, RESOURCES[name].body(world)).status_code == 201
    with django_assert_max_num_queries(8):
        api.get(name)
