"""Outcomes: the list, one outcome, recording it with all that comes with it, changing and archiving it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.actions.base import Conflict
from crm.actions.booking import amend_outcome, book_outcome
from crm.actions.outcomes import archive_outcome, restore_outcome, update_outcome
from crm.models import Outcome, Party
from crm.permissions import sees_values
from crm.queries.archived import archived_parties
from crm.queries.timeline import parts_as_of
from crm.values.money import echo
from crm.values.numbers import number_in
from crm.web.entrance import DEED, FORM, PageRequest, back, caller, came_from, found_or_404, page, today
from crm.web.forms.as_of import AsOfForm
from crm.web.forms.circle import rejoin_parties
from crm.web.forms.outcomes import ArchiveForm, OutcomeEditForm, OutcomeForm, OutcomesForm
from crm.web.forms.parties import PartyFormSet
from crm.web.pages.board import board_page
from crm.web.pages.history import history_lines
from crm.web.pages.links import outcome_link
from crm.web.pages.outcomes import evidence_part, outcome_page, outcomes_file, outcomes_page, work_part
from crm.web.pages.story import story_page
from crm.web.refusals import REFUSED, attempt, done, messages_of
from crm.web.text import language
from crm.web.undoing import tell_with_undo
from crm.web.views.later import later
from reports.documents import CONTENT_TYPES
from reports.documents.lists import FORMATS


@page("record.read")
def outcomes(request: PageRequest) -> HttpResponse:
    form = OutcomesForm(request.GET, reader=request.user)
    found = outcomes_page(form, dict(request.GET.lists()), request.user)
    return render(request, "outcomes/list.html", {"page": found, "form": form})


@page("record.read")
def board(request: PageRequest) -> HttpResponse:
    """The outcomes of one kind by stage. A card is moved by its own small form, so by keyboard too."""
    shown = board_page(OutcomesForm(request.GET, reader=request.user), dict(request.GET.lists()), request.user)
    return render(request, "outcomes/board.html", {"page": shown})


@page("report.export")
def outcomes_export(request: PageRequest) -> HttpResponse:
    """What the list shows, as a file."""
    wanted, form = request.GET.get("format", ""), OutcomesForm(request.GET, reader=request.user)
    if wanted not in FORMATS:
        raise Http404
    query = {name: values for name, values in request.GET.lists() if name != "format"}
    answer = HttpResponse(outcomes_file(form, query, request.user, wanted), content_type=CONTENT_TYPES[wanted])
    answer["Content-Disposition"] = f'attachment; filename="ieum-outcomes-{today().isoformat()}.{wanted}"'
    return answer


@page("record.read")
def outcome(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Outcome.objects.select_related("event", "lead_unit"), pk=pk)
    history_at = reverse("outcome-history", args=[pk])
    shown: dict[str, Any] = {"page": outcome_page(found, request.user, today()), "history_at": history_at}
    if "whole" in request.GET:
        shown["evidence"] = evidence_part(found, request.user, caller(request).now)
        shown["work"] = work_part(found, request.user, today())
        shown["history"] = history_lines(found)
    return render(request, "outcomes/detail.html", shown)


@page("record.read")
def outcome_evidence(request: PageRequest, pk: UUID) -> HttpResponse:
    """The outcome's documents and what partners confirmed."""
    found = found_or_404(request, Outcome.objects.select_related("event", "lead_unit"), pk=pk)
    part = evidence_part(found, request.user, caller(request).now)
    return later(request, outcome_link(found), "outcomes/_evidence.html", {"evidence": part, "id": pk})


@page("record.read")
def outcome_work(request: PageRequest, pk: UUID) -> HttpResponse:
    """The outcome's follow-ups, to whom it is attributed, and what it came of and led to."""
    found = found_or_404(request, Outcome.objects.select_related("event", "lead_unit"), pk=pk)
    part = work_part(found, request.user, today())
    return later(request, outcome_link(found), "outcomes/_work.html", {"work": part, "id": pk})


@page("record.read")
def outcome_story(request: PageRequest, pk: UUID) -> HttpResponse:
    """What became of it, as of a day if one is chosen. Kept from those to whom the outcome is closed in part."""
    found = found_or_404(request, Outcome, pk=pk)
    if not sees_values(request.user, found):
        raise PermissionDenied
    form = AsOfForm(request.GET)
    as_of = form.cleaned_data["as_of"] if form.is_valid() else None
    shown = story_page(found, request.user, as_of, caller(request).now)
    return render(request, "outcomes/story.html", {"page": shown, "form": form})


