"""Figures about an outcome: posting, correcting by reversal, taking back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from crm.actions.ledger import correct_figure, post_figure, reverse_figure
from crm.models import LedgerEntry, Outcome
from crm.values.measures import Cause, Measure
from crm.values.money import echo
from crm.web.entrance import FORM, PageRequest, caller, found_or_404, page
from crm.web.forms.figures import CorrectionForm, FigureForm, TakeBackForm
from crm.web.pages.ledger import entry_line
from crm.web.refusals import done
from crm.web.text import language


def _saved_already(form: FigureForm) -> bool:
    return form.is_valid() and LedgerEntry.objects.filter(pk=form.cleaned_data["id"]).exists()


def _say_saved(request: PageRequest, form: FigureForm) -> None:
    parsed = form.cleaned_data.get("parsed")
    text = _("The figure was saved.")
    if parsed is not None:
        text += " " + _("Amount understood as: %(amount)s") % {"amount": echo(parsed, language())}
    messages.success(request, text)


@page("figure.post", FORM)
def figure_new(request: PageRequest, pk: UUID) -> HttpResponse:
    outcome = found_or_404(request, Outcome, pk=pk)
    form = FigureForm(request.POST or None, outcome=outcome)
    if request.method == "POST":
        if _saved_already(form):
            messages.info(request, _("This was saved already."))
            return redirect("outcome", pk)
        if done(form, lambda: post_figure(caller(request), outcome, form.figure())):
            _say_saved(request, form)
            return redirect("outcome", pk)
    return render(request, "figures/form.html", {"form": form, "outcome": outcome})


def _entry(request: PageRequest, pk: UUID) -> tuple[LedgerEntry, Outcome]:
    """A figure that may be corrected, with its outcome: an outcome counts itself, so its count is none."""
    linked = LedgerEntry.objects.select_related("outcome", "evidence", "recorded_by", "reverses", "reversed_by")
    entry = found_or_404(request, linked, pk=pk, outcome__isnull=False)
    if entry.measure == Measure.COUNT or entry.outcome is None:
        raise Http404
    return entry, entry.outcome


def _show(request: PageRequest, template: str, form: Any, entry: LedgerEntry, outcome: Outcome) -> HttpResponse:
    context = {"form": form, "outcome": outcome, "entry": entry_line(entry, False), "pk": entry.pk}
    return render(request, template, context)


@page("figure.correct", FORM)
def figure_correct(request: PageRequest, pk: UUID) -> HttpResponse:
    entry, outcome = _entry(request, pk)
    form = CorrectionForm(request.POST or None, outcome=outcome, entry=entry)
    if request.method == "POST":
        if _saved_already(form):
            messages.info(request, _("This was saved already."))
            return redirect("outcome", outcome.pk)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        if done(form, lambda: correct_figure(caller(request, reason), entry, form.figure(), reason)):
            _say_saved(request, form)
            return redirect("outcome", outcome.pk)
    return _show(request, "figures/correct.html", form, entry, outcome)


@page("figure.correct", FORM)
def figure_take_back(request: PageRequest, pk: UUID) -> HttpResponse:
    entry, outcome = _entry(request, pk)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and done(form, lambda: _take_back(request, entry, form.cleaned_data)):
        messages.success(request, _("The figure was taken back; the entry and its reversal stay in the ledger."))
        return redirect("outcome", outcome.pk)
    return _show(request, "figures/take_back.html", form, entry, outcome)


def _take_back(request: PageRequest, entry: LedgerEntry, typed: dict[str, Any]) -> LedgerEntry:
    return reverse_figure(caller(request, typed["reason"]), entry, Cause(typed["cause"]), typed["reason"])
