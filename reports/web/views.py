"""The leaders' pages. The clock is read here, and passed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from crm.permissions import EVERYTHING
from crm.queries.at_hand import tree_for
from reports.asking import read_asked
from reports.building.parts import OF_RECORDS
from reports.figures import definitions
from reports.figures.asked import NotAnswerable
from reports.web.entrance import ids_to_begin, moment, reader_of, require, sight_for
from reports.web.pages import dashboard as dashboards
from reports.web.pages import entries
from reports.web.pages import quarterly as pages
from reports.web.tracing import found_by


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
    require(request, "report.export")
    present = moment()
    try:
        asked = read_asked(request.GET.dict(), present.now)
    except NotAnswerable as refusal:
        return _refused(request, refusal)
    typed, whole = request.GET.get("as_of", "")[:10], "whole" in request.GET
    sight = sight_for(request, present) if whole else None
    run, edition = ids_to_begin(request)
    page = pages.quarterly_page(asked, typed, present, sight, run=run, edition=edition)
    return render(request, "reports/quarterly.html", {"page": page, "may_schedule": run is not None})


@login_required
@require_safe
def quarterly_part(request: HttpRequest, key: str) -> HttpResponse:
    """A part of the report by itself: the fragment where the page asks for it, a page with it where a person does."""
    require(request, "report.export")
    turned = request.GET.get("table", ""), request.GET.get("page", "")
    try:
        present = moment()
        asked = read_asked(request.GET.dict(), present.now)
        sight = sight_for(request, present) if key in OF_RECORDS else EVERYTHING
        part = pages.quarterly_part(key, asked, sight, present, *turned)
    except NotAnswerable as refusal:
        return _refused(request, refusal)
    except KeyError as error:
        raise Http404 from error
    alone = not getattr(request, "htmx", False)
    return render(request, "reports/part.html" if alone else "reports/_part.html", {"part": part, "asked": asked})


@login_required
@require_safe
def dashboard_page(request: HttpRequest) -> HttpResponse:
    """Where the city stands, as of now."""
    require(request, "report.export")
    try:
        year, whole = request.GET.get("year", ""), "whole" in request.GET
        page = dashboards.dashboard_page(year, moment(), tree_for(reader_of(request)), whole)
    except NotAnswerable as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:dashboard")
    return render(request, "reports/dashboard.html", {"page": page})


@login_required
@require_safe
def dashboard_panel(request: HttpRequest, key: str) -> HttpResponse:
    """A panel by itself: the fragment where the page asks for it, a page with it where a person does."""
    require(request, "report.export")
    typed = request.GET.get("year", ""), request.GET.get("page", "")
    try:
        year, panel = dashboards.dashboard_panel(key, *typed, moment(), tree_for(reader_of(request)))
    except NotAnswerable as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:dashboard")
    except KeyError as error:
        raise Http404 from error
    alone = not getattr(request, "htmx", False)
    return render(request, "reports/panel.html" if alone else "reports/_panel.html", {"panel": panel, "year": year})


@login_required
@require_safe
def entries_page(request: HttpRequest) -> HttpResponse:
    """What is behind a number: the entries that add up to it."""
    require(request, "report.export")
    try:
        present = moment()
        page = entries.entries_page(request.GET.dict(), present.now, sight_for(request, present))
    except NotAnswerable as refusal:
        return _refused(request, refusal)
    return render(request, "reports/entries.html", {"page": page})


@login_required
@require_safe
def trace_page(request: HttpRequest) -> HttpResponse:
    """From the code under a printed table to the same table of the same report, as of the same moment; by way of the
    rules that have changed since it was printed, where there are any."""
    require(request, "report.export")
    typed = request.GET.get("code")
    if typed is None:
        return render(request, "reports/trace.html")
    try:
        found = found_by(typed)
    except NotAnswerable as refusal:
        return render(request, "reports/trace.html", {"message": str(refusal), "typed": typed[:60]}, status=422)
    if not found.changed:
        return redirect(found.address)
    return render(request, "reports/trace.html", {"found": found, "today": definitions.VERSION, "typed": typed[:60]})


# What the tests of the policy read: a page without a rule fails them.
_reports: tuple[Any, ...] = (quarterly_page, quarterly_part, entries_page, trace_page)
_standing: tuple[Any, ...] = (dashboard_page, dashboard_panel)
for _view in (*_reports, *_standing):
    _view.verb = "report.export"
