"""A run of a report: its figures, its files, a mail to each recipient. Long, in the background, and to be cancelled
between any two steps. The clock is the caller's: `callers` gives one for each moment.

Everything is made and kept before the first mail goes out, so that nothing is half-sent. What is kept back from
somebody in the house is in no file, as in what is published."""

import logging
from collections.abc import Callable, Iterator
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from crm.actions.base import Caller, Conflict
from crm.actions.publications import Made
from crm.actions.report_runs import claim_mail, claim_run, end_run, keep_run_files, note_mail, note_progress
from crm.dates import minute_text
from crm.models import ReportRun, RunMail
from crm.permissions import sight_of_all
from crm.values.periods import SEOUL, PeriodError, Quarter
from crm.values.schedules import RunFault, RunState, RunStep
from reports.catalogue import ALL, REPORTS, Question, ReportKind
from reports.charts import FontMissing
from reports.documents import CONTENT_TYPES, file_name, render
from reports.figures.asked import NotAnswerable, check_asked
from reports.publishing import publish
from reports.report import Report

MOST_ATTACHED: Final = 15 * 1024 * 1024
Callers = Callable[[], Caller]
_log = logging.getLogger(__name__)


class _Cancelled(Exception):
    """Somebody has asked for the run to stop."""


class _Worker:
    """Who has one attempt of a run in hand. Each step is told before it is taken."""

    def __init__(self, callers: Callers, run: ReportRun) -> None:
        self.callers, self.run, self.attempt = callers, run, run.attempt

    def tell(self, step: RunStep, progress: int, detail: str = "") -> None:
        """Raises _Cancelled where that was asked for, Conflict where the run is another's by now."""
        self.run = note_progress(
            self.callers(), self.run, self.attempt, step=step, progress=progress, detail=detail[:260]
        )
        if self.run.cancel_asked:
            raise _Cancelled

    def end(self, state: RunState, fault: RunFault | None = None, error: str = "") -> ReportRun:
        return end_run(self.callers(), self.run, self.attempt, state, fault=fault, error=error)


def run(callers: Callers, run_id: UUID) -> ReportRun | None:
    """Works a waiting run off to its end, which the run itself tells. None where another has it in hand."""
    try:
        claimed = claim_run(callers(), ReportRun.objects.get(pk=run_id))
    except Conflict:
        return None
    worker = _Worker(callers, claimed)
    try:
        return _worked_off(worker)
    except Conflict:
        return None


def _worked_off(worker: _Worker) -> ReportRun:
    try:
        _make(worker)
        _send(worker)
    except _Cancelled:
        return worker.end(RunState.CANCELLED)
    except FontMissing as error:
        return worker.end(RunState.FAILED, RunFault.FONT, str(error))
    except (NotAnswerable, PeriodError) as error:
        return worker.end(RunState.FAILED, RunFault.NOT_ANSWERABLE, str(error))
    except Conflict:
        raise
    except Exception as error:
        # Whatever it is, it stands in the run's log and does not keep the next run from its turn.
        _log.exception("report run %s broke off", worker.run.pk)
        return worker.end(RunState.FAILED, RunFault.UNFORESEEN, f"{type(error).__name__}: {error}")
    mails = list(worker.run.mails.all())
    if mails and all(mail.error for mail in mails):
        return worker.end(RunState.FAILED, RunFault.NO_MAIL, mails[0].error)
    return worker.end(RunState.DONE)


def _make(worker: _Worker) -> None:
    """The figures, and every document that is not kept yet."""
    worker.tell(RunStep.FIGURES, 5)
    run = worker.run
    wanted = [format for format in run.formats if not run.files.filter(format=format).exists()]
    if not wanted:
        return
    title, made = _published(worker) if run.publishes else _drafted(worker, wanted)
    keep_run_files(worker.callers(), run, worker.attempt, title, [one for one in made if one.format in wanted])


