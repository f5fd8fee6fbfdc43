"""The OpenAPI document: valid, complete, open to everybody. That answers keep to it is held in every test here."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from tests.api.answers import contract, hold
from tests.api.conftest import ApiClient
from tests.api.resources import DELETABLE, READABLE, WRITABLE
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


def document() -> dict[str, Any]:
    found: dict[str, Any] = Client().get("/api/v1/schema/", headers={"accept": "application/json"}).json()
    return found


def test_it_is_valid_and_leaves_nothing_open(tmp_path: Path) -> None:
    target = tmp_path / "schema.yaml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(target), stderr=io.StringIO())
    assert yaml.safe_load(target.read_text())["openapi"].startswith("3.1")


def test_it_comes_as_json_and_as_yaml() -> None:
    answer = Client().get("/api/v1/schema/", headers={"accept": "application/yaml"})
    assert yaml.safe_load(answer.content) == document()


def test_it_names_every_address_and_method() -> None:
    paths = {path.removeprefix("/api/v1/"): set(methods) for path, methods in document()["paths"].items()}
    for name in READABLE:
        assert paths[name] == ({"get", "post"} if name in (*WRITABLE, "ledger-entries") else {"get"})
        can_be_put_away = {"delete"} if name in DELETABLE else set()
        assert paths[f"{name}/{{id}}"] == ({"get", "patch"} | can_be_put_away if name in WRITABLE else {"get"})
        named = f"{name}/by-external-id/{{source}}/{{external_id}}"
        assert paths.get(named) == ({"get", "put"} if name in WRITABLE and name != "confirmations" else None)
    deeds = {"events/{id}/claims", "organisations/{id}/aliases", "ledger-entries/{id}/correct"}
    for part in ("events/{id}/claims/{claim}", "organisations/{id}/aliases/{alias}"):
        assert paths[part] == {"delete"}
    assert deeds | {
        "ledger-entries/{id}/reverse",
        "figures/quarterly",
        "",
        "changes",
        "changes/digest",
        "changes/outcome",
    } <= set(paths)


def test_the_index_names_every_resource(api: ApiClient) -> None:
    named = api.get("").json()
    assert set(named) == {*READABLE, "changes", "figures/quarterly", "figures/restatement"}
    for name in READABLE:
        assert api.get(named[name].removeprefix("http://testserver")).status_code == 200


def test_a_change_promises_only_what_can_be_changed() -> None:
    schemas = document()["components"]["schemas"]
    assert {"id", "source", "figures"} <= set(schemas["OutcomeRequest"]["properties"])
    assert not {"id", "source", "figures", "version"} & set(schemas["PatchedOutcomeRequest"]["properties"])


def test_an_answer_that_is_not_promised_would_be_noticed(api: ApiClient, world: World) -> None:
    answer = api.get("events")
    body = answer.json()
    for wrong in (
        {**body, "colour": "blue"},
        {**body, "next": 5},
        {"results": [{**body["results"][0], "version": "1"}]},
    ):
        answer.json = lambda wrong=wrong: wrong  # type: ignore[method-assign]
        with pytest.raises(Exception, match="Failed validating"):
            hold("get", "/api/v1/events", None, answer)


def test_the_page_of_a_list_is_closed_too() -> None:
    assert contract()["components"]["schemas"]["PaginatedEventList"]["additionalProperties"] is False


def test_it_says_what_a_request_may_say() -> None:
    paths, schemas = document()["paths"], document()["components"]["schemas"]
    limits = {p["name"]: p["schema"] for p in paths["/api/v1/changes"]["get"]["parameters"]}
    assert (limits["limit"]["minimum"], limits["limit"]["maximum"]) == (1, 1000)
    assert (limits["wait"]["minimum"], limits["wait"]["maximum"]) == (0, 25)
    assert re.search(limits["types"]["pattern"], "event,outcome") and not re.search(limits["types"]["pattern"], "cat")
    headers = {p["name"]: p["schema"] for p in paths["/api/v1/events"]["post"]["parameters"]}
    assert not re.search(headers["Idempotency-Key"]["pattern"], "k" * 256)
    name = schemas["EventRequest"]["properties"]["name"]["pattern"]
    assert re.search(name, " 가 ") and not re.search(name, " \t\u3000") and not re.search(name, "a\0b")
    assert all(s["additionalProperties"] is False for n, s in schemas.items() if n.endswith("Request"))
    assert all(o["requestBody"]["required"] for ms in paths.values() for o in ms.values() if "requestBody" in o)


def test_a_new_word_breaks_no_client_and_an_unknown_one_is_not_taken() -> None:
    """Enumerations are open in answers, and closed in requests."""
    schemas = document()["components"]["schemas"]
    closed = {name: part for name, part in schemas.items() if '"enum"' in json.dumps(part)}
    assert closed and all(name.endswith("Request") for name in closed)
    kind = schemas["Outcome"]["properties"]["kind"]
    assert "enum" not in kind and kind["x-extensible-enum"] == schemas["OutcomeRequest"]["properties"]["kind"]["enum"]
