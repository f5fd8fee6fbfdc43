"""What the tests of the feed ask of it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.utils import timezone

from crm.actions import outcomes
from crm.models import Account, ApiToken, OrgUnit, Outcome
from crm.values.measures import Role
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World

ALL = ("read", "write", "feed", "personal")


def pages(reader: ApiClient, **query: Any) -> list[dict[str, Any]]:
    """Every page, by the links that the pages give."""
    found = [reader.get("changes", {name: str(value) for name, value in query.items()}).json()]
    while found[-1]["next"]:
        parts = urlsplit(found[-1]["next"])
        found.append(reader.get(parts.path, dict(parse_qsl(parts.query))).json())
    return found


def entries(reader: ApiClient, **query: Any) -> list[dict[str, Any]]:
    return [entry for page in pages(reader, **query) for entry in page["results"]]


def place(reader: ApiClient) -> int:
    return int(reader.get("changes", {"limit": "1"}).json()["head"])


def outsider(client_of: Callable[..., ApiClient], world: World) -> ApiClient:
    """A client of a department that has nothing to do with the outcome."""
    client = client_of(Role.API_CLIENT, ALL)
    other = OrgUnit.objects.get(pk=world.heir.pk)
    from crm.actions.accounts import update_account

    update_account(world.caller, account_of(client), org_unit=other)
    return client


def moved(client: ApiClient, world: World) -> ApiClient:
    """The client, which has read, in another department."""
    place(client)
    from crm.actions.accounts import update_account

    update_account(world.caller, account_of(client), org_unit=world.unit)
    return client


def account_of(client: ApiClient) -> Account:
    from crm.actions.accounts import token_digest

    return ApiToken.objects.get(digest=token_digest(client.token)).account


def other_token(client: ApiClient, scopes: tuple[str, ...]) -> ApiClient:
    from crm.actions.accounts import issue_token, system_caller

    return ApiClient(issue_token(system_caller(timezone.now()), account_of(client), "다음", list(scopes))[1])


def changed(world: World, **changes: Any) -> Outcome:
    record = Outcome.objects.get(pk=world.outcome.pk)
    return outcomes.update_outcome(world.caller, record, version=record.version, **changes)
