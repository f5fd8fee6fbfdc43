"""Tokens of API clients: issued and shown once, good until their day, revoked; by administrators alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.actions.accounts import issue_token
from crm.models import ApiToken
from tests.builders import Cast, system


@pytest.fixture
def admin(cast: Cast, signed_in: Any) -> Client:
    found: Client = signed_in(cast.admin)
    return found


@pytest.fixture
def sent(cast: Cast, admin: Client, fields: Any) -> dict[str, Any]:
    """The form as it would be sent."""
    shown = fields(admin.get(reverse("token-new")))
    return {**shown, "account": str(cast.client.pk), "label": "통계 시스템", "scopes": ["read", "feed"]}


def opens(secret: str, path: str = "/api/v1/outcomes") -> int:
    return Client().get(path, headers={"authorization": f"Bearer {secret}"}).status_code


def test_a_token_is_issued_shown_once_and_opens_the_api(admin: Client, sent: dict[str, Any], text: Any) -> None:
    given = admin.post(reverse("token-new"), sent)
    secret = given.context["secret"]
    assert f'value="{secret}"' in given.content.decode() and given["Cache-Control"] == "no-store"
    token = ApiToken.objects.get()
    assert (token.label, token.scopes) == ("통계 시스템", ["feed", "read"])
    assert opens(secret) == 200 and opens(secret, "/api/v1/changes") == 200
    listed = admin.get(reverse("tokens"))
    assert secret not in listed.content.decode()
    assert "통계 시스템 연계 시스템 feed, read" in text(listed) and "유효" in text(listed)


def test_who_clicks_twice_has_one_token_and_sees_it_both_times(admin: Client, sent: dict[str, Any]) -> None:
    shown = [admin.post(reverse("token-new"), sent).context["secret"] for _click in range(2)]
    assert shown[0] == shown[1] and ApiToken.objects.count() == 1


def test_nobody_chooses_the_token(admin: Client, sent: dict[str, Any], text: Any) -> None:
    answer = admin.post(reverse("token-new"), {**sent, "secret": "guess-me"})
    assert "화면을 다시" in text(answer) and not ApiToken.objects.exists()


def test_scopes_of_one_resource(admin: Client, sent: dict[str, Any]) -> None:
    further = {"scopes": [], "further": "read:outcomes, write:follow-ups"}
    secret = admin.post(reverse("token-new"), {**sent, **further}).context["secret"]
    assert ApiToken.objects.get().scopes == ["read:outcomes", "write:follow-ups"]
    assert (opens(secret), opens(secret, "/api/v1/events")) == (200, 403)


def test_it_is_good_through_its_last_day(admin: Client, sent: dict[str, Any]) -> None:
    day = timezone.localdate() + timedelta(days=30)
    admin.post(reverse("token-new"), {**sent, "expires_on": day.isoformat()})
    until = timezone.localtime(ApiToken.objects.get().expires_at)
    assert until.date() == day and (until.hour, until.minute) == (23, 59)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"scopes": []}, "권한 범위를 하나 이상"),
        ({"further": "everything"}, "없는 권한 범위입니다: everything"),
        ({"expires_on": "2020-01-01"}, "1년 이내"),
        ({"expires_on": "2090-01-01"}, "1년 이내"),
        ({"label": ""}, "필수"),
    ],
)
def test_what_is_wrong_is_said_at_the_form(
    admin: Client, sent: dict[str, Any], text: Any, wrong: dict[str, Any], said: str
) -> None:
    answer = admin.post(reverse("token-new"), {**sent, **wrong})
    assert said in text(answer) and not ApiToken.objects.exists()


def test_a_revoked_token_opens_nothing(cast: Cast, admin: Client, text: Any) -> None:
    token, secret = issue_token(system(), cast.client, "옛 시스템", ["read"])
    assert opens(secret) == 200
    assert "폐기했습니다" in text(admin.post(reverse("token-revoke", args=[token.pk]), follow=True))
    assert opens(secret) == 401
    assert "폐기됨" in text(admin.get(reverse("tokens")))
    version = ApiToken.objects.get().version
    admin.post(reverse("token-revoke", args=[token.pk]))
    assert ApiToken.objects.get().version == version


def test_nobody_else_sees_issues_or_revokes_one(cast: Cast, signed_in: Any) -> None:
    token, _secret = issue_token(system(), cast.client, "시스템", ["read"])
    for account in (cast.officer, cast.teamlead, cast.leader, cast.client):
        reader = signed_in(account)
        assert reader.get(reverse("tokens")).status_code == 403
        assert reader.post(reverse("token-new"), {}).status_code == 403
        assert reader.post(reverse("token-revoke", args=[token.pk])).status_code == 403
        assert reverse("tokens") not in reader.get(reverse("today")).content.decode()
    token.refresh_from_db()
    assert token.revoked_at is None


def test_administrators_find_it_on_every_page(admin: Client) -> None:
    told = admin.get(reverse("today")).content.decode()
    assert reverse("tokens") in told and reverse("webhooks") in told
