"""Organisations: the list, one organisation, recording and changing it, and its other names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.organisations import add_alias, record_organisation, update_organisation
from crm.models import Organisation
from crm.permissions import may
from crm.queries.search import organisations_matching
from crm.web.entrance import FORM, PageRequest, caller, page, today
from crm.web.forms.organisations import AliasForm, OrganisationForm
from crm.web.pages.links import Link, record_link
from crm.web.pages.organisation_part import organisation_part
from crm.web.pages.organisations import ORGANISATIONS, organisation_page
from crm.web.refusals import attempt, done
from crm.web.views.later import later
from crm.web.views.leading_on import led_on
from crm.web.views.listing import show_file, show_list

OFFERED = 12


@page("record.read")
def organisations(request: PageRequest) -> HttpResponse:
    deeds = [Link(_("Possible duplicates"), reverse("similar-pairs"))]
    new = Link(_("Record an organisation"), reverse("organisation-new"))
    return show_list(request, ORGANISATIONS, deeds, new if may(request.user, "organisation.record") else None)


@page("report.export")
def organisations_export(request: PageRequest) -> HttpResponse:
    return show_file(request, ORGANISATIONS)


@page("record.read")
def organisation_names(request: PageRequest) -> HttpResponse:
    """Names to choose from while one is being typed: the field's own name does not matter."""
    typed = str(next(iter(request.GET.values()), ""))[:100]
    names = organisations_matching(typed).values_list("name", flat=True)[:OFFERED] if typed.strip() else []
    return render(request, "organisations/names.html", {"names": list(names)})


@page("record.read")
def organisation(request: PageRequest, pk: UUID) -> HttpResponse:
    """One that was merged leads to the one that it is part of."""
    found = get_object_or_404(Organisation, pk=pk)
    if on := led_on(request, found, "organisation"):
        return on
    history_at = reverse("organisation-history", args=[pk])
    shown = {"page": organisation_page(found, request.user), "history_at": history_at}
    return render(request, "organisations/detail.html", shown)


@page("record.read")
def organisation_parts(request: PageRequest, pk: UUID) -> HttpResponse:
    """What else was done with it: consultations, pitches, demonstrations, follow-ups; the first of each, or all."""
    found = get_object_or_404(Organisation, pk=pk)
    part = organisation_part(found, request.user, today(), is_whole="whole" in request.GET)
    return later(request, record_link(found), "organisations/_part.html", {"page": part})


@page("organisation.record", FORM)
def organisation_new(request: PageRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST":
        if present := form.already_saved():
            messages.info(request, _("This was saved already."))
            return redirect("organisation", present.pk)
        act = lambda: record_organisation(caller(request), aliases=form.aliases(), **form.values())  # noqa: E731
        if saved := attempt(form, act):
            messages.success(request, _("The organisation was saved."))
            return redirect("organisation", saved.pk)
    return render(request, "organisations/form.html", {"form": form})


@page("organisation.update", FORM)
def organisation_edit(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    # What was typed over another's fields is not written there: the action says where they stand.
    if request.method != "POST" and (on := led_on(request, found, "organisation-edit")):
        return on
    form = OrganisationForm(request.POST or None, record=found)
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: update_organisation(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The organisation was saved."))
            return redirect("organisation", pk)
    return render(request, "organisations/form.html", {"form": form, "organisation": found})


@page("organisation.update", FORM)
def alias_new(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    if request.method != "POST" and (on := led_on(request, found, "alias-new")):
        return on
    form = AliasForm(request.POST or None)
    current = found.current()
    if request.method == "POST" and (
        form.already_saved() or done(form, lambda: add_alias(caller(request), current, **form.values()))
    ):
        messages.success(request, _("The alias was saved."))
        return redirect("organisation", pk)
    return render(request, "organisations/alias.html", {"form": form, "organisation": current})