def _drafted(worker: _Worker, wanted: list[str]) -> tuple[str, list[Made]]:
    run, made = worker.run, []
    kind, question = _asked(run)
    period = question.period or Quarter.of(run.as_of.astimezone(SEOUL).date())
    check_asked(period, run.as_of, now=worker.callers().now)
    report = kind.report(question, sight_of_all())
    for number, format in enumerate(wanted):
        worker.tell(RunStep.DOCUMENTS, 20 + 40 * number // len(wanted), format.upper())
        made.append(Made(format, file_name(report, format), render(report, format)))
    return _title(report), made


def _published(worker: _Worker) -> tuple[str, list[Made]]:
    """The edition has the run's id: taken up again it is the same one."""
    run = worker.run
    worker.tell(RunStep.DOCUMENTS, 20)
    edition = publish(worker.callers(), *_asked(run), id=run.pk)
    made = []
    for file in edition.files.all():
        with file.file.open("rb") as kept:
            made.append(Made(file.format, file.file_name, kept.read()))
    return edition.title, made


def _title(report: Report) -> str:
    return f"{report.title} {report.period_label}"


def _asked(run: ReportRun) -> tuple[ReportKind, Question]:
    """Raises PeriodError."""
    kind = REPORTS[run.report]
    # A schedule says of each of its runs which quarter is told; not every report asks for one.
    return kind, kind.asked_again(run.about if kind.asks else ALL, run.as_of, run.language)


def _send(worker: _Worker) -> None:
    recipients = worker.run.recipients
    if not recipients:
        return
    worker.run.refresh_from_db()
    attached = _attached(worker.run)
    for number, address in enumerate(recipients):
        worker.tell(RunStep.MAILS, 60 + 40 * number // len(recipients), f"{number + 1}/{len(recipients)}")
        try:
            mail = claim_mail(worker.callers(), worker.run, worker.attempt, address)
        except Conflict:
            if worker.run.mails.filter(address=address).exists():
                continue  # sent by an earlier attempt, or cut off in it
            raise
        note_mail(worker.callers(), mail, _refusal(worker.run, mail, attached))


def _attached(run: ReportRun) -> list[tuple[str, bytes, str]]:
    """The files for the mail: all of them, or none where together they are too large for one."""
    files = [file for file in run.files.all() if file.format in run.formats]
    if sum(file.size for file in files) > MOST_ATTACHED:
        return []
    return [(file.file_name, _bytes_of(file), CONTENT_TYPES[file.format]) for file in files]


def _bytes_of(file: Any) -> bytes:
    with file.file.open("rb") as kept:
        content: bytes = kept.read()
    return content


def _refusal(run: ReportRun, mail: RunMail, attached: list[tuple[str, bytes, str]]) -> str:
    """Sends the mail: "" where the server took it, else its reason."""
    try:
        _message(run, mail, attached).send()
    except SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    except (OSError, SMTPException, ValueError) as error:  # the last: an address that no mail can be written to
        return str(error) or type(error).__name__
    return ""


def _message(run: ReportRun, mail: RunMail, attached: list[tuple[str, bytes, str]]) -> EmailMessage:
    # The same mail has the same id whenever it is sent: a mail server that saw it drops the second.
    headers = {"Message-ID": f"<report-{mail.pk}@ieum>", "Auto-Submitted": "auto-generated"}
    with translation.override(run.language):
        subject = _("[Ieum] %(title)s") % {"title": run.title}
        text = "\n".join(_lines(run, bool(attached)))
    message = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [mail.address], headers=headers)
    for name, content, kind in attached:
        message.attach(name, content, kind.partition(";")[0])
    return message


def _lines(run: ReportRun, is_attached: bool) -> Iterator[str]:
    yield _("%(title)s, as of %(time)s (Asia/Seoul).") % {"title": run.title, "time": minute_text(run.as_of)}
    yield _("A published edition.") if run.publishes else _("A draft: its figures can still change.")
    if not is_attached:
        yield _("The files are too large for a mail; they are on the page below.")
    yield ""
    yield settings.SITE_URL + reverse("reports:run", args=[run.pk])
