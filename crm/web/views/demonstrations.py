"""Demonstrations: the list, one, recording and changing it, its KPIs, its steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.demonstrations import record_demonstration, set_kpis, take_demonstration_step, update_demonstration
from crm.models import Demonstration
from crm.queries.demonstrations import kpis_of
from crm.values.demonstrations import DemonstrationStage
from crm.web.entrance import FORM, PageRequest, caller, found_or_404, page, today
from crm.web.forms.demonstrations import (
    DemonstrationForm,
    DemonstrationsForm,
    DemonstrationStepForm,
    KpiFormSet,
    VersionForm,
)
from crm.web.pages.demonstrations import ahead_lines, demonstration_page, demonstrations_page
from crm.web.refusals import attempt, done


@page("record.read")
def demonstrations(request: PageRequest) -> HttpResponse:
    form = DemonstrationsForm(request.GET)
    query = {name: str(value) for name, value in request.GET.items() if name != "page"}
    found = demonstrations_page(form.asked(), request.GET.get("page", ""), query, request.user, today())
    return render(request, "demonstrations/list.html", {"page": found, "form": form})


@page("record.read")
def demonstration(request: PageRequest, pk: UUID) -> HttpResponse:
    history_at = reverse("demonstration-history", args=[pk])
    context = {"page": demonstration_page(_found(request, pk), request.user, today()), "history_at": history_at}
    return render(request, "demonstrations/detail.html", context)


@page("demonstration.record", FORM)
def demonstration_new(request: PageRequest) -> HttpResponse:
    form = DemonstrationForm(request.POST or None, today=today())
    if request.method == "POST":
        if present := form.already_saved():
            messages.info(request, _("This was saved already."))
            return redirect("demonstration", present.pk)
        if saved := attempt(form, lambda: record_demonstration(caller(request), **form.values())):
            messages.success(request, _("The demonstration was saved."))
            return redirect("demonstration", saved.pk)
    return _form(request, form)


@page("demonstration.update", FORM)
def demonstration_edit(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    form = DemonstrationForm(request.POST or None, record=found, today=today())
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: update_demonstration(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The demonstration was saved."))
            return redirect("demonstration", pk)
    return _form(request, form, demonstration=found)


def _form(request: PageRequest, form: DemonstrationForm, **more: Any) -> HttpResponse:
    return render(request, "demonstrations/form.html", {"form": form, **more})


@page("demonstration.update", FORM)
def demonstration_kpis(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    data = request.POST if request.method == "POST" else None
    form = VersionForm(data, initial={"version": found.version})
    rows = KpiFormSet(data, prefix="kpis", initial=_kpi_rows(found), form_kwargs={"today": today()})
    if data is not None and rows.is_valid() and done(form, lambda: _set_kpis(request, found, form, rows)):
        messages.success(request, _("The KPIs were saved."))
        return redirect("demonstration", pk)
    return render(request, "demonstrations/kpis.html", {"form": form, "rows": rows, "demonstration": found})


def _kpi_rows(demonstration: Demonstration) -> list[dict[str, Any]]:
    return [
        {
            "name": kpi.name,
            "unit": kpi.unit,
            "target": _plain(kpi.target),
            "measured": _plain(kpi.measured),
            "measured_on": kpi.measured_on,
            "lower_is_better": kpi.lower_is_better,
        }
        for kpi in kpis_of(demonstration)
    ]


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _set_kpis(request: PageRequest, found: Demonstration, form: VersionForm, rows: Any) -> Demonstration:
    return set_kpis(caller(request), found, rows.kpis(), version=form.cleaned_data["version"])


@page("demonstration.step", FORM)
def demonstration_step(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    initial = {"version": found.version, "taken_on": today(), "stage": request.GET.get("stage", "")}
    form = DemonstrationStepForm(request.POST or None, at=found.stage, initial=initial)
    if request.method == "POST" and done(form, lambda: _step(request, found, form.cleaned_data)):
        messages.success(request, _("The step was recorded."))
        return redirect("demonstration", pk)
    fresh = _found(request, pk)
    ahead = ahead_lines(fresh, today(), list(kpis_of(fresh)))
    context = {"form": form, "demonstration": found, "ahead": ahead}
    return render(request, "demonstrations/step.html", context)


def _step(request: PageRequest, found: Demonstration, typed: dict[str, Any]) -> Demonstration:
    stage = DemonstrationStage(typed.pop("stage"))
    return take_demonstration_step(caller(request, typed["reason"]), found, stage, **typed)


def _found(request: PageRequest, pk: UUID) -> Demonstration:
    about = ("applicant", "site_unit", "lead_unit")
    return found_or_404(request, Demonstration.objects.select_related(*about), pk=pk)
