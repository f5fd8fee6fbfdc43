"""Accounts and tokens: only hashes are kept."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.actions import accounts
from crm.actions.base import Caller, Forbidden
from crm.models import Account, ApiToken
from tests.laws.scenarios import NOW, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_of_a_token_only_the_hash_is_kept(world: World) -> None:
    token, plain = accounts.issue_token(world.caller, world.officer, "sync", ["read", "read"])
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert plain not in str(row)
    assert (row["digest"], row["scopes"]) == (accounts.token_digest(plain), ["read"])
    assert row["expires_at"] == NOW + timedelta(days=365)
    assert not hasattr(ApiToken.history.first(), "digest")


@pytest.mark.parametrize("scopes", [[], ["read", "everything"], ["read:"], ["admin:outcomes"]])
def test_a_token_without_scopes_or_with_one_that_there_is_not_is_refused(world: World, scopes: list[str]) -> None:
    with pytest.raises(ValidationError):
        accounts.issue_token(world.caller, world.officer, "sync", scopes)


def test_a_token_lives_a_year_at_most(world: World) -> None:
    ends = NOW + timedelta(days=30)
    assert accounts.issue_token(world.caller, world.officer, "sync", ["read"], expires_at=ends)[0].expires_at == ends
    for wrong in (NOW, NOW - timedelta(days=1), NOW + timedelta(days=366)):
        with pytest.raises(ValidationError):
            accounts.issue_token(world.caller, world.officer, "sync", ["read"], expires_at=wrong)


def test_a_revoked_token_says_since_when(world: World) -> None:
    token = accounts.revoke_token(world.caller, world.token)
    assert token.revoked_at == NOW
    version = token.version
    assert accounts.revoke_token(replace(world.caller, now=NOW + timedelta(days=1)), token).version == version


def test_a_password_is_hashed_and_in_no_history(world: World) -> None:
    account = accounts.open_account(world.caller, "a-long-password", username="kim", name="김", role="officer")
    assert "a-long-password" not in account.password
    assert account.check_password("a-long-password")
    assert not hasattr(Account.history.first(), "password")


def test_without_a_password_nobody_signs_in(world: World) -> None:
    assert not world.officer.has_usable_password()


@pytest.mark.parametrize("username", ["", "Kim", "김", "a b", "someone", "-x"])
def test_a_wrong_or_taken_user_name(world: World, username: str) -> None:
    with pytest.raises(ValidationError) as error:
        accounts.open_account(world.caller, None, username=username, name="x", role="officer")
    assert set(error.value.message_dict) == {"username"}


def test_a_user_name_stays(world: World) -> None:
    with pytest.raises(ValidationError):
        accounts.update_account(world.caller, world.officer, username="other")


def test_an_officer_opens_nothing(world: World) -> None:
    officer = Caller(world.officer, NOW, "page")
    with pytest.raises(Forbidden):
        accounts.open_account(officer, None, username="x", name="x", role="administrator")
    with pytest.raises(Forbidden):
        accounts.issue_token(officer, world.officer, "x", ["read"])


def test_a_password_hashed_the_old_way_still_opens_and_writes_nothing(world: World, settings: Any) -> None:
    accounts.set_password(world.caller, world.officer, "a-long-password")
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    kept = Account.objects.get(pk=world.officer.pk)
    assert kept.check_password("a-long-password")
    assert Account.objects.get(pk=world.officer.pk).version == kept.version
