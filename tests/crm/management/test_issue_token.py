"""issue_token: a token that works at once, told this once; and its refusals."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from crm.actions.accounts import open_account, system_caller
from crm.models import ApiToken
from crm.values.measures import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> str:
    caller = system_caller(timezone.now())
    return open_account(caller, None, username="agency", name="수출지원기관", role=Role.API_CLIENT).username


def test_the_token_that_is_printed_opens_the_api(account: str) -> None:
    said = io.StringIO()
    call_command("issue_token", account, label="night run", stdout=said)
    token = said.getvalue().strip()
    assert Client().get("/api/v1/events", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert ApiToken.objects.get().scopes == ["read"]


@pytest.mark.parametrize(("name", "scopes"), [("nobody", "read"), ("agency", "read,everything")])
def test_an_unknown_account_or_scope_is_refused(account: str, name: str, scopes: str) -> None:
    with pytest.raises(CommandError):
        call_command("issue_token", name, label="x", scopes=scopes)
    assert not ApiToken.objects.exists()
