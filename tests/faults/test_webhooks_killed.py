"""Webhooks whose sender is killed with SIGKILL, and two who send at once: every change arrives, and what two senders
have in hand is never the same."""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from crm.actions.accounts import issue_token
from crm.actions.webhooks import open_webhook
from crm.models import WebhookAttempt, WebhookDelivery
from crm.values.webhooks import CLAIM, DeliveryState
from crm.webhooks.sending import send_due
from tests.builders import make_cast, make_organisation, system
from tests.databases import address
from tests.receiver import Arrived, Receiver, receiving

pytestmark = pytest.mark.django_db(transaction=True)
CHANGES = 40


def start(folder: Path) -> "subprocess.Popen[bytes]":
    own = {
        "IEUM_ENV": "test",
        "DATABASE_URL": address(),
        "IEUM_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "WEBHOOK_TARGETS": "127.0.0.1/32",
    }
    command = [sys.executable, "manage.py", "run_jobs", "webhooks"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env={**os.environ, **own}, stdout=subprocess.DEVNULL)


def prepare(receiver: Receiver) -> set[str]:
    """A webhook, and changes that it has not been told of."""
    client = make_cast().client
    issue_token(system(), client, "연계", ["read", "feed"])
    open_webhook(system(), client, "통계 시스템", receiver.address)
    return {str(make_organisation(f"회사 {number}").pk) for number in range(CHANGES)}


def told(receiver: Receiver) -> Counter[str]:
    return Counter(json.loads(one.body)["id"] for one in receiver.arrived)


def test_killed_in_the_middle_of_one_it_is_taken_up_later_and_nothing_is_lost(tmp_path: Path) -> None:
    reached, held = threading.Event(), threading.Event()
    with receiving() as receiver:
        expected = prepare(receiver)

        def holds(_arrived: Arrived) -> tuple[int, dict[str, str]]:
            if len(receiver.arrived) == CHANGES // 2:
                reached.set()
                held.wait(60)  # in the middle of this one the sender is killed
            return 204, {}

        receiver.says = holds
        with start(tmp_path) as worker:
            assert reached.wait(60)
            worker.kill()
        held.set()
        receiver.says = lambda _arrived: (204, {})
        (cut_off,) = WebhookDelivery.objects.exclude(claim=None)
        assert cut_off.state == DeliveryState.WAITING

        assert start(tmp_path).wait() == 0
        assert set(told(receiver)) == expected, "the others arrive at once"
        assert told(receiver)[str(cut_off.record_id)] == 1, "what may be in hand is left to who has it"

        later = replace(system(), now=timezone.now() + CLAIM + timedelta(seconds=1))
        assert send_due(lambda: later) == 1
        assert told(receiver) == Counter(expected) + Counter([str(cut_off.record_id)])
    assert not WebhookDelivery.objects.exclude(state=DeliveryState.DELIVERED).exists()
    assert WebhookAttempt.objects.filter(ended_at=None).count() == 1


def test_two_who_send_at_once_send_nothing_twice() -> None:
    both = threading.Barrier(2)
    with receiving() as receiver:
        expected = prepare(receiver)

        def says(arrived: Arrived) -> tuple[int, dict[str, str]]:
            if receiver.arrived.index(arrived) < 2:
                both.wait(10)  # the first of each of the two is answered when the other's has come
            return 204, {}

        receiver.says = says
        sent: list[int] = []

        def work() -> None:
            try:
                sent.append(send_due(lambda: replace(system(), now=timezone.now())))
            finally:
                connection.close()

        workers = [threading.Thread(target=work) for _worker in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert told(receiver) == Counter(expected)
    assert sum(sent) == CHANGES and all(sent), "both have sent"
    assert WebhookDelivery.objects.filter(state=DeliveryState.DELIVERED, attempts=1).count() == CHANGES
