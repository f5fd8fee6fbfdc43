"""The pages of schedules: the list, setting and changing one, stopping it, taking it up again, running it now."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from crm.actions.base import Conflict, Stale
from crm.actions.report_runs import start_scheduled
from crm.actions.schedules import change_schedule, set_schedule, stop_schedule
from crm.jobs.reports import hand_to_worker
from crm.models import ReportSchedule
from crm.values.numbers import number_in
from crm.values.schedules import RunState
from reports.web.entrance import caller_of, require
from reports.web.pages import runs as pages
from reports.web.schedule_form import ScheduleForm

_VERB = "report.schedule"


@login_required
@require_safe
def schedules_page(request: HttpRequest) -> HttpResponse:
    """Every schedule with its last run. Each button to run one carries the run's id: pressed twice it is one run."""
    require(request, _VERB)
    lines = [(line, uuid7()) for line in pages.schedule_lines(timezone.now())]
    return render(request, "reports/schedules.html", {"lines": lines})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_page(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """The form: of a new schedule, or of one that is changed."""
    require(request, _VERB)
    schedule = get_object_or_404(ReportSchedule, pk=pk) if pk else None
    form = ScheduleForm(request.POST or None, schedule=schedule)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, _("The schedule was saved."))
        return redirect("reports:schedules")
    return render(request, "reports/schedule.html", {"form": form, "schedule": schedule})


def _saved(request: HttpRequest, form: ScheduleForm) -> bool:
    """Whether the action took it; otherwise the form says why not."""
    try:
        if form.schedule is None:
            set_schedule(caller_of(request), **form.values())
        else:
            change_schedule(caller_of(request), form.schedule, **form.values())
    except ValidationError as error:
        form.put(error)
    except Stale:
        form.add_error(None, Stale.told)
    except Conflict as conflict:
        form.add_error(None, str(conflict))
    return form.is_valid()


@login_required
@require_POST
def schedule_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    require(request, _VERB)
    try:
        stop_schedule(caller_of(request), get_object_or_404(ReportSchedule, pk=pk))
        messages.success(request, _("The schedule was stopped. Nothing is sent by it any more."))
    except Stale:
        messages.error(request, Stale.told)
    return redirect("reports:schedules")


@login_required
@require_POST
def schedule_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes one active again that was stopped. What was due meanwhile is not made up for."""
    require(request, _VERB)
    seen = number_in(request.POST.get("version", ""), -1)
    try:
        schedule = get_object_or_404(ReportSchedule, pk=pk)
        change_schedule(caller_of(request), schedule, version=seen, is_active=True)
        messages.success(request, _("The schedule is active again. What was due meanwhile is not made up for."))
    except Stale:
        messages.error(request, Stale.told)
    return redirect("reports:schedules")


@login_required
@require_POST
def schedule_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Runs it now, in the background."""
    require(request, _VERB)
    schedule = get_object_or_404(ReportSchedule, pk=pk)
    try:
        run = start_scheduled(caller_of(request), schedule, id=UUID(request.POST.get("id", "")))
    except ValueError:
        return redirect("reports:schedules")
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("reports:schedules")
    if run.state == RunState.QUEUED:
        hand_to_worker(run.pk)
    return redirect("reports:run", run.pk)


# What the tests of the policy read: a page without a rule fails them.
for _view in (schedules_page, schedule_page, schedule_stop, schedule_resume, schedule_run):
    setattr(_view, "verb", _VERB)  # noqa: B010
