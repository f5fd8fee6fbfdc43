"""The pages of webhooks: opened, changed, switched, their secrets, the log, and sending again by hand."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ
from standardwebhooks import Webhook

from crm.actions.accounts import issue_token
from crm.actions.base import Caller
from crm.actions.webhooks import open_webhook, send_test
from crm.models import WebhookDelivery, WebhookEndpoint
from crm.values.webhooks import DeliveryState
from crm.webhooks.sending import send_due
from tests.builders import Cast, make_organisation, system
from tests.receiver import Receiver, receiving


@pytest.fixture
def admin(cast: Cast, signed_in: Any) -> Client:
    issue_token(system(), cast.client, "통계", ["read", "feed"])
    found: Client = signed_in(cast.admin)
    return found


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def webhook(cast: Cast, admin: Client, receiver: Receiver) -> WebhookEndpoint:
    return open_webhook(system(), cast.client, "통계 시스템", receiver.address)


def send() -> int:
    return send_due(lambda: Caller(system().account, timezone.now(), "job"))


def sent(cast: Cast, admin: Client, fields: Any, address: str) -> dict[str, Any]:
    shown = fields(admin.get(reverse("webhook-new")))
    return {**shown, "account": str(cast.client.pk), "label": "통계 시스템", "address": address, "types": ["outcome"]}


def test_one_is_opened_and_its_secret_shown_once(
    cast: Cast, admin: Client, receiver: Receiver, fields: Any, text: Any
) -> None:
    form = sent(cast, admin, fields, receiver.address)
    shown = [admin.post(reverse("webhook-new"), form) for _click in range(2)]
    found = WebhookEndpoint.objects.get()
    assert (found.label, found.types, found.account) == ("통계 시스템", ["outcome"], cast.client)
    for given in shown:
        assert f'value="{found.secret}"' in given.content.decode() and given["Cache-Control"] == "no-store"
    for page in (reverse("webhooks"), reverse("webhook", args=[found.pk])):
        answer = admin.get(page)
        assert "통계 시스템" in text(answer) and found.secret not in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/", "http://2130706433/", "http://10.0.0.1/", "ftp://127.0.0.1/", "통계"]
)
def test_an_address_that_is_not_allowed_is_refused_at_its_field(
    cast: Cast, admin: Client, fields: Any, address: str
) -> None:
    answer = admin.post(reverse("webhook-new"), sent(cast, admin, fields, address))
    assert "WEBHOOK_TARGETS" in str(answer.context["form"].errors["address"])
    assert not WebhookEndpoint.objects.exists()


def test_it_is_changed_and_a_change_that_others_made_is_not_overwritten(
    admin: Client, webhook: WebhookEndpoint, receiver: Receiver, fields: Any, text: Any
) -> None:
    address = reverse("webhook-edit", args=[webhook.pk])
    form = {**fields(admin.get(address)), "label": "자료실", "types": ["event"]}
    assert admin.post(address, form).status_code == 302
    webhook.refresh_from_db()
    assert (webhook.label, webhook.types) == ("자료실", ["event"])
    assert "그사이 이 기록이 변경되었습니다" in text(admin.post(address, {**form, "label": "늦은 이름"}))
    webhook.refresh_from_db()
    assert webhook.label == "자료실"


def test_the_secret_is_changed_with_both_good_until_the_old_one_is_dropped(
    admin: Client, webhook: WebhookEndpoint, receiver: Receiver, text: Any
) -> None:
    page, old = reverse("webhook", args=[webhook.pk]), webhook.secret
    form = admin.get(page).context["rotate"]
    typed = {"secret": form.initial["secret"], "version": webhook.version}
    shown = [admin.post(reverse("webhook-secret", args=[webhook.pk]), typed).context["secret"] for _click in range(2)]
    webhook.refresh_from_db()
    assert shown == [webhook.secret] * 2 and webhook.old_secret == old
    make_organisation()
    send()
    for secret in (old, webhook.secret):
        Webhook(secret).verify(receiver.arrived[0].body, receiver.arrived[0].headers)
    assert "비밀키 두 개가 모두 유효합니다" in text(admin.get(page))
    again = {"secret": admin.get(page).context["rotate"].initial["secret"], "version": webhook.version}
    assert "먼저 폐기" in text(admin.post(reverse("webhook-secret", args=[webhook.pk]), again, follow=True))
    admin.post(reverse("webhook-secret-drop", args=[webhook.pk]), {"version": webhook.version})
    webhook.refresh_from_db()
    assert (webhook.secret, webhook.old_secret) == (shown[0], "")


def test_switched_off_nothing_is_sent_and_switched_on_again_what_changed_meanwhile(
    admin: Client, webhook: WebhookEndpoint, receiver: Receiver, text: Any
) -> None:
    off, on = (reverse(name, args=[webhook.pk]) for name in ("webhook-off", "webhook-on"))
    assert "관리자가 껐습니다" in text(admin.post(off, follow=True))
    make_organisation()
    assert send() == 0
    admin.post(on)
    assert send() == 1 and len(receiver.arrived) == 1


def test_a_test_goes_out_by_the_worker_and_its_attempts_are_read(
    admin: Client, webhook: WebhookEndpoint, receiver: Receiver, text: Any
) -> None:
    assert "시험 전송을 시작했습니다" in text(admin.post(reverse("webhook-test", args=[webhook.pk]), follow=True))
    assert receiver.connections == 0, "never from the request"
    (task,) = OrmQ.objects.all()
    assert task.func() == "crm.jobs.webhooks.send_webhooks"
    receiver.says = lambda _arrived: (503, {})
    send()
    delivery = WebhookDelivery.objects.get()
    told = text(admin.get(reverse("delivery", args=[delivery.pk])))
    assert "오류 응답 (503)" in told and "전송 대기" in told and str(delivery.pk) in told


def test_the_log_is_narrowed_by_state(admin: Client, webhook: WebhookEndpoint, receiver: Receiver, text: Any) -> None:
    make_organisation("가")
    send()
    receiver.says = lambda _arrived: (500, {})
    make_organisation("나")
    send()
    page = reverse("webhook", args=[webhook.pk])
    counts = {
        state: admin.get(page, {"state": state}).context["page"].paging.count
        for state in ("", "waiting", "delivered", "failed", "nonsense")
    }
    assert counts == {"": 2, "waiting": 1, "delivered": 1, "failed": 0, "nonsense": 2}


def test_a_delivery_is_sent_again_by_hand(
    admin: Client, webhook: WebhookEndpoint, receiver: Receiver, text: Any
) -> None:
    make_organisation()
    send()
    delivery = WebhookDelivery.objects.get()
    admin.post(reverse("delivery-replay", args=[delivery.pk]))
    assert send() == 1 and len(receiver.arrived) == 2
    assert delivery.tries.count() == 2
    admin.post(reverse("webhook-off", args=[webhook.pk]))
    assert "꺼져 있습니다" in text(admin.post(reverse("delivery-replay", args=[delivery.pk]), follow=True))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DELIVERED


def test_it_says_why_nothing_is_sent(cast: Cast, admin: Client, receiver: Receiver, text: Any) -> None:
    deaf = open_webhook(system(), cast.officer, "토큰 없음", receiver.address)
    assert "읽을 수 있는 토큰이 없어" in text(admin.get(reverse("webhook", args=[deaf.pk])))
    narrow = open_webhook(system(), cast.client, "범위 밖", receiver.address, ["contact", "outcome"])
    assert "보내지 않는 종류: 담당자(연락처)." in text(admin.get(reverse("webhook", args=[narrow.pk])))


def test_nobody_else_sees_or_changes_one(cast: Cast, webhook: WebhookEndpoint, signed_in: Any) -> None:
    delivery = send_test(system(), webhook)
    reads = [reverse("webhooks"), reverse("webhook", args=[webhook.pk]), reverse("delivery", args=[delivery.pk])]
    deeds = ["webhook-secret", "webhook-secret-drop", "webhook-on", "webhook-off", "webhook-test", "webhook-edit"]
    writes = [reverse("webhook-new"), *(reverse(name, args=[webhook.pk]) for name in deeds)]
    for account in (cast.officer, cast.teamlead, cast.leader, cast.client):
        reader = signed_in(account)
        assert {reader.get(address).status_code for address in reads} == {403}
        assert {reader.post(address).status_code for address in writes} == {403}
        assert reader.post(reverse("delivery-replay", args=[delivery.pk])).status_code == 403
