"""Stages: the rules of every kind, taking a step, registering what was realised."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from crm.actions.realisation import record_realisation
from crm.actions.stages import take_step
from crm.models import LedgerEntry, Outcome
from crm.models.labels import label
from crm.values.money import echo
from crm.values.stages import Stage
from crm.web.entrance import FORM, PageRequest, caller, found_or_404, page, today
from crm.web.forms.base import show_again
from crm.web.forms.stages import RealisationForm, StepForm
from crm.web.pages.stages import stage_rules, step_page
from crm.web.refusals import done
from crm.web.text import language


@page("record.read")
def stages(request: PageRequest) -> HttpResponse:
    return render(request, "stages/rules.html", {"kinds": stage_rules()})


@page("outcome.step", FORM)
def step_new(request: PageRequest, pk: UUID) -> HttpResponse:
    outcome = found_or_404(request, Outcome, pk=pk)
    wanted = request.GET.get("stage", "")
    initial = {"stage": wanted, "taken_on": today(), "version": outcome.version}
    form = StepForm(request.POST or None, outcome=outcome, initial=initial)
    if request.method == "POST":
        if done(form, lambda: _take(request, outcome, form)):
            told = {"stage": label(Stage(form.cleaned_data["stage"]))}
            messages.success(request, _("The outcome is now at “%(stage)s”.") % told)
            return redirect("outcome", pk)
        outcome = Outcome.objects.get(pk=pk)
        wanted = request.POST.get("stage", "")
        show_again(form, version=outcome.version)
    return render(request, "stages/step.html", {"form": form, "page": step_page(outcome, wanted)})


def _take(request: PageRequest, outcome: Outcome, form: StepForm) -> Outcome:
    step = form.step()
    return take_step(caller(request, step["reason"]), outcome, **step)


@page("figure.post", FORM)
def realisation_new(request: PageRequest, pk: UUID) -> HttpResponse:
    outcome = found_or_404(request, Outcome, pk=pk)
    initial = {"for_year": request.GET.get("year", "")}
    form = RealisationForm(request.POST or None, request.FILES or None, outcome=outcome, today=today(), initial=initial)
    if request.method == "POST":
        if form.is_valid() and LedgerEntry.objects.filter(pk=form.cleaned_data["id"]).exists():
            messages.info(request, _("This was saved already."))
            return redirect("outcome", pk)
        if done(form, lambda: record_realisation(caller(request), outcome, form.realised())):
            _say_saved(request, form)
            return redirect("outcome", pk)
    return render(request, "stages/realisation.html", {"form": form, "outcome": outcome})


def _say_saved(request: PageRequest, form: RealisationForm) -> None:
    text = _("The realised value was saved.")
    parsed = form.cleaned_data.get("parsed")
    if parsed is not None:
        text += " " + _("Amount understood as: %(amount)s") % {"amount": echo(parsed, language())}
    messages.success(request, text)
