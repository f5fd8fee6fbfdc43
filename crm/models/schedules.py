"""Reports that are sent by themselves, and every run of one: how far it is, what it kept, who got it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.schedules import FORMATS, LONGEST_DAY, MOST_RECIPIENTS, Covered, Rhythm, RunFault, RunState, RunStep

_LANGUAGES = [("ko", "한국어"), ("en", "English")]


def refuse_formats(formats: object) -> None:
    """Raises ValidationError: none, or one in which no report is made."""
    if not isinstance(formats, list) or not formats:
        raise ValidationError(_("Choose at least one format."))
    if unknown := [str(one) for one in formats if one not in FORMATS]:
        raise ValidationError(_("No report is made as %(format)s.") % {"format": ", ".join(unknown)})


def refuse_recipients(recipients: object) -> None:
    """Raises ValidationError naming what is no address; and for more than can be kept in view."""
    found: list[Any] = recipients if isinstance(recipients, list) else [recipients]
    if len(found) > MOST_RECIPIENTS:
        raise ValidationError(_("At most %(most)d recipients.") % {"most": MOST_RECIPIENTS})
    wrong = [str(one) for one in found if not _is_address(one)]
    if wrong:
        raise ValidationError(_("This is no e-mail address: %(wrong)s.") % {"wrong": ", ".join(wrong)})
    if len({one.casefold() for one in found}) < len(found):
        raise ValidationError(_("An address stands here twice."))


def _is_address(one: object) -> bool:
    try:
        validate_email(one if isinstance(one, str) else None)
    except ValidationError:
        return False
    return True


class ReportSchedule(Record):
    """A report that is made at certain times. `day`: so many days after the quarter's end, the day of the month, or
    the day of the week (Monday is 1). What was due before `starts_on` is not made up for. `publishes`: as an edition;
    otherwise as a draft."""

    name = models.CharField(_("name"), max_length=120)
    report = models.CharField(_("report"), max_length=30, default="quarterly")
    language = models.CharField(_("language"), max_length=5, choices=_LANGUAGES, default="ko")
    formats = models.JSONField(_("formats"), default=list, validators=[refuse_formats])
    covers = models.CharField(_("quarter told"), max_length=20, choices=choices(Covered), default=Covered.LAST_QUARTER)
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=choices(Rhythm), default=Rhythm.QUARTERLY)
    day = models.PositiveSmallIntegerField(_("on day"))
    starts_on = models.DateField()
    recipients = models.JSONField(_("recipients"), default=list, blank=True, validators=[refuse_recipients])
    publishes = models.BooleanField(_("publish as an edition"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_by = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("set by"))

    class Meta:
        verbose_name = _("report schedule")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        most = LONGEST_DAY.get(Rhythm(self.rhythm), 0) if self.rhythm in set(Rhythm) else 0
        if self.day is not None and most and not 1 <= self.day <= most:
            raise ValidationError({"day": _("A number from 1 to %(most)d.") % {"most": most}})


class ReportRun(Record):
    """One making and sending of a report. `key` is the schedule and the day it was due: no day is run twice.
    `attempt` counts how often it was taken in hand: who holds an earlier attempt writes nothing any more.
    `about` is the period, `detail` what the step is at, `error` the words of what went wrong."""

    schedule = models.ForeignKey(
        ReportSchedule, models.PROTECT, null=True, blank=True, related_name="runs", verbose_name=_("report schedule")
    )
    key = models.CharField(max_length=80, null=True, blank=True, unique=True)
    report = models.CharField(_("report"), max_length=30, default="quarterly")
    about = models.CharField(max_length=120)
    as_of = models.DateTimeField(_("as of"))
    language = models.CharField(_("language"), max_length=5, choices=_LANGUAGES, default="ko")
    formats = models.JSONField(_("formats"), default=list, validators=[refuse_formats])
    recipients = models.JSONField(_("recipients"), default=list, blank=True, validators=[refuse_recipients])
    publishes = models.BooleanField(_("publish as an edition"), default=False)
    asked_by = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    state = models.CharField(_("state"), max_length=10, choices=choices(RunState), default=RunState.QUEUED)
    step = models.CharField(max_length=10, choices=choices(RunStep), default=RunStep.WAITING)
    detail = models.CharField(max_length=260, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    fault = models.CharField(max_length=20, blank=True, choices=choices(RunFault))
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("report run")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state"], name="run_state")]

    def __str__(self) -> str:
        return self.title or self.about


class RunFile(Record):
    """One document of a run, as it was made. Size in bytes."""

    part_of = "run"

    run = models.ForeignKey(ReportRun, models.PROTECT, related_name="files")
    format = models.CharField(max_length=10)
    file = models.FileField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["format"]
        constraints = [models.UniqueConstraint(fields=["run", "format"], name="run_format_once")]


class RunMail(Record):
    """That one recipient's mail was taken in hand: the row comes before the mail, so that none is sent twice. Neither
    sent nor an error: it was cut off in between, and may have gone out."""

    part_of = "run"

    run = models.ForeignKey(ReportRun, models.PROTECT, related_name="mails")
    address = models.CharField(max_length=254)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["run", "address"], name="run_mail_once")]