@page("outcome.record", FORM)
def outcome_new(request: PageRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    initial = {"event": request.GET.get("event", "")}
    form = OutcomeForm(data, request.FILES or None, account=request.user, today=today(), initial=initial)
    rows = PartyFormSet(data, prefix="parties")
    if data is not None:
        if present := form.already_saved():
            messages.info(request, _("This was saved already."))
            return redirect("outcome", present.pk)
        if _is_new(form, rows) and (saved := attempt(form, lambda: _book(request, form, rows))):
            _say_saved(request, form)
            return redirect("outcome", saved.pk)
    return render(request, "outcomes/form.html", {"form": form, "rows": rows})


def _is_new(form: OutcomeForm, rows: Any) -> bool:
    return rows.is_valid() and not form.may_be_recorded_already(rows.parties())


def _book(request: PageRequest, form: OutcomeForm, rows: Any) -> Outcome:
    return book_outcome(caller(request), form.booking(rows.parties()), **form.values())


def _say_saved(request: PageRequest, form: OutcomeForm) -> None:
    """With the amount as it was understood, so that a misunderstanding is seen at once."""
    amount = form.cleaned_data["amount"]
    text = _("The outcome was saved.")
    if amount is not None:
        text += " " + _("Amount understood as: %(amount)s") % {"amount": echo(amount, language())}
    messages.success(request, text)


@page("outcome.update", FORM)
def outcome_edit(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Outcome.objects.select_related("event", "lead_unit"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = OutcomeEditForm(data, record=found, today=today())
    rows = PartyFormSet(data, prefix="parties", initial=_party_rows(found))
    if data is not None and rows.is_valid() and done(form, lambda: _amend(request, found, form, rows)):
        messages.success(request, _("The outcome was saved."))
        return redirect("outcome", pk)
    if form.seen_at is not None:
        seen = _rows_of(parts_as_of(Party, found, form.seen_at))
        rows = PartyFormSet(prefix="parties", initial=rejoin_parties(rows, seen, _party_rows(found)))
    return render(request, "outcomes/edit.html", {"form": form, "rows": rows, "outcome": found})


def _party_rows(outcome: Outcome) -> list[dict[str, str]]:
    return _rows_of(outcome.parties.filter(archived_at=None).select_related("organisation"))


def _rows_of(parties: Iterable[Any]) -> list[dict[str, str]]:
    return [{"name": p.organisation.name, "role": p.role, "choice": str(p.organisation_id)} for p in parties]


def _amend(request: PageRequest, outcome: Outcome, form: OutcomeEditForm, rows: Any) -> Outcome:
    typed = form.cleaned_data
    booking = form.booking(rows.parties())
    return amend_outcome(caller(request, typed["reason"]), outcome, booking, version=typed["version"], **form.values())


@page("outcome.update", DEED)
def outcome_lead(request: PageRequest, pk: UUID) -> HttpResponse:
    """The reader's own unit takes the lead of an outcome that nobody leads, from the day's page."""
    found = found_or_404(request, Outcome, pk=pk)
    unit = request.user.org_unit.current(today()) if request.user.org_unit else None
    try:
        if found.lead_unit is not None or unit is None:
            raise Conflict(_("Somebody leads it already, or you belong to no unit."))
        update_outcome(caller(request), found, version=found.version, lead_unit=unit)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    else:
        undo = {"version": found.version, "next": came_from(request)}
        told = _("%(unit)s leads it now: %(title)s") % {"unit": unit, "title": found.title}
        tell_with_undo(request, told, reverse("outcome-lead-give-back", args=[pk]), undo)
    return back(request, reverse("outcome", args=[pk]))


@page("outcome.update", DEED)
def outcome_lead_give_back(request: PageRequest, pk: UUID) -> HttpResponse:
    """Undoes that: nobody leads it again, where nothing else was changed since."""
    found, seen = found_or_404(request, Outcome, pk=pk), number_in(request.POST.get("version", ""), -1)
    try:
        update_outcome(caller(request), found, version=seen, lead_unit=None)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    else:
        messages.success(request, _("Nobody leads it again: %(title)s") % {"title": found.title})
    return back(request, reverse("outcome", args=[pk]))


@page("record.archive", FORM)
def outcome_archive(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Outcome, pk=pk)
    form = ArchiveForm(request.POST or None)
    if request.method == "POST":
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        if done(form, lambda: archive_outcome(caller(request, reason), found, reason)):
            told = _("The outcome was archived; its figures were taken back.")
            tell_with_undo(request, told, reverse("outcome-restore", args=[pk]), {"reason": _("Undone at once")})
            return back(request, reverse("outcome", args=[pk]))
    shown = {"form": form, "outcome": found, "came_from": came_from(request)}
    return render(request, "outcomes/archive.html", shown)


@page("record.restore", FORM)
def outcome_restore(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, Outcome, pk=pk)
    form = ArchiveForm(request.POST or None)
    if request.method == "POST":
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        companies = [company.name for company in archived_parties(found)]
        if done(form, lambda: restore_outcome(caller(request, reason), found, reason)):
            messages.success(request, _("The outcome is back, and so are its figures."))
            if companies:
                messages.info(request, _("Back with it: %(names)s.") % {"names": ", ".join(companies)})
            return back(request, reverse("outcome", args=[pk]))
    shown = {"form": form, "outcome": found, "came_from": came_from(request)}
    return render(request, "outcomes/restore.html", shown)
