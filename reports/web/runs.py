"""The pages of runs: the log, one run with its progress, starting, cancelling, starting again, the files."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from crm.actions.base import Conflict
from crm.actions.report_runs import cancel_run, start_again, start_run
from crm.jobs.reports import hand_to_worker
from crm.models import ReportRun, RunFile
from crm.values.schedules import RunState
from reports.asking import read_posted
from reports.documents import CONTENT_TYPES, FORMATS
from reports.figures.asked import NotAnswerable
from reports.web.entrance import caller_of, may_do, require
from reports.web.pages import runs as pages


def _part_or_page(request: HttpRequest, part: str, whole: str, page: object) -> HttpResponse:
    """The part alone where the page asks for it again by itself."""
    template = part if request.headers.get("HX-Request") else whole
    answer = render(request, template, {"page": page, "may_schedule": may_do(request, "report.schedule")})
    add_never_cache_headers(answer)
    return answer


@login_required
@require_safe
def runs_page(request: HttpRequest) -> HttpResponse:
    """Everything that was run, the newest first."""
    require(request, "report.export")
    page = pages.runs_page(request.GET.get("page", ""), timezone.now())
    return _part_or_page(request, "reports/_runs.html", "reports/runs.html", page)


@login_required
@require_safe
def run_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One run: how far it is, its files, and for those who may schedule who got it."""
    require(request, "report.export")
    run = get_object_or_404(ReportRun.objects.select_related("schedule", "asked_by"), pk=pk)
    page = pages.run_page(run, timezone.now(), may_schedule=may_do(request, "report.schedule"))
    return _part_or_page(request, "reports/_run.html", "reports/run.html", page)


@login_required
@require_safe
def run_file(request: HttpRequest, pk: UUID, format: str) -> HttpResponseBase:
    """A document exactly as it was made."""
    require(request, "report.export")
    file = get_object_or_404(RunFile, run=pk, format=format)
    try:
        content = file.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=file.file_name, content_type=CONTENT_TYPES[format])


@login_required
@require_POST
def run_start(request: HttpRequest) -> HttpResponse:
    """Makes the report that the page shows in the background. The form carries the run's id."""
    require(request, "report.schedule")
    try:
        kind, question = read_posted(request.POST.dict(), timezone.now())
        pk, about = UUID(request.POST.get("id", "")), kind.about(question)
        run = start_run(caller_of(request), kind.key, about, question.as_of, question.language, FORMATS, id=pk)
    except (NotAnswerable, Conflict, ValidationError) as refusal:
        messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
        return redirect("reports:index")
    except ValueError as error:
        raise Http404 from error
    return _handed_over(run)


def _handed_over(run: ReportRun) -> HttpResponse:
    if run.state == RunState.QUEUED:
        hand_to_worker(run.pk)
    return redirect("reports:run", run.pk)


@login_required
@require_POST
def run_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    require(request, "report.schedule")
    try:
        cancel_run(caller_of(request), get_object_or_404(ReportRun, pk=pk))
    except Conflict as refusal:
        messages.error(request, str(refusal))
    return redirect("reports:run", pk)


@login_required
@require_POST
def run_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Starts it again where it failed, was cancelled or broke off: what was sent is not sent again."""
    require(request, "report.schedule")
    try:
        return _handed_over(start_again(caller_of(request), get_object_or_404(ReportRun, pk=pk)))
    except Conflict as refusal:
        messages.error(request, str(refusal))
    return redirect("reports:run", pk)


# What the tests of the policy read: a page without a rule fails them.
for _verb, _views in (
    ("report.export", (runs_page, run_page, run_file)),
    ("report.schedule", (run_start, run_cancel, run_again)),
):
    for _view in _views:
        setattr(_view, "verb", _verb)  # noqa: B010
