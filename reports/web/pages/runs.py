"""What the pages of schedules and runs show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.actions.report_runs import is_broken_off, may_start_again
from crm.models import ReportRun, ReportSchedule, RunFile, RunMail
from crm.models.labels import label
from crm.values.schedules import FORMATS, Covered, Rhythm, RunFault, RunState, RunStep
from reports.catalogue import REPORTS

A_PAGE: Final = 50
_TONGUES: Final = {"ko": "한국어", "en": "English"}
_TONES: Final = {RunState.DONE: "good", RunState.FAILED: "bad", RunState.CANCELLED: "warn"}


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    id: UUID
    version: int
    name: str
    when: str
    report: str
    covers: str
    language: str
    formats: str
    recipients: int
    publishes: bool
    is_active: bool
    set_by: str
    address: str
    last_run: "RunLine | None"


@dataclass(frozen=True, slots=True)
class RunLine:
    """`mails` is how many were sent of how many there are to send, "" where there are none."""

    address: str
    title: str
    schedule: str
    begun_at: datetime
    asked_by: str
    state: str
    tone: str
    is_going: bool
    progress: int
    mails: str


@dataclass(frozen=True, slots=True)
class RunsPage:
    """`earlier` and `later` are addresses, "" where there is no such page."""

    runs: tuple[RunLine, ...]
    count: int
    is_going: bool
    here: str
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class MailLine:
    address: str
    state: str
    tone: str
    at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class RunFileLine:
    format: str
    address: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """`mails` is empty for a reader who is not told who got it."""

    line: RunLine
    as_of: datetime
    language: str
    publishes: bool
    started_at: datetime | None
    ended_at: datetime | None
    doing: str
    is_waiting: bool
    is_stopping: bool
    is_broken_off: bool
    fault: str
    error: str
    files: tuple[RunFileLine, ...]
    mails: tuple[MailLine, ...]
    edition: str
    may_cancel: bool
    may_start_again: bool


def schedule_lines(now: datetime) -> tuple[ScheduleLine, ...]:
    last = ReportRun.objects.filter(schedule=OuterRef("pk")).order_by("-created_at", "-id").values("pk")[:1]
    schedules = ReportSchedule.objects.filter(archived_at=None).annotate(last=Subquery(last))
    found = list(schedules.select_related("created_by").order_by("name", "id"))
    runs = {run.pk: run for run in _with_names().filter(pk__in=[one.last for one in found if one.last])}
    return tuple(_schedule(one, runs.get(one.last), now) for one in found)


def _schedule(schedule: ReportSchedule, last: ReportRun | None, now: datetime) -> ScheduleLine:
    return ScheduleLine(
        id=schedule.pk,
        version=schedule.version,
        name=schedule.name,
        when=when(schedule),
        report=str(REPORTS[schedule.report].name),
        covers=label(Covered(schedule.covers)),
        language=_TONGUES.get(schedule.language, schedule.language),
        formats=", ".join(format.upper() for format in schedule.formats),
        recipients=len(schedule.recipients),
        publishes=schedule.publishes,
        is_active=schedule.is_active,
        set_by=schedule.created_by.name,
        address=reverse("reports:schedule", args=[schedule.pk]),
        last_run=run_line(last, now) if last else None,
    )


def when(schedule: ReportSchedule) -> str:
    """The time in words."""
    days = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    if schedule.rhythm == Rhythm.WEEKLY:
        return _("every %(day)s") % {"day": days[schedule.day - 1]}
    if schedule.rhythm == Rhythm.MONTHLY:
        return _("monthly on day %(n)d") % {"n": schedule.day}
    return _("%(n)d days after the quarter's end") % {"n": schedule.day}


def runs_page(number: str, now: datetime) -> RunsPage:
    at = Paginator(_with_names().order_by("-created_at", "-id"), A_PAGE).get_page(number)
    lines = tuple(run_line(one, now) for one in at.object_list)
    return RunsPage(
        lines,
        at.paginator.count,
        any(line.is_going for line in lines),
        f"{reverse('reports:runs')}?page={at.number}",
        f"?page={at.number - 1}" if at.has_previous() else "",
        f"?page={at.number + 1}" if at.has_next() else "",
    )


def _with_names() -> QuerySet[ReportRun]:
    return ReportRun.objects.select_related("schedule", "asked_by").prefetch_related("mails")


def run_line(run: ReportRun, now: datetime) -> RunLine:
    is_broken = is_broken_off(run, now)
    state = RunState(run.state)
    sent = len([mail for mail in run.mails.all() if mail.sent_at])
    return RunLine(
        address=reverse("reports:run", args=[run.pk]),
        title=run.title or REPORTS[run.report].called(run.about, run.language),
        schedule=run.schedule.name if run.schedule else "",
        begun_at=run.created_at,
        asked_by=run.asked_by.name,
        state=pgettext("run", "Broken off") if is_broken else label(state),
        tone="bad" if is_broken else _TONES.get(state, ""),
        is_going=state in (RunState.QUEUED, RunState.RUNNING) and not is_broken,
        progress=run.progress,
        mails=f"{sent}/{len(run.recipients)}" if run.recipients else "",
    )


def run_page(run: ReportRun, now: datetime, *, may_schedule: bool) -> RunPage:
    line, is_broken = run_line(run, now), is_broken_off(run, now)
    doing = label(RunStep(run.step))
    return RunPage(
        line=line,
        as_of=run.as_of,
        language=_TONGUES.get(run.language, run.language),
        publishes=run.publishes,
        started_at=run.started_at,
        ended_at=run.ended_at,
        doing=f"{doing} · {_detail(run)}" if run.detail else doing,
        is_waiting=run.state == RunState.QUEUED,
        is_stopping=run.state == RunState.RUNNING and run.cancel_asked,
        is_broken_off=is_broken,
        fault=label(RunFault(run.fault)) if run.fault else "",
        error=run.error if may_schedule else "",
        files=tuple(_file(run, file) for file in run.files.all()),
        mails=tuple(_mails(run)) if may_schedule else (),
        edition=reverse("reports:publication", args=[run.pk]) if run.publishes and run.title else "",
        may_cancel=may_schedule and (line.is_going or is_broken) and not run.cancel_asked,
        may_start_again=may_schedule and may_start_again(run, now),
    )


def _detail(run: ReportRun) -> str:
    """What the step is at: a format as it is written everywhere, an address as it stands."""
    return run.detail.upper() if run.detail in FORMATS else run.detail


def _file(run: ReportRun, file: RunFile) -> RunFileLine:
    address = reverse("reports:run-file", args=[run.pk, file.format])
    return RunFileLine(file.format, address, file.size, file.sha256)


def _mails(run: ReportRun) -> list[MailLine]:
    claimed = {mail.address: mail for mail in run.mails.all()}
    return [_mail(address, claimed.get(address), run) for address in run.recipients]


def _mail(address: str, mail: RunMail | None, run: ReportRun) -> MailLine:
    if mail is None:
        return MailLine(address, pgettext("mail", "Not sent"), "", None, "")
    if mail.sent_at:
        return MailLine(address, pgettext("mail", "Sent"), "good", mail.sent_at, "")
    if mail.error:
        return MailLine(address, pgettext("mail", "Refused"), "bad", None, mail.error)
    if run.state == RunState.RUNNING:
        return MailLine(address, pgettext("mail", "Being sent"), "", None, "")
    cut = _("Cut off while it was sent: it may have gone out, and is not sent again.")
    return MailLine(address, pgettext("mail", "Unknown"), "warn", None, cut)
