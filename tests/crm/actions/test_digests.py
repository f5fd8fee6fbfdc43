"""One mail a day and person, in the person's language, through a real mail server; never two."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from crm.actions import digests, follow_ups, notifications, outcomes
from crm.actions.accounts import open_account, update_account
from crm.actions.base import Caller
from crm.models import Account, DigestMail
from crm.values.measures import Disclosure, Role
from tests.laws.scenarios import NOW, World, make_world

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1)


class Sink(Message):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.mails.append(message_from_bytes(message.as_bytes(), policy=policy.default))


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = Sink()
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield found
    server.stop()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def officer(world: World) -> Account:
    fields = {"username": "mina", "name": "담당자", "role": Role.OFFICER, "org_unit": world.unit}
    account = open_account(world.caller, None, email="officer@example.invalid", **fields)
    follow_ups.plan_follow_up(
        world.caller, title="착공 확인", outcome=world.outcome, assignee=account, due_on=DAY - timedelta(days=3)
    )
    follow_ups.plan_follow_up(world.caller, title="전화", outcome=world.outcome, assignee=account, due_on=DAY)
    return account


def send(world: World, day: date = DAY) -> int:
    caller: Caller = replace(world.caller, now=NOW + timedelta(days=(day - DAY).days), channel="job")
    return digests.send_digests(caller, day)


def test_one_mail_lists_what_is_late_and_what_is_due(world: World, officer: Account, sink: Sink) -> None:
    assert send(world) == 1
    (mail,) = sink.mails
    text = mail.get_content()
    assert mail["To"] == "officer@example.invalid"
    assert "기한 지남 (1)" in text and "착공 확인" in text and "전화" in text
    assert "http://127.0.0.1:8000/follow-ups/" in text
    assert DigestMail.objects.get().sent_at is not None


def test_the_same_day_sends_nothing_more_and_the_next_day_does(world: World, officer: Account, sink: Sink) -> None:
    assert [send(world), send(world), send(world, DAY + timedelta(days=1))] == [1, 0, 1]
    assert len({mail["Message-ID"] for mail in sink.mails}) == 2


def test_it_speaks_the_reader_s_language(world: World, officer: Account, sink: Sink) -> None:
    update_account(world.caller, officer, language="en")
    send(world)
    assert "Overdue (1)" in sink.mails[0].get_content()


@pytest.mark.parametrize("changes", [{"wants_digest": False}, {"email": ""}, {"is_active": False}])
def test_who_wants_none_gets_none(world: World, officer: Account, sink: Sink, changes: dict[str, Any]) -> None:
    update_account(world.caller, officer, **changes)
    assert send(world) == 0
    assert sink.mails == []


def test_with_nothing_to_do_there_is_no_mail(world: World, sink: Sink) -> None:
    open_account(
        world.caller, None, username="idle", name="x", role=Role.OFFICER, org_unit=world.heir, email="a@example.invalid"
    )
    assert send(world) == 0


def test_a_server_that_refuses_is_noted_and_tried_again(world: World, officer: Account, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send(world) == 0
    mail = DigestMail.objects.get()
    assert mail.error and mail.sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send(world) == 1
    mail.refresh_from_db()
    assert mail.error == "" and mail.sent_at is not None


def test_a_mail_that_was_claimed_and_cut_off_is_not_sent_again(world: World, officer: Account, sink: Sink) -> None:
    digests.claim_digest(world.caller, officer, DAY, 2)
    assert send(world) == 0
    assert sink.mails == []


def told_part(sink: Sink) -> str:
    """The part of the latest mail that says what others did."""
    return str(sink.mails[-1].get_content().partition("■ 새 알림")[2].partition("■")[0])


def test_the_one_mail_says_what_others_did_too(world: World, officer: Account, sink: Sink) -> None:
    outcomes.update_outcome(world.caller, world.outcome, note="다시 확인")
    assert send(world) == 1
    said = told_part(sink)
    assert "(3)" in said and "성과를 수정했습니다 · ㈜솔 투자협약 · Ieum" in said
    assert f"http://127.0.0.1:8000/outcomes/{world.outcome.pk}/#history" in said
    assert "전화" in said and "착공 확인" in said  # the two follow-ups that were given to the officer


def test_the_next_mail_says_what_was_told_since_and_not_what_was_read(
    world: World, officer: Account, sink: Sink
) -> None:
    send(world)
    tomorrow = replace(world.caller, now=NOW + timedelta(hours=9))
    outcomes.update_outcome(tomorrow, world.outcome, note="다시 확인")
    assert send(world, DAY + timedelta(days=1)) == 1
    assert "(1)" in told_part(sink) and "성과를 수정했습니다" in told_part(sink)
    outcomes.update_outcome(replace(tomorrow, now=NOW + timedelta(days=1, hours=9)), world.outcome, note="또 확인")
    notifications.mark_all_read(replace(tomorrow, account=officer), NOW + timedelta(days=2))
    assert send(world, DAY + timedelta(days=2)) == 1
    assert told_part(sink) == ""


def test_what_others_did_is_reason_enough_for_a_mail(world: World, sink: Sink) -> None:
    fields = {"username": "mina", "name": "담당자", "role": Role.OFFICER, "org_unit": world.unit}
    account = open_account(world.caller, None, email="officer@example.invalid", **fields)
    far = DAY + timedelta(days=300)
    follow_ups.plan_follow_up(world.caller, title="먼 일", outcome=world.outcome, assignee=account, due_on=far)
    assert send(world) == 1
    assert "먼 일" in told_part(sink)


def test_of_much_the_latest_is_said_and_how_much_more(world: World, officer: Account, sink: Sink) -> None:
    for number in range(12):
        later = replace(world.caller, now=NOW - timedelta(minutes=number))
        follow_ups.plan_follow_up(later, title=f"할 일 {number}", outcome=world.outcome, assignee=officer)
    send(world)
    said = told_part(sink)
    assert "(14)" in said and "그 밖에 4건" in said and "http://127.0.0.1:8000/notifications/" in said
    assert said.count("후속조치 담당자로 지정했습니다") == 10 and "할 일 11" not in said


def test_nothing_is_said_of_what_the_reader_may_not_see_any_more(world: World, officer: Account, sink: Sink) -> None:
    update_account(world.caller, officer, org_unit=world.heir)
    closed = {"disclosure_level": Disclosure.CLOSED}
    outcomes.update_outcome(world.caller, world.outcome, **closed)
    send(world)
    text = sink.mails[0].get_content()
    assert "새 알림 (2)" in text and "㈜솔" not in text and "전화" not in text
