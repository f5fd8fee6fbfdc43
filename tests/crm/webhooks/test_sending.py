"""What is sent: once a record, signed, to who may know of it, tried again on the schedule, and kept in a log."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from crm.actions import webhooks
from crm.actions.accounts import issue_token, revoke_token, update_account
from crm.actions.base import Conflict
from crm.actions.demonstrations import archive_demonstration, record_demonstration
from crm.actions.organisations import record_organisation, update_organisation
from crm.actions.outcomes import update_outcome
from crm.deliveries import forget_delivered, make_due
from crm.models import ApiToken, FeedEntry, Notification, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookPlace
from crm.sequencer import begin_anew, forget_tombstones
from crm.values.measures import Disclosure
from crm.values.webhooks import RETRIES, DeliveryState, SwitchedOff
from tests.builders import Cast, make_contact, make_organisation, make_outcome, system
from tests.receiver import Receiver

pytestmark = pytest.mark.django_db(transaction=True)


def told(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in receiver.arrived]


def test_a_change_arrives_as_a_hint_that_says_no_more_than_which(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Any
) -> None:
    company = make_organisation("㈜솔")
    assert receiver.connections == 0, "never from the request"
    assert send() == 1
    (hint,) = told(receiver)
    seq = FeedEntry.objects.get(record_id=company.pk).seq
    assert hint == {"type": "organisation", "id": str(company.pk), "version": 1, "seq": seq}
    assert "솔" not in receiver.arrived[0].body
    assert receiver.arrived[0].headers["content-type"] == "application/json"
    assert send() == 0 and len(receiver.arrived) == 1


def test_what_was_there_before_it_was_opened_is_not_told(opened: Any, receiver: Receiver, send: Any) -> None:
    make_organisation("㈜이미")
    opened()
    assert send() == 0


def test_a_record_that_changed_thrice_is_one_delivery_of_its_last_version(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Any
) -> None:
    company = make_organisation()
    for region in ("서울", "부산"):
        company = update_organisation(system(), company, region=region)
    assert send() == 1
    assert [hint["version"] for hint in told(receiver)] == [3]


def test_what_is_told_again_because_tombstones_are_forgotten_is_no_change(
    endpoint: WebhookEndpoint, cast: Cast, send: Any
) -> None:
    trial = record_demonstration(system(), title="실증", applicant=make_organisation(), technology="로봇")
    assert send() > 0
    archive_demonstration(system(), trial, "잘못 기록")
    assert send() == 1
    later = timedelta(days=401)
    assert forget_tombstones(timezone.now() + later) == 1
    assert FeedEntry.objects.filter(seq__gt=place_of(endpoint)).exists(), "it was told again"
    issue_token(replace(system(), now=timezone.now() + later), endpoint.account, "다음 해", ["read", "feed"])
    assert send(later) == 0


def place_of(endpoint: WebhookEndpoint) -> int:
    return WebhookPlace.objects.get(endpoint=endpoint).sent_to_seq


def test_what_waits_and_was_never_tried_tells_of_the_latest_change(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Any
) -> None:
    company = make_organisation()
    make_due(timezone.now())
    update_organisation(system(), company, region="서울")
    make_due(timezone.now())
    assert WebhookDelivery.objects.count() == 1
    send()
    assert [hint["version"] for hint in told(receiver)] == [2]


def test_the_unmodified_library_verifies_it(endpoint: WebhookEndpoint, receiver: Receiver, send: Any) -> None:
    make_organisation()
    send()
    (one,) = receiver.arrived
    assert Webhook(endpoint.secret).verify(one.body, one.headers) == json.loads(one.body)
    wrong: list[tuple[str, dict[str, str], str]] = [
        (endpoint.secret, one.headers, one.body.replace('"version":1', '"version":2')),
        (endpoint.secret, {**one.headers, "webhook-id": "another"}, one.body),
        (endpoint.secret, {**one.headers, "webhook-signature": "v1,AAAA"}, one.body),
        ("whsec_" + "A" * 44, one.headers, one.body),
    ]
    for secret, sent, body in wrong:
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(body, sent)


@pytest.mark.parametrize(("later", "why"), [(301, "too old"), (-301, "too new"), (299, ""), (-299, "")])
def test_the_library_refuses_what_is_five_minutes_old_or_early_by_its_clock(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Any, later: int, why: str
) -> None:
    make_organisation()
    send()
    (one,) = receiver.arrived
    with time_machine.travel(int(one.headers["webhook-timestamp"]) + later, tick=False):
        if why:
            with pytest.raises(WebhookVerificationError, match=why):
                Webhook(endpoint.secret).verify(one.body, one.headers)
        else:
            assert Webhook(endpoint.secret).verify(one.body, one.headers) == json.loads(one.body)


def test_while_secrets_change_both_are_good_and_then_the_old_one_is_not(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Any
) -> None:
    old = endpoint.secret
    webhooks.rotate_secret(system(), endpoint)
    assert endpoint.secret != old
    make_organisation("가")
    send()
    webhooks.drop_old_secret(system(), endpoint)
    make_organisation("나")
    send()
    both, new_only = receiver.arrived
    for secret in (old, endpoint.secret):
        Webhook(secret).verify(both.body, both.headers)
    Webhook(endpoint.secret).verify(new_only.body, new_only.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(new_only.body, new_only.headers)


def test_a_second_change_of_the_secret_does_not_take_away_one_that_is_in_use(endpoint: WebhookEndpoint) -> None:
    webhooks.rotate_secret(system(), endpoint)
    with pytest.raises(Conflict):
        webhooks.rotate_secret(system(), endpoint)


def test_secrets_are_in_no_history(endpoint: WebhookEndpoint) -> None:
    webhooks.rotate_secret(system(), endpoint)
    kept = [str(row.__dict__) for row in endpoint.history.all()]
    assert len(kept) == 2
    assert not any(secret in row for secret in endpoint.secrets for row in kept)


def test_only_the_chosen_types_are_told(opened: Any, receiver: Receiver, send: Any) -> None:
    opened(types=["outcome"])
    make_organisation()
    outcome = make_outcome()
    send()
    assert [hint["id"] for hint in told(receiver)] == [str(outcome.pk)]


def test_what_the_client_may_not_see_is_not_told_and_what_leaves_its_sight_is(
    cast: Cast, opened: Any, receiver: Receiver, send: Any
) -> None:
    opened(types=["outcome"])
    hidden = make_outcome("숨은 협약", lead_unit=cast.unit, disclosure_level=Disclosure.CLOSED)
    shown = make_outcome("열린 협약", lead_unit=cast.unit)
    send()
    assert [hint["id"] for hint in told(receiver)] == [str(shown.pk)]
    update_outcome(system(), shown, disclosure_level=Disclosure.CLOSED)
    update_outcome(system(), hidden, note="더 숨음")
    send()
    assert [hint["id"] for hint in told(receiver)] == [str(shown.pk)] * 2


@pytest.mark.parametrize(
    ("scopes", "kinds"),
    [
        (("read", "feed"), {"organisation"}),
        (("read", "feed", "personal"), {"organisation", "contact"}),
        (("read:outcomes", "feed"), set()),
        (("read:organisations", "feed"), {"organisation"}),
        (("read", "write"), set()),
    ],
)
def test_it_is_told_what_its_tokens_may_follow(
    opened: Any, receiver: Receiver, send: Any, scopes: tuple[str, ...], kinds: set[str]
) -> None:
    opened(scopes=scopes)
    make_contact(make_organisation())
    send()
    assert {hint["type"] for hint in told(receiver)} == kinds


def test_without_a_good_token_or_an_open_account_nothing_is_sent(
    cast: Cast, endpoint: WebhookEndpoint, receiver: Receiver, send: Any
) -> None:
    make_organisation("가")
    update_account(system(), cast.client, is_active=False)
    assert send() == 0
    update_account(system(), cast.client, is_active=True)
    revoke_token(system(), ApiToken.objects.get(account=cast.client))
    assert send() == 0 and receiver.connections == 0


def test_errors_are_tried_again_for_76_hours_and_then_it_is_switched_off_and_shown(
    cast: Cast, endpoint: WebhookEndpoint, receiver: Receiver, send: Any
) -> None:
    receiver.says = lambda _arrived: (500, {})
    make_organisation()
    at = timezone.now()
    waits = []
    for _attempt in RETRIES:
        before = len(receiver.arrived)
        send(at=at - timedelta(seconds=1)) if before else None
        assert len(receiver.arrived) == before, "not before it is due"
        send(at=at)
        assert len(receiver.arrived) == before + 1
        delivery = WebhookDelivery.objects.get()
        if delivery.next_attempt_at is not None:
            waits.append(delivery.next_attempt_at - at)
            at = delivery.next_attempt_at
    assert waits == list(RETRIES[1:])
    assert timedelta(hours=75) < sum(waits, timedelta(0)) <= timedelta(hours=76)
    assert len({one.headers["webhook-id"] for one in receiver.arrived}) == 1
    assert delivery.state == DeliveryState.FAILED and delivery.tries.count() == len(RETRIES)
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.switched_off_why) == (False, SwitchedOff.UNREACHABLE)
    assert Notification.objects.get(kind="webhook_off").account == cast.admin

    make_organisation("나중")
    assert send(at=at + timedelta(days=9)) == 0 and len(receiver.arrived) == len(RETRIES)
    receiver.says = lambda _arrived: (200, {})
    webhooks.switch_on(system(), endpoint)
    assert send(at=at + timedelta(days=9)) == 2, "what failed, and what changed since"
    assert not WebhookDelivery.objects.exclude(state=DeliveryState.DELIVERED).exists()


def test_a_target_that_says_it_is_gone_is_switched_off_at_once(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Any
) -> None:
    receiver.says = lambda _arrived: (410, {})
    make_organisation()
    send()
    endpoint.refresh_from_db()
    assert endpoint.switched_off_why == SwitchedOff.GONE


def test_a_redirect_is_an_error_and_is_not_followed(endpoint: WebhookEndpoint, receiver: Receiver, send: Any) -> None:
    receiver.says = lambda _arrived: (302, {"location": f"http://127.0.0.1:{receiver.port}/elsewhere"})
    make_organisation()
    assert send() == 0
    assert [one.path for one in receiver.arrived] == ["/hooks"]
    assert WebhookDelivery.objects.get().last_status == 302


def test_while_the_target_is_away_the_one_tried_most_asks_and_the_others_wait(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Any
) -> None:
    away = WebhookEndpoint.objects.get()
    webhooks.change_webhook(system(), away, label="x", address="http://127.0.0.1:1/", types=[])
    for name in ("가", "나", "다"):
        make_organisation(name)
    send()
    send(later=timedelta(seconds=10))
    assert sorted(WebhookDelivery.objects.values_list("attempts", flat=True)) == [0, 0, 2]
    assert set(WebhookDelivery.objects.values_list("last_fault", flat=True)) == {"", "no_connection"}
    away.refresh_from_db()
    webhooks.change_webhook(system(), away, label="x", address=receiver.address, types=[])
    assert send(later=timedelta(minutes=6)) == 3


def test_replayed_by_hand_it_comes_with_the_id_it_had(endpoint: WebhookEndpoint, receiver: Receiver, send: Any) -> None:
    make_organisation()
    send()
    webhooks.replay_delivery(system(), WebhookDelivery.objects.get())
    assert send() == 1
    assert len({one.headers["webhook-id"] for one in receiver.arrived}) == 1
    assert WebhookAttempt.objects.count() == 2


def test_a_test_is_told_about_nothing(endpoint: WebhookEndpoint, receiver: Receiver, send: Any) -> None:
    webhooks.send_test(system(), endpoint)
    send()
    assert [hint["type"] for hint in told(receiver)] == ["test"]
    webhooks.switch_off(system(), endpoint)
    with pytest.raises(Conflict):
        webhooks.send_test(system(), endpoint)


def test_a_feed_that_is_begun_anew_is_one_hint_and_not_every_record(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Any
) -> None:
    for name in ("가", "나", "다"):
        make_organisation(name)
    send()
    receiver.arrived.clear()
    at = begin_anew(timezone.now())
    send()
    assert [(hint["type"], hint["id"]) for hint in told(receiver)] == [("epoch", str(at.epoch))]
    record_organisation(system(), name="라")
    send()
    assert [hint["type"] for hint in told(receiver)] == ["epoch", "organisation"]


def test_what_was_delivered_long_ago_is_forgotten_and_what_was_not_stays(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Callable[..., int]
) -> None:
    make_organisation("가")
    send()
    receiver.says = lambda _arrived: (500, {})
    make_organisation("나")
    send()
    assert forget_delivered(timezone.now() + timedelta(days=89)) == 0
    assert forget_delivered(timezone.now() + timedelta(days=91)) == 1
    assert WebhookDelivery.objects.get().state == DeliveryState.WAITING
