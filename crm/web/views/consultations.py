"""Consultations: recording one, putting one right."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.consultations import correct_consultation, record_sitting
from crm.models import Consultation, Event
from crm.web.entrance import FORM, PageRequest, back, caller, came_from, found_or_404, page, that_stand
from crm.web.forms.consultations import ConsultationForm
from crm.web.refusals import done


@page("consultation.record", FORM)
def consultation_new(request: PageRequest, pk: UUID) -> HttpResponse:
    """A sitting at this event, as its log has it."""
    event = found_or_404(request, that_stand(request, Event), pk=pk)
    form = ConsultationForm(request.POST or None, event=event)
    if request.method == "POST" and (form.already_saved() or done(form, lambda: _record(request, form))):
        messages.success(request, _("The consultation was saved."))
        return redirect("event", pk)
    return render(request, "consultations/new.html", {"form": form, "event": event})


@page("consultation.update", FORM)
def consultation(request: PageRequest, pk: UUID) -> HttpResponse:
    """What was recorded of a sitting. Its amounts are corrected by reversal, which takes a reason."""
    found = found_or_404(request, Consultation.objects.select_related("event", "exhibitor", "buyer"), pk=pk)
    if found.archived_at is not None:
        return redirect("event", found.event_id)
    form = ConsultationForm(request.POST or None, record=found)
    if request.method == "POST" and done(form, lambda: _correct(request, found, form)):
        messages.success(request, _("The consultation was saved."))
        return back(request, reverse("event", args=[found.event_id]))
    return render(
        request, "consultations/form.html", {"form": form, "consultation": found, "came_from": came_from(request)}
    )


def _correct(request: PageRequest, found: Consultation, form: ConsultationForm) -> Consultation:
    typed = form.cleaned_data
    told = {"reason": typed["reason"], "version": typed["version"]}
    return correct_consultation(caller(request, typed["reason"]), found, form.said(), **told, **form.values())


def _record(request: PageRequest, form: ConsultationForm) -> Consultation:
    return record_sitting(caller(request), form.said(), form.cleaned_data["source"], **form.values())
