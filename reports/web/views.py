"""The leaders' pages. The clock is read here, and passed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from uuid_utils.compat import uuid7

from crm.permissions import may, sight_of
from crm.queries.at_hand import tree_for
from reports import documents
from reports.building.quarterly import build_quarterly
from reports.charts import FontMissing
from reports.figures.asked import NotAnswerable
from reports.figures.quarterly import quarterly
from reports.web.asking import read_asked
from reports.web.pages import dashboard as dashboards
from reports.web.pages import entries
from reports.web.pages import quarterly as pages
from reports.web.tracing import address_of


def _may_export(request: HttpRequest) -> None:
    if not may(request.user, "report.export"):  # type: ignore[arg-type]
        raise PermissionDenied


def _refused(request: HttpRequest, refusal: NotAnswerable, status: int = 422) -> HttpResponse:
    language = translation.get_language() or "ko"
    context = {
        "message": str(refusal),
        "field": refusal.field,
        "quarters": pages.choosable_quarters(None, timezone.now(), language),
        "period": request.GET.get("period", ""),
        "as_of_text": request.GET.get("as_of", ""),
    }
    return render(request, "reports/refused.html", context, status=status)


@login_required
@require_safe
def quarterly_page(request: HttpRequest) -> HttpResponse:
    _may_export(request)
    now = timezone.now()
    try:
        asked = read_asked(request.GET, now)
    except NotAnswerable as refusal:
        return _refused(request, refusal)
    page = pages.quarterly_page(asked, request.GET.get("as_of", "")[:10], now, sight_of(request.user))  # type: ignore[arg-type]
    # The edition's id goes out with the form: pressed twice it is one edition.
    edition = uuid7() if may(request.user, "report.publish") else None  # type: ignore[arg-type]
    return render(request, "reports/quarterly.html", {"page": page, "edition": edition})


@login_required
@require_safe
def dashboard_page(request: HttpRequest) -> HttpResponse:
    """Where the city stands, as of now."""
    _may_export(request)
    now = timezone.now()
    try:
        page = dashboards.dashboard_page(request.GET.get("year", ""), now, tree_for(request.user))  # type: ignore[arg-type]
    except NotAnswerable as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:dashboard")
    return render(request, "reports/dashboard.html", {"page": page})


@login_required
@require_safe
def quarterly_document(request: HttpRequest) -> HttpResponse:
    """The report as a file: the same figures as the page, as of the same moment."""
    _may_export(request)
    wanted = request.GET.get("format", "xlsx")
    try:
        asked = read_asked(request.GET, timezone.now())
        report = build_quarterly(quarterly(asked.period, asked.as_of), asked.language, sight_of(request.user))  # type: ignore[arg-type]
        content = documents.render(report, wanted)
    except NotAnswerable as refusal:
        return _refused(request, refusal)
    except (documents.UnknownFormat, FontMissing) as error:
        return _refused(request, NotAnswerable("format", str(error)))
    response = HttpResponse(content, content_type=documents.CONTENT_TYPES[wanted])
    response["Content-Disposition"] = f'attachment; filename="{documents.file_name(report, wanted)}"'
    add_never_cache_headers(response)
    return response


@login_required
@require_safe
def entries_page(request: HttpRequest) -> HttpResponse:
    """What is behind a number: the entries that add up to it."""
    _may_export(request)
    try:
        page = entries.entries_page(request.GET.dict(), timezone.now(), sight_of(request.user))  # type: ignore[arg-type]
    except NotAnswerable as refusal:
        return _refused(request, refusal)
    return render(request, "reports/entries.html", {"page": page})


@login_required
@require_safe
def trace_page(request: HttpRequest) -> HttpResponse:
    """From the code under a printed table to the same table of the same report, as of the same moment."""
    _may_export(request)
    typed = request.GET.get("code")
    if typed is None:
        return render(request, "reports/trace.html")
    try:
        return redirect(address_of(typed))
    except NotAnswerable as refusal:
        return render(request, "reports/trace.html", {"message": str(refusal), "typed": typed[:60]}, status=422)


# What the tests of the policy read: a page without a rule fails them.
for _view in (quarterly_page, dashboard_page, quarterly_document, entries_page, trace_page):
    _view.verb = "report.export"  # type: ignore[attr-defined]
