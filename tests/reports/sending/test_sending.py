"""Sending reports: made and kept first, then a mail each, once; cancelled between steps; refused with a reason."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.core.exceptions import ValidationError

import reports.charts
import reports.sending
from crm.actions import ledger, outcomes, report_runs, schedules
from crm.actions.base import Caller, Conflict, Forbidden
from crm.jobs.reports import run_reports, work_off
from crm.models import Publication, ReportRun, ReportSchedule, RunMail
from crm.values.schedules import Covered, Rhythm, RunState, RunStep, last_due
from reports.documents import FORMATS
from reports.sending import run
from reports.web.schedule_form import SCHEDULED
from tests.laws.scenarios import NOW, World, figure, make_world

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1)  # NOW, in Seoul
PEOPLE = ["one@example.invalid", "two@example.invalid", "three@example.invalid"]


class Sink(Message):
    """Keeps what arrives; refuses whom it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Any] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message: Any) -> None:
        self.mails.append(message_from_bytes(message.as_bytes(), policy=policy.default))

    @property
    def to(self) -> list[str]:
        return [mail["To"] for mail in self.mails]


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


def at(world: World, **later: int) -> Caller:
    return replace(world.caller, now=NOW + timedelta(days=1) + timedelta(**later))


def scheduled(world: World, **fields: Any) -> ReportSchedule:
    said = {"name": "주간 보고", "rhythm": Rhythm.WEEKLY, "day": 3, "covers": Covered.THIS_QUARTER}
    sent = {"formats": ["csv", "pdf"], "recipients": PEOPLE}
    return schedules.set_schedule(world.caller, **{**said, **sent, **fields})


def begun(world: World, **fields: Any) -> ReportRun:
    return report_runs.start_scheduled(at(world), scheduled(world, **fields))


def work(world: World, waiting: ReportRun, hours: int = 1) -> ReportRun:
    run(lambda: at(world, hours=hours), waiting.pk)
    return ReportRun.objects.get(pk=waiting.pk)


@pytest.mark.parametrize("report", [kind.key for kind in SCHEDULED])
def test_every_report_that_asks_for_a_quarter_at_most_can_be_scheduled(world: World, sink: Sink, report: str) -> None:
    done = work(world, begun(world, report=report, formats=["csv"], publishes=True))
    assert (done.state, done.error) == (RunState.DONE, "")
    (name,) = [part.get_filename() for part in sink.mails[0].iter_attachments()]
    assert name.startswith(f"ieum-{report}-")
    assert Publication.objects.get().report == report


def test_each_recipient_gets_the_files_once(world: World, sink: Sink) -> None:
    done = work(world, begun(world))
    assert (done.state, done.progress, done.error) == (RunState.DONE, 100, "")
    assert sink.to == PEOPLE
    names = [part.get_filename() for part in sink.mails[0].iter_attachments()]
    assert names == [f"ieum-quarterly-2023Q1-asof-2023-03-02-ko.{kind}" for kind in ("csv", "pdf")]
    assert next(iter(sink.mails[0].iter_attachments())).get_content_type() == "text/csv"
    assert "2023년 1분기" in sink.mails[0]["Subject"]
    assert f"/reports/runs/{done.pk}/" in sink.mails[0].get_body().get_content()
    assert all(mail.sent_at for mail in done.mails.all())
    kept = done.files.get(format="pdf")
    assert kept.file.read()[:5] == b"%PDF-" and kept.size == kept.file.size


def test_the_job_run_twice_sends_once_and_the_next_week_again(world: World, sink: Sink) -> None:
    scheduled(world, recipients=PEOPLE[:1])
    assert [run_reports(at(world), DAY), run_reports(at(world), DAY), run_reports(at(world), DAY)] == [1, 0, 0]
    assert sink.to == PEOPLE[:1]
    assert run_reports(at(world, days=7), DAY + timedelta(days=6)) == 0
    assert run_reports(at(world, days=7), DAY + timedelta(days=9)) == 1  # the day itself was missed
    assert len(sink.mails) == 2


def test_what_was_due_before_it_was_set_or_after_it_was_stopped_is_not_sent(world: World, sink: Sink) -> None:
    late = scheduled(world, day=2)
    assert run_reports(at(world), DAY) == 0
    schedules.stop_schedule(world.caller, late)
    assert run_reports(at(world, days=7), DAY + timedelta(days=7)) == 0
    assert sink.mails == []


