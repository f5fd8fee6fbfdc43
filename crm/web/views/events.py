"""Events: the list, one event, recording and changing it, and what sources claim."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.events import confirm_claim, record_event, state_claim, update_event
from crm.models import Event, EventClaim
from crm.permissions import may
from crm.values.measures import EventKind
from crm.web.entrance import DEED, FORM, PageRequest, caller, page, today
from crm.web.forms.events import ClaimForm, EventForm
from crm.web.pages.events import EVENTS, event_page, event_part
from crm.web.pages.history import history_lines
from crm.web.pages.links import Link, record_link
from crm.web.pages.pitches import competition
from crm.web.pages.targets import event_result_section
from crm.web.refusals import REFUSED, attempt, done, messages_of
from crm.web.views.later import later
from crm.web.views.listing import show_file, show_list


@page("record.read")
def events(request: PageRequest) -> HttpResponse:
    new = Link(_("Record an event"), reverse("event-new"))
    return show_list(request, EVENTS, new=new if may(request.user, "event.record") else None)


@page("report.export")
def events_export(request: PageRequest) -> HttpResponse:
    return show_file(request, EVENTS)


@page("record.read")
def event(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Event.objects.select_related("lead_unit"), pk=pk)
    history_at = reverse("event-history", args=[pk])
    shown: dict[str, Any] = {"page": event_page(found, request.user), "history_at": history_at}
    if "whole" in request.GET:
        shown["result"] = event_result_section(found, request.user, caller(request).now)
        shown["part"] = event_part(found, request.user, today())
        shown["competition"] = competition(found, request.user)
        shown["history"] = history_lines(found)
    return render(request, "events/detail.html", shown)


@page("record.read")
def event_result(request: PageRequest, pk: UUID) -> HttpResponse:
    """What it reached of its targets, and what it cost."""
    found = get_object_or_404(Event, pk=pk)
    result = event_result_section(found, request.user, caller(request).now)
    return later(request, record_link(found), "events/_result.html", {"result": result})


@page("record.read")
def event_parts(request: PageRequest, pk: UUID) -> HttpResponse:
    """Who was there, what was talked about, and what is to be done."""
    found = get_object_or_404(Event, pk=pk)
    part = event_part(found, request.user, today())
    return later(request, record_link(found), "events/_part.html", {"page": part})


@page("record.read")
def event_competition(request: PageRequest, pk: UUID) -> HttpResponse:
    """The rounds and ranking of a pitch competition."""
    found = get_object_or_404(Event, pk=pk, kind=EventKind.PITCH_COMPETITION)
    shown = {"competition": competition(found, request.user)}
    return later(request, record_link(found), "pitches/_competition.html", shown)


def _form(request: PageRequest, form: EventForm, **more: Any) -> HttpResponse:
    return render(request, "events/form.html", {"form": form, **more})


@page("event.record", FORM)
def event_new(request: PageRequest) -> HttpResponse:
    form = EventForm(request.POST or None, today=today())
    if request.method == "POST":
        if present := form.already_saved():
            messages.info(request, _("This was saved already."))
            return redirect("event", present.pk)
        if saved := attempt(form, lambda: record_event(caller(request), **form.values())):
            messages.success(request, _("The event was saved."))
            return redirect("event", saved.pk)
    return _form(request, form)


@page("event.update", FORM)
def event_edit(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Event, pk=pk)
    form = EventForm(request.POST or None, record=found, today=today())
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: update_event(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The event was saved."))
            return redirect("event", pk)
    return _form(request, form, event=found)


@page("event.claim", FORM)
def claim_new(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Event, pk=pk)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and (
        form.already_saved() or done(form, lambda: state_claim(caller(request), found, **form.values()))
    ):
        messages.success(request, _("The claim was saved."))
        return redirect("event", pk)
    return render(request, "events/claim.html", {"form": form, "event": found})


@page("event.claim", DEED)
def claim_confirm(request: PageRequest, pk: UUID) -> HttpResponse:
    claim = get_object_or_404(EventClaim.objects.select_related("event"), pk=pk)
    try:
        confirm_claim(caller(request), claim)
        messages.success(request, _("The claim was confirmed; the one confirmed before stays beside it."))
    except REFUSED as error:
        messages.error(request, messages_of(error))
    return redirect("event", claim.event_id)
