"""Participations: the list, its file, recording and changing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from crm.actions.events import record_participation, update_participation
from crm.models import Participation
from crm.permissions import may
from crm.web.entrance import FORM, PageRequest, caller, found_or_404, page
from crm.web.forms.participations import ParticipationForm
from crm.web.pages.links import Link
from crm.web.pages.participations import PARTICIPATIONS
from crm.web.refusals import done
from crm.web.text import day_text
from crm.web.views.listing import show_file, show_list


@page("record.read")
def participations(request: PageRequest) -> HttpResponse:
    new = Link(_("Record a participation"), reverse("participation-new"))
    return show_list(request, PARTICIPATIONS, new=new if may(request.user, "participation.record") else None)


@page("report.export")
def participations_export(request: PageRequest) -> HttpResponse:
    return show_file(request, PARTICIPATIONS)


@page("participation.record", FORM)
def participation_new(request: PageRequest) -> HttpResponse:
    form = ParticipationForm(request.POST or None, initial={"event": request.GET.get("event", "")})
    if request.method == "POST" and (
        form.already_saved() or done(form, lambda: record_participation(caller(request), **form.values()))
    ):
        messages.success(request, _("The participation was saved."))
        return redirect("event", form.cleaned_data["event"].pk)
    return render(request, "participations/form.html", {"form": form})


@page("record.read", FORM, to_post="participation.update")
def participation(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Participation.objects.select_related("event", "organisation"), pk=pk)
    form = ParticipationForm(request.POST or None, record=found)
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: update_participation(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The participation was saved."))
            return redirect("participations")
    shown: dict[str, Any] = {"form": form, "participation": found, "may_edit": _may_edit(request, found)}
    if found.archived_at:
        shown["archived"] = day_text(localdate(found.archived_at))
    return render(request, "participations/form.html", shown)


def _may_edit(request: PageRequest, found: Participation) -> bool:
    return found.archived_at is None and may(request.user, "participation.update", found)
