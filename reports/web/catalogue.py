"""The list of all reports, and the page and the files of whichever is asked for."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.asking import read_question
from reports.catalogue import REPORTS, Question, ReportKind
from reports.charts import FontMissing
from reports.documents import UnknownFormat
from reports.figures.asked import NotAnswerable
from reports.report import Report
from reports.web.entrance import ids_to_begin, may_do, moment, require, sight_for
from reports.web.files import file_of
from reports.web.pages import catalogue as pages


@login_required
@require_safe
def reports_page(request: HttpRequest) -> HttpResponse:
    """Every report, with what it tells."""
    require(request, "report.export")
    context = {"reports": REPORTS.values(), "may_schedule": may_do(request, "report.schedule")}
    return render(request, "reports/index.html", context)


@login_required
@require_safe
def report_page(request: HttpRequest, key: str) -> HttpResponse:
    """One report on a page; the form alone where it asks what it is about. The report comes after the form, by itself
    where the page asks for it and with the form where a person does: it is made whole, which takes its time."""
    kind = _kind(request, key)
    present = moment()
    now = present.now
    try:
        question = read_question(kind, request.GET.dict(), now)
    except NotAnswerable as refusal:
        return _refused(request, kind, now, str(refusal))
    page, is_part = None, bool(getattr(request, "htmx", False))
    later = pages.address_of(kind, question) if question is not None else ""
    if question is not None and (is_part or "whole" in request.GET):
        report = kind.kept_report(question, sight_for(request, present), present)
        if "table" in request.GET:
            return _table(request, kind, question, report)
        run, edition = ids_to_begin(request)
        page = pages.report_page(kind, question, report, run=run, edition=edition)
    if is_part and page is not None:
        return render(request, "reports/_report.html", {"page": page})
    context = {"kind": kind, "page": page, "later": later, "form": pages.form(kind, request.GET, now, question)}
    return render(request, "reports/one.html", context)


def _table(request: HttpRequest, kind: ReportKind, question: Question, report: Report) -> HttpResponse:
    try:
        page = pages.table_page(kind, question, report, request.GET["table"], request.GET.get("page", ""))
    except KeyError as error:
        raise Http404 from error
    return render(request, "reports/table.html", {"page": page})


@login_required
@require_safe
def report_document(request: HttpRequest, key: str) -> HttpResponse:
    """The report as a file: the same figures as the page, as of the same moment."""
    kind = _kind(request, key)
    present, wanted = moment(), request.GET.get("format", "xlsx")
    now = present.now
    try:
        question = read_question(kind, request.GET.dict(), now)
        if question is None:
            raise NotAnswerable(kind.asks[0], _("Say what the report is about."))
        return file_of(kind.kept_report(question, sight_for(request, present), present), wanted)
    except (NotAnswerable, UnknownFormat, FontMissing) as refusal:
        return _refused(request, kind, now, str(refusal))


def _kind(request: HttpRequest, key: str) -> ReportKind:
    """Raises PermissionDenied, Http404."""
    require(request, "report.export")
    if key not in REPORTS:
        raise Http404
    return REPORTS[key]


def _refused(request: HttpRequest, kind: ReportKind, now: datetime, message: str) -> HttpResponse:
    context = {"kind": kind, "message": message, "form": pages.form(kind, request.GET, now)}
    return render(request, "reports/one.html", context, status=422)


# What the tests of the policy read: a page without a rule fails them.
for _view in (reports_page, report_page, report_document):
    setattr(_view, "verb", "report.export")  # noqa: B010
