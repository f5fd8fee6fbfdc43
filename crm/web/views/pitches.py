"""Pitch competitions: criteria, judges, entries, conflicts of interest, score sheets and steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.pitches import (
    advance_pitch,
    declare_conflict,
    record_judge,
    record_pitch,
    score_sheet,
    set_criteria,
    update_judge,
    update_pitch,
    withdraw_conflict,
)
from crm.models import Event, Judge, JudgeConflict, PitchEntry
from crm.queries.pitches import criteria_of
from crm.values.demonstrations import SCORED_ROUNDS, PitchRound
from crm.values.measures import EventKind
from crm.web.entrance import FORM, PageRequest, caller, page
from crm.web.forms.pitches import (
    AdvanceForm,
    ConflictForm,
    CriteriaForm,
    CriteriaFormSet,
    JudgeForm,
    PitchesForm,
    PitchForm,
    ReasonForm,
    ScoreSheet,
)
from crm.web.pages.pitches import competition_address, pitch_ahead, pitch_page, pitches_page, round_text
from crm.web.refusals import attempt, done


@page("record.read")
def pitches(request: PageRequest) -> HttpResponse:
    form = PitchesForm(request.GET)
    query = {name: str(value) for name, value in request.GET.items() if name != "page"}
    found = pitches_page(form.asked(), request.GET.get("page", ""), query, request.user)
    return render(request, "pitches/list.html", {"page": found, "form": form})


@page("record.read")
def pitch(request: PageRequest, pk: UUID) -> HttpResponse:
    return render(
        request,
        "pitches/detail.html",
        {"page": pitch_page(_pitch(pk), request.user), "history_at": reverse("pitch-history", args=[pk])},
    )


@page("pitch.record", FORM)
def pitch_new(request: PageRequest, pk: UUID) -> HttpResponse:
    event = _competition(pk)
    form = PitchForm(request.POST or None)
    if request.method == "POST":
        if present := form.already_saved():
            return redirect("pitch", present.pk)
        if saved := attempt(form, lambda: record_pitch(caller(request), event, **form.values())):
            messages.success(request, _("The pitch was saved."))
            return redirect("pitch", saved.pk)
    return _sheet(request, form, _("Record a pitch"), event)


@page("pitch.update", FORM)
def pitch_edit(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _pitch(pk)
    form = PitchForm(request.POST or None, record=found)
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: update_pitch(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The pitch was saved."))
            return redirect("pitch", pk)
    return _sheet(request, form, _("Edit the pitch"), found.event, found)


@page("pitch.update", FORM)
def pitch_advance(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _pitch(pk)
    initial = {"version": found.version, "place": found.place, "award": found.award}
    form = AdvanceForm(request.POST or None, initial=initial)
    if request.method == "POST" and done(form, lambda: _advance(request, found, form.decision())):
        messages.success(request, _("The step was recorded."))
        return redirect("pitch", pk)
    fresh = _pitch(pk)
    return render(request, "pitches/advance.html", {"form": form, "pitch": fresh, "ahead": pitch_ahead(fresh)})


def _advance(request: PageRequest, found: PitchEntry, decision: dict[str, Any]) -> PitchEntry:
    return advance_pitch(caller(request, decision["reason"]), found, **decision)


@page("pitch.update", FORM)
def criteria(request: PageRequest, pk: UUID) -> HttpResponse:
    event = _competition(pk)
    data = request.POST if request.method == "POST" else None
    form = CriteriaForm(data, initial={"version": event.version})
    initial = [{"name": c.name, "weight": f"{c.weight.normalize():f}"} for c in criteria_of(event)]
    rows = CriteriaFormSet(data, prefix="criteria", initial=initial)
    if data is not None and rows.is_valid() and done(form, lambda: _set_criteria(request, event, form, rows)):
        messages.success(request, _("The criteria were saved."))
        return redirect(competition_address(pk))
    return render(request, "pitches/criteria.html", {"form": form, "rows": rows, "event": event})


def _set_criteria(request: PageRequest, event: Event, form: CriteriaForm, rows: Any) -> object:
    return set_criteria(caller(request), event, rows.criteria(), version=form.cleaned_data["version"])


@page("pitch.update", FORM)
def judge_new(request: PageRequest, pk: UUID) -> HttpResponse:
    event = _competition(pk)
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and (
        form.already_saved() or done(form, lambda: record_judge(caller(request), event, **form.values()))
    ):
        messages.success(request, _("The judge was saved."))
        return redirect(competition_address(pk))
    return _sheet(request, form, _("Add a judge"), event)


@page("pitch.update", FORM)
def judge_edit(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _judge(pk)
    form = JudgeForm(request.POST or None, record=found)
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: update_judge(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The judge was saved."))
            return redirect(competition_address(found.event_id))
    return _sheet(request, form, _("Edit the judge"), found.event)


@page("pitch.score", FORM)
def judge_scores(request: PageRequest, pk: UUID) -> HttpResponse:
    """One judge's sheet of one round: `round`, the screening where none is named."""
    found, named = _judge(pk), request.GET.get("round") or PitchRound.SCREENED
    if named not in SCORED_ROUNDS:
        raise Http404
    at = PitchRound(named)
    form = ScoreSheet(request.POST if request.method == "POST" else None, judge=found, round_=at)
    if request.method == "POST" and done(form, lambda: score_sheet(caller(request), found, form.points(), at)):
        messages.success(request, _("The scores were saved."))
        return redirect(competition_address(found.event_id))
    return render(request, "pitches/scores.html", {"form": form, "judge": found, "round": round_text(at)})


@page("pitch.update", FORM)
def conflict_new(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _pitch(pk)
    form = ConflictForm(request.POST or None, event=found.event)
    if request.method == "POST" and done(form, lambda: _declare(request, found, form.cleaned_data)):
        messages.success(request, _("The conflict of interest was noted. This judge's scores do not count here."))
        return redirect("pitch", pk)
    return _sheet(request, form, _("Note a conflict of interest"), found.event, found)


def _declare(request: PageRequest, found: PitchEntry, typed: dict[str, Any]) -> JudgeConflict:
    return declare_conflict(caller(request, typed["reason"]), found, typed["judge"], typed["reason"])


@page("pitch.update", FORM)
def conflict_withdraw(request: PageRequest, pk: UUID) -> HttpResponse:
    conflict = get_object_or_404(JudgeConflict.objects.select_related("pitch__event", "judge"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        if done(form, lambda: withdraw_conflict(caller(request, reason), conflict, reason)):
            messages.success(request, _("The conflict of interest was taken back. The judge's scores count again."))
            return redirect("pitch", conflict.pitch_id)
    return _sheet(request, form, _("Take the conflict of interest back"), conflict.pitch.event, conflict.pitch)


def _sheet(
    request: PageRequest, form: Any, heading: str, event: Event, pitch: PitchEntry | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "event": event, "pitch": pitch}
    return render(request, "pitches/form.html", {**context, "cancel": competition_address(event.pk)})


def _competition(pk: UUID) -> Event:
    return get_object_or_404(Event, pk=pk, kind=EventKind.PITCH_COMPETITION)


def _judge(pk: UUID) -> Judge:
    return get_object_or_404(Judge.objects.select_related("event", "organisation"), pk=pk, archived_at=None)


def _pitch(pk: UUID) -> PitchEntry:
    return get_object_or_404(PitchEntry.objects.select_related("event", "organisation"), pk=pk)
