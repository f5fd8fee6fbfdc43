"""Targets of a year or an event, and what an event cost."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.targets import (
    change_cost,
    change_target,
    record_cost,
    remove_cost,
    remove_target,
    restore_cost,
    restore_target,
    set_target,
)
from crm.models import Event, EventCost, Target
from crm.web.entrance import DEED, FORM, PageRequest, back, caller, found_or_404, page, that_stand, today
from crm.web.forms.targets import CostForm, TargetForm
from crm.web.pages.targets import target_place, targets_page
from crm.web.refusals import REFUSED, done, messages_of
from crm.web.undoing import tell_with_undo

_YEARS = range(1995, 2101)


@page("record.read")
def targets(request: PageRequest, year: int | None = None) -> HttpResponse:
    shown = today().year if year is None else year
    if shown not in _YEARS:
        raise Http404
    return render(request, "targets/list.html", {"page": targets_page(shown, request.user)})


@page("target.set", FORM)
def target_new(request: PageRequest) -> HttpResponse:
    event = _event_named(request)
    form = TargetForm(request.POST or None, today=today(), event=event)
    if request.method == "POST":
        present = form.already_saved()
        if present or done(form, lambda: set_target(caller(request), **form.values())):
            messages.success(request, _("The target was saved."))
            return _back(Target.objects.get(pk=form.cleaned_data["id"]))
    return _form(request, form, event)


def _event_named(request: PageRequest) -> Event | None:
    named = request.GET.get("event", "")
    try:
        return get_object_or_404(that_stand(request, Event), pk=UUID(named)) if named else None
    except ValueError as error:
        raise Http404 from error


@page("target.set", FORM)
def target(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Target, pk=pk, archived_at=None)
    form = TargetForm(request.POST or None, today=today(), event=found.event, record=found)
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: change_target(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The target was saved."))
            return _back(found)
    return _form(request, form, found.event)


@page("target.set", DEED)
def target_remove(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Target, pk=pk)
    try:
        remove_target(caller(request), found)
        told = _("The target was removed. What was known until now stays known.")
        tell_with_undo(request, told, reverse("target-restore", args=[pk]))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return _back(found)


@page("target.set", DEED)
def target_restore(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Target, pk=pk)
    try:
        restore_target(caller(request), found)
        messages.success(request, _("The target stands again."))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    name, argument = target_place(found)
    return back(request, reverse(name, args=[argument]))


def _back(found: Target) -> HttpResponse:
    name, argument = target_place(found)
    return redirect(name, argument)


def _form(request: PageRequest, form: TargetForm, event: Event | None) -> HttpResponse:
    return render(request, "targets/form.html", {"form": form, "event": event, "target": form.record})


@page("event.update", FORM)
def cost_new(request: PageRequest, pk: UUID) -> HttpResponse:
    event = found_or_404(request, Event, pk=pk)
    form = CostForm(request.POST or None)
    if request.method == "POST" and (
        form.already_saved() or done(form, lambda: record_cost(caller(request), event=event, **form.values()))
    ):
        messages.success(request, _("The cost was saved."))
        return redirect("event", pk)
    return _cost_form(request, form, event)


@page("event.update", FORM)
def cost(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, EventCost.objects.select_related("event"), pk=pk, archived_at=None)
    form = CostForm(request.POST or None, record=found)
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: change_cost(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The cost was saved."))
            return redirect("event", found.event_id)
    return _cost_form(request, form, found.event)


@page("event.update", DEED)
def cost_remove(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, EventCost, pk=pk)
    try:
        remove_cost(caller(request), found)
        tell_with_undo(request, _("The cost was removed."), reverse("cost-restore", args=[pk]))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return redirect("event", found.event_id)


@page("event.update", DEED)
def cost_restore(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, EventCost, pk=pk)
    try:
        restore_cost(caller(request), found)
        messages.success(request, _("The cost stands again."))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return back(request, reverse("event", args=[found.event_id]))


def _cost_form(request: PageRequest, form: CostForm, event: Event) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "event": event, "cost": form.record}
    return render(request, "targets/cost.html", context)