def test_one_run_a_schedule_and_day_whoever_is_first(world: World) -> None:
    schedule = scheduled(world)
    schedules.begin_due_run(at(world), schedule, DAY)
    with pytest.raises(Conflict):
        schedules.begin_due_run(at(world), schedule, DAY)
    assert ReportRun.objects.count() == 1


def test_one_whom_the_server_refuses_keeps_nobody_from_theirs(world: World, sink: Sink) -> None:
    sink.refused = {PEOPLE[1]}
    done = work(world, begun(world))
    assert (done.state, sink.to) == (RunState.DONE, [PEOPLE[0], PEOPLE[2]])
    refused = done.mails.get(address=PEOPLE[1])
    assert refused.sent_at is None and refused.error == "550 5.1.1 no such mailbox"

    sink.refused = set()
    report_runs.start_again(at(world, hours=2), done)
    assert work(world, done, hours=2).state == RunState.DONE
    assert sorted(sink.to) == sorted(PEOPLE)


def test_without_a_mail_server_the_files_are_kept_and_the_run_says_so(world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    failed = work(world, begun(world))
    assert (failed.state, failed.fault) == (RunState.FAILED, "no_mail")
    assert failed.files.count() == 2 and "refused" in failed.error


def test_cancelled_while_it_waits_it_never_begins(world: World, sink: Sink) -> None:
    waiting = begun(world)
    report_runs.cancel_run(at(world), waiting)
    assert work(world, waiting).state == RunState.CANCELLED
    assert sink.mails == [] and not waiting.files.exists()


@pytest.mark.parametrize(("step", "sent"), [(RunStep.FIGURES, 0), (RunStep.DOCUMENTS, 0), (RunStep.MAILS, 0)], ids=str)
def test_cancelled_midway_it_stops_before_its_next_step(world: World, sink: Sink, step: RunStep, sent: int) -> None:
    waiting = begun(world)

    def callers() -> Caller:
        """The clock is asked before each step: there somebody presses the button, once."""
        now = ReportRun.objects.get(pk=waiting.pk)
        if now.step == step and not now.cancel_asked and now.state == RunState.RUNNING:
            report_runs.cancel_run(at(world, hours=1), now)
        return at(world, hours=1)

    run(callers, waiting.pk)
    stopped = ReportRun.objects.get(pk=waiting.pk)
    assert stopped.state == RunState.CANCELLED and stopped.ended_at is not None
    assert len(sink.mails) == (1 if step == RunStep.MAILS else 0)
    assert stopped.mails.count() == len(sink.mails)

    report_runs.start_again(at(world, hours=2), stopped)
    assert work(world, stopped, hours=2).state == RunState.DONE
    assert sink.to == PEOPLE


def test_a_killed_worker_s_run_is_taken_up_by_nobody_and_again_by_hand(world: World, sink: Sink) -> None:
    held = report_runs.claim_run(at(world), begun(world))
    report_runs.claim_mail(at(world), held, 1, PEOPLE[0])  # and here it was killed
    assert not work_off(str(held.pk)) and run_reports(at(world), DAY - timedelta(days=1)) == 0
    soon, late = at(world, minutes=29), at(world, minutes=31)
    with pytest.raises(Conflict):
        report_runs.start_again(soon, held)
    report_runs.start_again(late, held)
    assert work(world, held).state == RunState.DONE
    assert sink.to == PEOPLE[1:]  # the first may have got theirs
    assert RunMail.objects.get(address=PEOPLE[0]).sent_at is None


def test_who_holds_an_earlier_attempt_writes_nothing_any_more(world: World) -> None:
    held = report_runs.claim_run(at(world), begun(world))
    report_runs.start_again(at(world, hours=1), held)
    report_runs.claim_run(at(world, hours=1), held)
    for act in (
        lambda: report_runs.note_progress(at(world, hours=1), held, 1, step=RunStep.MAILS, progress=60),
        lambda: report_runs.claim_mail(at(world, hours=1), held, 1, PEOPLE[0]),
        lambda: report_runs.end_run(at(world, hours=1), held, 1, RunState.DONE),
    ):
        with pytest.raises(Conflict):
            act()
    assert not RunMail.objects.exists()


def test_without_the_font_nothing_is_half_sent(world: World, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports.charts, "FONT_PACKAGE", "no_such_package")
    monkeypatch.setattr(reports.charts.pdfmetrics, "getRegisteredFontNames", list)
    failed = work(world, begun(world))
    assert (failed.state, failed.fault) == (RunState.FAILED, "font")
    assert "no_such_package" in failed.error
    assert sink.mails == [] and not failed.files.exists() and not failed.mails.exists()


def test_files_too_large_for_a_mail_are_led_to(world: World, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports.sending, "MOST_ATTACHED", 100)
    work(world, begun(world))
    assert list(sink.mails[0].iter_attachments()) == []
    assert "너무 커" in sink.mails[0].get_content() and "/reports/runs/" in sink.mails[0].get_content()


def test_a_schedule_that_publishes_makes_one_edition_and_sends_it(world: World, sink: Sink) -> None:
    done = work(world, begun(world, publishes=True, formats=["json"]))
    (edition,) = Publication.objects.all()
    assert (edition.pk, edition.state) == (done.pk, "published")
    assert done.files.get().sha256 == edition.files.get(format="json").sha256
    assert len(sink.mails) == 3


def test_values_that_are_kept_back_are_in_no_sent_file(world: World, sink: Sink) -> None:
    ledger.post_figure(world.caller, world.outcome, figure(value=Decimal(77_777_777)))
    told = [work(world, begun(world, formats=["json"]))]
    for level in ("partly", "closed"):
        outcomes.update_outcome(world.caller, world.outcome, disclosure_level=level)
        told.append(work(world, begun(world, formats=["json"])))
    texts = [run.files.get().file.read().decode() for run in told]
    assert [world.outcome.title in text for text in texts] == [True, True, False]
    assert ["77777777" in text for text in texts] == [True, False, False]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"recipients": ["no address"]}, "recipients"),
        ({"recipients": ["a@example.invalid\nBcc: b@example.invalid"]}, "recipients"),
        ({"recipients": [f"p{n}@example.invalid" for n in range(51)]}, "recipients"),
        ({"recipients": ["a@example.invalid", "A@example.invalid"]}, "recipients"),
        ({"formats": []}, "formats"),
        ({"formats": ["docx"]}, "formats"),
        ({"day": 8}, "day"),
        ({"day": 0}, "day"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_sent_is_not_set(world: World, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        scheduled(world, **wrong)
    assert field in refused.value.message_dict
    assert not ReportSchedule.objects.exists()


def test_an_officer_sets_none_and_starts_none(world: World) -> None:
    schedule = scheduled(world)
    officer = Caller(world.officer, NOW, "page")
    for act in (
        lambda: schedules.set_schedule(officer, name="x"),
        lambda: schedules.stop_schedule(officer, schedule),
        lambda: report_runs.start_scheduled(officer, schedule),
    ):
        with pytest.raises(Forbidden):
            act()


def test_another_time_begins_anew_and_other_recipients_do_not(world: World) -> None:
    schedule = scheduled(world)
    schedules.change_schedule(at(world), schedule, recipients=PEOPLE[:1])
    assert schedule.starts_on == DAY
    schedules.change_schedule(at(world), schedule, day=1)
    assert schedule.starts_on == DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("rhythm", "day", "today", "due"),
    [
        (Rhythm.QUARTERLY, 10, date(2023, 4, 9), date(2023, 1, 10)),
        (Rhythm.QUARTERLY, 10, date(2023, 4, 10), date(2023, 4, 10)),
        (Rhythm.QUARTERLY, 90, date(2023, 6, 30), date(2023, 6, 29)),
        (Rhythm.MONTHLY, 31, date(2023, 2, 28), date(2023, 2, 28)),
        (Rhythm.MONTHLY, 31, date(2023, 3, 30), date(2023, 2, 28)),
        (Rhythm.MONTHLY, 5, date(2023, 1, 4), date(2022, 12, 5)),
        (Rhythm.WEEKLY, 1, date(2023, 3, 5), date(2023, 2, 27)),
        (Rhythm.WEEKLY, 7, date(2023, 3, 5), date(2023, 3, 5)),
    ],
)
def test_the_latest_day_that_was_due(rhythm: Rhythm, day: int, today: date, due: date) -> None:
    assert last_due(rhythm, day, today) == due


def test_a_schedule_knows_every_format_that_is_made() -> None:
    from crm.values.schedules import FORMATS as known

    assert known == FORMATS
